import { describeValue } from '../callflow/describe-value.ts';
import { ignoreRejection, laterKind } from '../callflow/kind-of-value.ts';

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

/** A copy of what is JSON, or what about it is none. */
export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly loss: JsonLoss };

/** The first thing in `value` that JSON would lose or change, or null; see `readJson`. */
export function jsonLoss(value: unknown): JsonLoss | null {
  const reading = readJson(value);
  return reading.ok ? null : reading.loss;
}

/**
 * Copies `value`, or says what JSON would lose or change in it: dates, maps, objects of classes, lists with properties of their own or with holes,
 * getters, hidden properties, functions, NaN, cycles, … A property that is undefined counts as left out, and -0 as 0. All is read once: what was
 * checked is what is copied, whatever a proxy says the second time.
 */
export function readJson(value: unknown): JsonReading {
  if (value === undefined) return { ok: true, value };
  try {
    return { ok: true, value: copyOf(value, '$', []) };
  } catch (error) {
    if (error instanceof Loss) return { ok: false, loss: error.loss };
    // A proxy or a prototype that throws, or data deeper than the stack.
    return { ok: false, loss: { path: '$', came: 'something that can not be read to its end', fix: PLAIN_DATA } };
  }
}

/** Thrown out of the recursion only; nobody sees it. */
class Loss extends Error {
  readonly loss: JsonLoss;
  constructor(path: string, came: string, fix: string) {
    super(`${path} is ${came}`);
    this.loss = { path, came, fix };
  }
}

function copyOf(value: unknown, path: string, parents: readonly object[]): unknown {
  // JSON knows no negative zero.
  if (value === 0) return 0;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw new Loss(path, describeValue(value), FIXES[typeof value] ?? PLAIN_DATA);
  if (parents.includes(value)) throw new Loss(path, 'a cycle', 'give data without references to itself');
  const inside = [...parents, value];
  return Array.isArray(value) ? copyOfList(value, path, inside) : copyOfObject(value, path, inside);
}

function copyOfList(list: readonly unknown[], path: string, inside: readonly object[]): unknown[] {
  // `Array.prototype` is itself a list, in every realm; the prototype of a class that extends it is none.
  if (!Array.isArray(Object.getPrototypeOf(list)))
    throw new Loss(path, `a list of the class ${classOf(list) || '(unnamed)'}`, 'give [...list]');
  const copy: unknown[] = [];
  for (let index = 0; index < list.length; index++) {
    const property = Object.getOwnPropertyDescriptor(list, index);
    copy.push(property === undefined ? copyOf(undefined, `${path}[${index}]`, inside) : valueOf(property, `${path}[${index}]`, inside));
  }
  const own = Reflect.ownKeys(list).find((key) => key !== 'length' && !isIndex(key, copy.length));
  if (own !== undefined)
    throw new Loss(`${path}${nameOf(own)}`, 'a property of a list', 'give [...list], and what else there is beside it');
  return copy;
}

function copyOfObject(value: object, path: string, inside: readonly object[]): object {
  if (!isPlain(value) || laterKind(value) !== null) {
    const { came, fix } = describeObject(value);
    throw new Loss(path, came, fix);
  }
  const copy: Record<string, unknown> = {};
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined) continue;
    const place = `${path}${nameOf(key)}`;
    if (typeof key === 'symbol') throw new Loss(place, 'a property whose key is a symbol', 'use a text for its key');
    if (property.enumerable !== true) throw new Loss(place, 'a hidden property', 'leave it out, or copy the object: { ...value }');
    if ('value' in property && property.value === undefined) continue;
    put(copy, key, valueOf(property, place, inside));
  }
  return copy;
}

function valueOf(property: PropertyDescriptor, path: string, inside: readonly object[]): unknown {
  if ('value' in property) return copyOf(property.value, path, inside);
  throw new Loss(path, 'a getter', 'copy the object: { ...value }');
}

/** Sets a property of a copy. A plain assignment to `__proto__` would change the prototype instead. */
export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

function isIndex(key: string | symbol, length: number): boolean {
  return typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) && Number(key) < length;
}

function nameOf(key: string | symbol): string {
  return typeof key === 'symbol' ? '[a symbol]' : `.${key}`;
}

/** Objects of other realms (another `vm` context) are plain too: their prototype is at the end of its chain, and an `Object`'s. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && classOf(value) === 'Object';
}

function describeObject(value: object): Pick<JsonLoss, 'came' | 'fix'> {
  const later = laterKind(value);
  if (later === 'a promise') {
    ignoreRejection(value);
    return { came: later, fix: 'await it' };
  }
  if (later !== null) return { came: later, fix: 'give what it comes to, e.g. [...rows()]' };
  const name = classOf(value);
  const came = name === '' || name === 'Object' ? 'an object with a prototype' : `a ${name}`;
  return { came, fix: FIXES[name] ?? PLAIN_DATA };
}

function classOf(value: object): string {
  const name = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : '';
}
