import { describeValue } from '../callflow/describe-value.ts';
import { functionKind, ignoreRejection, laterKind } from '../callflow/kind-of-value.ts';
import { argumentError } from './check-argument.ts';

/** What can't be used before it has come: a promise, or a generator, which does nothing until somebody runs it. */
type Later = PromiseLike<unknown> | Iterator<unknown, unknown, never> | AsyncIterator<unknown, unknown, never>;

/** What a type error shows where a flow needs a value at once and gets one that comes later, or none. */
export interface MustComeAtOnce<What> {
  readonly 'a value is needed here at once: no promise, no generator, no async function; asynchronous work is a step of its own': What;
}

/** `T`, with what comes later replaced by what the type error shows. */
type AtOnce<T> = T extends Later ? MustComeAtOnce<T> : T;
type Given<T> = T extends undefined | void ? MustComeAtOnce<T> : AtOnce<T>;
/** What may stand for an answer: a value, or a function that gives a generator. */
type Answer<T> = T extends (...args: never[]) => Generator<unknown, unknown, never>
  ? T
  : T extends (...args: never[]) => unknown
    ? MustComeAtOnce<T>
    : AtOnce<T>;

type Mark<T, As> = [T] extends [As] ? 'fits' : 'does not fit';
/** `Open` is a type parameter of the function that is never given; see `IfJson`. */
type IfNot<T, As, Open, Then> = { is: Mark<T, As> | Open } extends { is: 'does not fit' | Open } ? Then : unknown;

/** `unknown` where `T` is a value at once, else what the type error shows; `Fine` is what may come besides. */
export type IfGiven<T, Open, Fine> = IfNot<T, Given<T>, Open, MustComeAtOnce<Exclude<T, Fine>>>;
/** The same for the option `otherwise`. */
export type IfAnswer<T, Open> = IfNot<T, Answer<T>, Open, { readonly otherwise?: MustComeAtOnce<T> }>;

/** How a mistake is told: the code, the effect and its argument, and what to write. */
interface Place {
  readonly code: `HS_${string}`;
  readonly effect: string;
  readonly argument: string;
  readonly fix: string;
}

/** Throws unless `value` is a function that can give its result at once: no async function, no generator function, no class. */
export function checkPlainFunction(value: unknown, { code, effect, argument, fix }: Place): void {
  const kind = functionKind(value);
  if (kind === 'a function') return;
  const says = kind === null ? 'must be a function' : 'must be a plain function, which gives its result at once';
  throw argumentError(code, effect, argument, { says, came: describeValue(value), fix });
}

/** What a function of the author's gave, unless that comes later: then it throws, and nobody takes the promise for an answer. */
export function atOnce<T>(value: T, { code, effect, argument, fix }: Place): T {
  const kind = laterKind(value);
  if (kind === null) return value;
  ignoreRejection(value);
  throw argumentError(code, effect, argument, { says: 'must give its result at once', came: kind, fix });
}
