/**
 * Runs the function of a step: timeout, attempts, pauses between them. It knows nothing of leases, journals and the store; under which key a step runs is decided before,
 * what comes of its outcome after.
 */
import { performStep, type Step, type StepOutcome } from '@hookswitch/dsl';
import { type Clock, sleep } from '../clock.ts';
import { StepTimeoutError } from '../errors/step-timeout-error.ts';

const FIRST_PAUSE = 200;
const MAX_PAUSE = 5_000;

/** How a step went. */
export interface StepReport {
  readonly outcome: StepOutcome;
  readonly attempts: number;
}

/**
 * Runs a step with its timeout and retries; never rejects. When `gone` aborts (the caller has hung up), the attempt that runs is told so by its signal and
 * its outcome counts, but it is not tried again. A function that ignores its signal is left behind when its time is up.
 */
export async function runStep(effect: Step<unknown>, idempotencyKey: string, clock: Clock, gone: AbortSignal): Promise<StepReport> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(effect, idempotencyKey, attempt, clock, gone);
    const final = outcome.ok || outcome.error.name === 'StepResultError' || attempt > effect.retries || gone.aborted;
    if (final) return { outcome, attempts: attempt };
    await sleep(clock, Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)), gone);
    if (gone.aborted) return { outcome, attempts: attempt };
  }
}

async function attemptOnce(
  effect: Step<unknown>,
  idempotencyKey: string,
  attempt: number,
  clock: Clock,
  gone: AbortSignal,
): Promise<StepOutcome> {
  const abort = new AbortController();
  const onGone = (): void => {
    abort.abort(gone.reason);
  };
  if (gone.aborted) onGone();
  gone.addEventListener('abort', onGone, { once: true });
  let cancel = (): void => undefined;
  const late = new Promise<StepOutcome>((resolve) => {
    cancel = clock.timer(effect.timeout, () => {
      const error = new StepTimeoutError(effect.name, effect.timeout);
      resolve({ ok: false, error: { name: error.name, message: error.message } });
      abort.abort(error);
    });
  });
  try {
    return await Promise.race([performStep(effect, { signal: abort.signal, idempotencyKey, attempt }), late]);
  } finally {
    cancel();
    gone.removeEventListener('abort', onGone);
  }
}
