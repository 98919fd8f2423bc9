import { put, readJson } from '../arguments/json-loss.ts';
import { StepResultError } from '../errors/index.ts';

/**
 * Passes a step's result through JSON, so that live and replayed calls see the same value. `undefined` stays as it is, properties that are
 * `undefined` are left out, and -0 is 0; whatever else JSON would lose or change (dates, maps, class instances, lists with properties of their own,
 * NaN, cycles, …) throws `StepResultError`, which names it.
 */
export function throughJson(value: unknown, step: string): unknown {
  const reading = readJson(value);
  if (reading.ok) return reading.value;
  throw new StepResultError(step, reading.loss.path, reading.loss.came, reading.loss.fix);
}

/** A copy of a value that is known to be JSON, so that the flow can't change what the journal holds. */
export function copyJson(value: unknown): unknown {
  // JSON knows no negative zero.
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) put(result, key, copyJson(item));
  return result;
}
