import { jsonLoss } from '../effects/json-loss.ts';
import { StepResultError } from '../errors/index.ts';

/**
 * Passes a step's result through JSON, so that live and replayed calls see the same value. `undefined` stays as it is, and properties that are
 * `undefined` are left out; whatever else JSON would lose or change (dates, maps, class instances, NaN, cycles, …) throws `StepResultError`, which names it.
 */
export function throughJson(value: unknown, step: string): unknown {
  const loss = jsonLoss(value);
  if (loss !== null) throw new StepResultError(step, loss.path, loss.came, loss.fix);
  return copyJson(value);
}

/** A copy of a value that is known to be JSON, so that the flow can't change what the journal holds. */
export function copyJson(value: unknown): unknown {
  // JSON knows no negative zero.
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) define(result, key, copyJson(item));
  return result;
}

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  // A plain assignment to `__proto__` would change the prototype instead of adding a property.
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
