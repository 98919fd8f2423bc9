import { fromCallback } from 'xstate';
import type { Step } from '../effects/step.ts';
import { performStep } from '../generator/perform-step.ts';
import type { StepSettled } from './events.ts';

/** What a step's actor is started with. */
export interface StepInput {
  readonly effect: Step<unknown> | null;
  readonly idempotencyKey: string;
  /** Time of the step's end in a machine that runs by itself: there no clock runs. */
  readonly at: number;
}

/** Performs a step, once, for machines that run by themselves. The runtime performs steps itself and sends the same event. */
export const stepLogic = fromCallback<{ type: 'ABORT' }, StepInput>(({ input, sendBack, receive }) => {
  const abort = new AbortController();
  receive(() => {
    abort.abort();
  });
  if (input.effect !== null) {
    const context = { signal: abort.signal, idempotencyKey: input.idempotencyKey, attempt: 1 };
    void performStep(input.effect, context).then((outcome) => {
      const settled: StepSettled = { type: 'STEP_SETTLED', at: input.at, outcome };
      sendBack(settled);
    });
  }
  return () => {
    abort.abort();
  };
});
