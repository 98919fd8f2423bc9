import { describeValue } from '../callflow/describe-value.ts';

/** What JSON would lose or change, where, and what to give instead. */
export interface JsonLoss {
  /** E.g. `$.customer.born`. */
  readonly path: string;
  readonly came: string;
  readonly fix: string;
}

const PLAIN_DATA = 'give plain data: texts, finite numbers, true, false, null, lists and objects';
const FIXES: Readonly<Record<string, string>> = {
  Date: 'give date.toISOString()',
  Map: 'give Object.fromEntries(map)',
  Set: 'give [...set]',
  bigint: 'give String(value)',
  undefined: 'give null',
  number: 'give null, or a text',
};

/** The first thing in `value` that JSON would lose or change (dates, maps, functions, NaN, holes in a list, cycles, …), or null. A property that is undefined counts as left out. */
export function jsonLoss(value: unknown): JsonLoss | null {
  return value === undefined ? null : lossIn(value, '$', []);
}

function lossIn(value: unknown, path: string, parents: readonly object[]): JsonLoss | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  if (typeof value !== 'object') return { path, came: describeValue(value), fix: FIXES[typeof value] ?? PLAIN_DATA };
  if (parents.includes(value)) return { path, came: 'a cycle', fix: 'give data without references to itself' };
  const inside = [...parents, value];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const loss = lossIn(value[index], `${path}[${index}]`, inside);
      if (loss !== null) return loss;
    }
    return null;
  }
  if (!isPlain(value)) return { path, ...describeObject(value) };
  for (const [key, item] of Object.entries(value)) {
    const loss = item === undefined ? null : lossIn(item, `${path}.${key}`, inside);
    if (loss !== null) return loss;
  }
  return null;
}

/** Objects of other realms (another `vm` context) are plain too: their prototype is at the end of its chain, and an `Object`'s. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && classOf(value) === 'Object';
}

function describeObject(value: object): Pick<JsonLoss, 'came' | 'fix'> {
  if (value instanceof Promise) return { came: 'a promise', fix: 'await it' };
  const name = classOf(value);
  const came = name === '' || name === 'Object' ? 'an object with a prototype' : `a ${name}`;
  return { came, fix: FIXES[name] ?? PLAIN_DATA };
}

function classOf(value: object): string {
  const name = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : '';
}
