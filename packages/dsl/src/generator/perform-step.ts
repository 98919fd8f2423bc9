import type { Step, StepContext, StepFailure } from '../effects/step.ts';
import { readError } from '../errors/read-error.ts';
import { throughJson } from './json.ts';

/** What a step came to. */
export type StepOutcome = { readonly ok: true; readonly value?: unknown } | { readonly ok: false; readonly error: StepFailure };

/** Calls a step's function once; never throws. Timeouts and retries are the business of whoever calls this. */
export async function performStep(effect: Step<unknown>, context: StepContext): Promise<StepOutcome> {
  try {
    return { ok: true, value: throughJson(await effect.run(context), effect.name) };
  } catch (error) {
    return { ok: false, error: stepFailure(error) };
  }
}

/**
 * What is kept of an error that a step threw: its name and message, as texts of at most 200 and 10,000 characters. Never throws, whatever was thrown: it is what the
 * journal holds, and what a flow is told live and on replay alike.
 */
export function stepFailure(error: unknown): StepFailure {
  return readError(error);
}
