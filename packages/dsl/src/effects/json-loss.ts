import { describeValue } from '../callflow/describe-value.ts';

/** What JSON would lose or change, and where. */
export interface JsonLoss {
  /** E.g. `$.customer.born`. */
  readonly path: string;
  readonly came: string;
}

/** The first thing in `value` that JSON would lose or change (dates, maps, functions, NaN, cycles, …), or null. A property that is undefined counts as left out. */
export function jsonLoss(value: unknown): JsonLoss | null {
  return value === undefined ? null : lossIn(value, '$', []);
}

function lossIn(value: unknown, path: string, parents: readonly object[]): JsonLoss | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : { path, came: describeValue(value) };
  if (typeof value !== 'object') return { path, came: describeValue(value) };
  if (parents.includes(value)) return { path, came: 'a cycle' };
  const inside = [...parents, value];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const loss = lossIn(value[index], `${path}[${index}]`, inside);
      if (loss !== null) return loss;
    }
    return null;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { path, came: classOf(value) };
  for (const [key, item] of Object.entries(value)) {
    const loss = item === undefined ? null : lossIn(item, `${path}.${key}`, inside);
    if (loss !== null) return loss;
  }
  return null;
}

function classOf(value: object): string {
  const name = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `a ${name}` : 'an object with a prototype';
}
