/** What is no value yet, and functions that give such a thing when they are called. */
export type LaterKind = 'a promise' | 'a generator' | 'an async generator';
export type FunctionKind = 'an async function' | 'a generator function' | 'an async generator function' | 'a class' | 'a function';

/** Which kind of unfinished work `value` is; null for a finished value. Never throws, whatever a getter or proxy does. */
export function laterKind(value: unknown): LaterKind | null {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return null;
  try {
    const { then, next, throw: fail } = value as { then?: unknown; next?: unknown; throw?: unknown };
    if (typeof then === 'function') return 'a promise';
    if (typeof next !== 'function' || typeof fail !== 'function') return null;
    return Symbol.asyncIterator in value ? 'an async generator' : 'a generator';
  } catch {
    return null;
  }
}

/** For promises that are refused: nobody waits for them, and their rejection would end the process. */
export function ignoreRejection(value: unknown): void {
  if (value instanceof Promise) value.catch(() => undefined);
}

/** Which kind of function `value` is; null for anything else. Bound functions, and those of other realms, keep their kind. */
export function functionKind(value: unknown): FunctionKind | null {
  if (typeof value !== 'function') return null;
  try {
    switch (Object.prototype.toString.call(value)) {
      case '[object AsyncFunction]':
        return 'an async function';
      case '[object GeneratorFunction]':
        return 'a generator function';
      case '[object AsyncGeneratorFunction]':
        return 'an async generator function';
      default:
        return /^class\b/.test(Function.prototype.toString.call(value)) ? 'a class' : 'a function';
    }
  } catch {
    return 'a function';
  }
}
