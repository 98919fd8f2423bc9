import { step, type StepContext } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock.test-support.ts';
import { runStep, type StepReport } from './run-step.ts';

/** Runs a step for `ms`; when each attempt began, and the report. */
async function run(
  perform: (context: StepContext) => unknown,
  options: { readonly retries?: number; readonly timeout?: number },
  ms: number,
  gone = new AbortController(),
): Promise<{ readonly began: readonly number[]; readonly report: StepReport | null; readonly clock: ManualClock }> {
  const clock = new ManualClock(0);
  const began: number[] = [];
  const effect = step('book', (context) => (began.push(clock.now()), perform(context)), { examples: { ok: 1 }, ...options });
  let report: StepReport | null = null;
  void runStep(effect as never, 'call-1:0', clock, gone.signal).then((result) => (report = result));
  await clock.advance(ms);
  return { began, report, clock };
}

const down = (): Promise<never> => Promise.reject(new Error('down'));

describe('a step', () => {
  it('is tried again after pauses that are doubled up to five seconds', async () => {
    const { began, report } = await run(down, { retries: 7 }, 60_000);
    expect(began).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 11_200, 16_200]);
    expect(report).toMatchObject({ attempts: 8, outcome: { ok: false, error: { message: 'down' } } });
  });

  it('is not tried again where its result can not be kept: it has done what it does', async () => {
    const { began, report } = await run(() => 1n, { retries: 3 }, 60_000);
    expect(began).toEqual([0]);
    expect(report).toMatchObject({ attempts: 1, outcome: { ok: false, error: { name: 'StepResultError' } } });
  });

  it('has failed when its time is up, and is told so', async () => {
    const reasons: unknown[] = [];
    const hang = ({ signal }: StepContext) =>
      new Promise(() => signal.addEventListener('abort', () => reasons.push((signal.reason as Error).name), { once: true }));
    const { report } = await run(hang, { retries: 0, timeout: 1_000 }, 1_000);
    expect(report).toMatchObject({ attempts: 1, outcome: { ok: false, error: { name: 'StepTimeoutError' } } });
    expect(reasons).toEqual(['StepTimeoutError']);
  });

  it('is told before it begins that its caller has gone', async () => {
    const gone = new AbortController();
    gone.abort();
    const told: boolean[] = [];
    const { report } = await run(({ signal }) => (told.push(signal.aborted), down()), { retries: 3 }, 60_000, gone);
    expect(told).toEqual([true]);
    expect(report?.attempts).toBe(1);
  });

  it.each([
    ['while it runs', 0, 1],
    ['between two attempts', 300, 2],
  ])('is not tried again when its caller goes %s', async (_when, after, attempts) => {
    const gone = new AbortController();
    const clock = new ManualClock(0);
    let begun = 0;
    const effect = step('book', (): Promise<number> => (++begun, down()), { examples: { ok: 1 }, retries: 5 });
    const running = runStep(effect as never, 'call-1:0', clock, gone.signal);
    if (after > 0) await clock.advance(after);
    gone.abort();
    await clock.advance(60_000);
    expect([(await running).attempts, begun]).toEqual([attempts, attempts]);
  });
});
