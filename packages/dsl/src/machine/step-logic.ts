import { fromCallback } from 'xstate';
import type { Step } from '../effects/step.ts';
import type { Call } from '../flow/call.ts';
import { type Entry, Journal } from '../generator/journal.ts';
import { performStep, stepFailure, type StepOutcome } from '../generator/perform-step.ts';
import type { StepSettled } from './events.ts';

/** What a step's actor is started with. */
export interface StepInput {
  /** The step; without its function where the actor comes back from a snapshot that went through JSON. */
  readonly effect: (Omit<Step<unknown>, 'run'> & Partial<Pick<Step<unknown>, 'run'>>) | null;
  readonly call: Call | null;
  /** What was answered before the step; a list where it went through JSON. */
  readonly journal: Journal | readonly Entry[];
  readonly idempotencyKey: string;
  /** Time of the step's end in a machine that runs by itself: there no clock runs. */
  readonly at: number;
}

/** Gives the step at which a call stands, or null where it stands at none. */
export type StepAt = (call: Call, entries: readonly Entry[]) => Step<unknown> | null;

/**
 * Performs steps, once each, for machines that run by themselves; a step that was pending in a persisted snapshot is performed again, with the
 * same idempotency key. The runtime performs steps itself and sends the same event.
 */
export function createStepLogic(stepAt: StepAt) {
  return fromCallback<{ type: 'ABORT' }, StepInput>(({ input, sendBack, receive }) => {
    const abort = new AbortController();
    receive(() => {
      abort.abort();
    });
    void outcomeOf(input, abort.signal, stepAt).then((outcome) => {
      if (outcome === null) return;
      const settled: StepSettled = { type: 'STEP_SETTLED', at: input.at, outcome };
      sendBack(settled);
    });
    return () => {
      abort.abort();
    };
  });
}

async function outcomeOf(input: StepInput, signal: AbortSignal, stepAt: StepAt): Promise<StepOutcome | null> {
  try {
    const effect = stepOf(input, stepAt);
    return effect === null ? null : await performStep(effect, { signal, idempotencyKey: input.idempotencyKey, attempt: 1 });
  } catch (error) {
    return { ok: false, error: stepFailure(error) };
  }
}

function stepOf({ effect, call, journal }: StepInput, stepAt: StepAt): Step<unknown> | null {
  if (effect === null || typeof effect.run === 'function') return effect as Step<unknown> | null;
  return call === null ? null : stepAt(call, journal instanceof Journal ? journal.entries() : journal);
}
