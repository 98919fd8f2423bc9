/**
 * What a flow may yield: frozen data on one prototype, so that `yield e` and `yield* e` hand the same object to the driver.
 * `K` is the name of its kind, `R` what `yield*` gives back.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an effect of whatever answer
export interface Effect<K extends string = string, R = any> {
  readonly kind: K;
  /** Where the author made this effect (`file:line:column`); only while a flow is verified. */
  readonly source?: string;
  // Method syntax on purpose: it keeps effects with different answers assignable to `Effect`.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript cannot type what a `yield` gives back
  [Symbol.iterator](): Generator<Effect, R, any>;
}

/** What a flow's body returns: annotate helpers that use a plain `yield` for its answer with it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript cannot type what a `yield` gives back
export type Flow<R = void> = Generator<Effect, R, any>;
