/** What a type error shows where a step's result, or a part of it, is no JSON. */
export interface NotJson<What> {
  readonly 'a step gives plain data: texts, numbers, true, false, null, lists and objects of them; a date as a text': What;
}

/** Objects that JSON loses or changes. Objects of classes without methods can't be told from plain ones here; the running step tells them. */
type Lossy =
  | ((...args: never[]) => unknown)
  | (abstract new (...args: never[]) => unknown)
  | { toJSON: unknown }
  | PromiseLike<unknown>
  | Iterator<unknown, unknown, never>
  | AsyncIterator<unknown, unknown, never>
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | RegExp
  | Error
  | ArrayBuffer
  | ArrayBufferView;

/** `T`, with what JSON would lose or change replaced by what the type error shows. */
type Json<T> = T extends string | number | boolean | null | undefined | void
  ? T
  : T extends bigint | symbol | Lossy
    ? NotJson<T>
    : T extends object
      ? { readonly [K in keyof T]: Json<T[K]> }
      : T;

type Mark<R> = [R] extends [Json<R>] ? 'json' : 'other';

/**
 * `unknown` where `R` is JSON, else what the type error shows. `Open` is a type parameter of the function that is never given: it keeps the decision
 * open until the function is called, and so lets an `R` pass that is itself a type parameter there, in a helper of the author's.
 */
export type IfJson<R, Open> = { is: Mark<R> | Open } extends { is: 'other' | Open } ? NotJson<R> : unknown;
