import { StepResultError } from '../errors/index.ts';

/**
 * Passes a step's result through JSON, so that live and replayed calls see the same value. `undefined` stays as it is, and properties that are
 * `undefined` are left out; whatever else JSON would lose or change (dates, maps, class instances, NaN, cycles, …) throws `StepResultError`, which names it.
 */
export function throughJson(value: unknown, step: string): unknown {
  return value === undefined ? undefined : copy(value, '$', step, []);
}

/** A copy of a value that is known to be JSON, so that the flow can't change what the journal holds. */
export function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) define(result, key, copyJson((value as Record<string, unknown>)[key]));
  return result;
}

function copy(value: unknown, path: string, step: string, parents: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new StepResultError(step, path, String(value), 'return null, or a text');
      return Object.is(value, -0) ? 0 : value;
    case 'object':
      return value === null ? null : copyObject(value, path, step, parents);
    case 'bigint':
      throw new StepResultError(step, path, 'a bigint', 'return String(value)');
    default:
      throw new StepResultError(step, path, typeof value, 'return plain data');
  }
}

function copyObject(value: object, path: string, step: string, parents: readonly object[]): unknown {
  if (parents.includes(value)) throw new StepResultError(step, path, 'a cycle', 'return plain data without references to itself');
  const inside = [...parents, value];
  if (Array.isArray(value)) return value.map((item, index) => copy(item, `${path}[${index}]`, step, inside));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = value.constructor.name;
    throw new StepResultError(step, path, `a ${name}`, name === 'Date' ? 'return date.toISOString()' : 'return plain data');
  }
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) define(result, key, copy(item, `${path}.${key}`, step, inside));
  }
  return result;
}

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  // A plain assignment to `__proto__` would change the prototype instead of adding a property.
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
