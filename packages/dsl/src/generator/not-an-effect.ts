import { YieldError } from '../errors/index.ts';

/** What is thrown at a `yield` of something else than an effect: what came, and what to write. */
export function notAnEffect(flow: string, value: unknown): YieldError {
  if (typeof value === 'function')
    return new YieldError(flow, `the function ${value.name || '(unnamed)'}`, 'call it, and write yield* if it is a generator function');
  if (Array.isArray(value)) return new YieldError(flow, 'a list', 'yield its effects one by one');
  if (value instanceof Promise) return new YieldError(flow, 'a promise', "wrap the asynchronous work in step('name', () => …)");
  if (typeof value === 'object' && value !== null && 'next' in value)
    return new YieldError(flow, 'a generator', 'write yield* instead of yield');
  return new YieldError(flow, value === null ? 'null' : `a value of type ${typeof value}`, 'yield effects such as say(…) or capture(…)');
}
