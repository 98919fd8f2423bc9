/** Tells a generator function (`function*`, also bound or of another realm) from any other value. */
export function isGeneratorFunction(value: unknown): value is (...args: never[]) => Generator {
  return typeof value === 'function' && tagOf(value) === 'GeneratorFunction';
}

/** Tells a function that may give a generator when it is called (`() => billing(customer)` is one) from async functions, classes and other values. */
export function mayGiveGenerator(value: unknown): boolean {
  return isGeneratorFunction(value) || (typeof value === 'function' && tagOf(value) === 'Function' && !isClass(value));
}

/** Tells a generator, which is what a call of a generator function gives, from any other value. */
export function isGenerator(value: unknown): value is Generator {
  return typeof value === 'object' && value !== null && 'next' in value && 'return' in value && 'throw' in value;
}

/** What came in place of a generator function, and what to write. */
export function notGeneratorFunction(value: unknown): { readonly came: string; readonly fix: string } {
  switch (tagOf(value)) {
    case 'AsyncGeneratorFunction':
      return {
        came: 'an async generator function',
        fix: "Write function* without async; asynchronous work goes into yield* step('name', …).",
      };
    case 'AsyncFunction':
      return { came: 'an async function', fix: "Write function* in place of async, and yield* step('name', () => …) in place of await." };
    case 'Generator':
      return {
        came: 'a generator, which is what a generator function gives when it is called',
        fix: 'Hand over the function, without calling it.',
      };
    case 'Promise':
      return { came: 'a promise', fix: 'Hand over a generator function: function* () { … }.' };
    case 'Function':
      return plainFunction(value as object);
    default:
      return { came: value === undefined ? 'nothing' : value === null ? 'null' : `a value of type ${typeof value}`, fix: WRITE };
  }
}

const WRITE = 'Write a generator function: function* () { … }.';

function plainFunction(value: object): { readonly came: string; readonly fix: string } {
  if (isClass(value)) return { came: 'a class', fix: WRITE };
  if (!('prototype' in value)) return { came: 'an arrow function or a method', fix: `It can't yield. ${WRITE}` };
  return { came: 'a function that is no generator', fix: `The * is missing. ${WRITE}` };
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
