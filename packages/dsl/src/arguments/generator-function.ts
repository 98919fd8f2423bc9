import { functionKind, ignoreRejection, laterKind } from '../callflow/kind-of-value.ts';

/** Tells a generator function (`function*`, also bound or of another realm) from any other value. */
export function isGeneratorFunction(value: unknown): value is (...args: never[]) => Generator {
  return functionKind(value) === 'a generator function';
}

/** Tells a function that may give a generator when it is called (`() => billing(customer)` is one) from async functions, classes and other values. */
export function mayGiveGenerator(value: unknown): boolean {
  const kind = functionKind(value);
  return kind === 'a generator function' || kind === 'a function';
}

/** Tells a generator, which is what a call of a generator function gives, from any other value; an async one is none. */
export function isGenerator(value: unknown): value is Generator {
  return laterKind(value) === 'a generator' && typeof (value as Partial<Generator>).return === 'function';
}

/** What came in place of a generator function, and what to write. */
export function notGeneratorFunction(value: unknown): { readonly came: string; readonly fix: string } {
  const later = laterKind(value);
  if (later === 'a promise') ignoreRejection(value);
  switch (later ?? functionKind(value)) {
    case 'an async generator function':
      return {
        came: 'an async generator function',
        fix: "Write function* without async; asynchronous work goes into yield* step('name', …).",
      };
    case 'an async function':
      return { came: 'an async function', fix: "Write function* in place of async, and yield* step('name', () => …) in place of await." };
    case 'a generator':
      return {
        came: 'a generator, which is what a generator function gives when it is called',
        fix: 'Hand over the function, without calling it.',
      };
    case 'an async generator':
      return { came: 'an async generator', fix: "Write function* without async; asynchronous work goes into yield* step('name', …)." };
    case 'a promise':
      return { came: 'a promise', fix: 'Hand over a generator function: function* () { … }.' };
    case 'a class':
      return { came: 'a class', fix: WRITE };
    case 'a function':
      return plainFunction(value as object);
    default:
      return { came: value === undefined ? 'nothing' : value === null ? 'null' : `a value of type ${typeof value}`, fix: WRITE };
  }
}

const WRITE = 'Write a generator function: function* () { … }.';

function plainFunction(value: object): { readonly came: string; readonly fix: string } {
  if (!('prototype' in value)) return { came: 'an arrow function or a method', fix: `It can't yield. ${WRITE}` };
  return { came: 'a function that is no generator', fix: `The * is missing. ${WRITE}` };
}
