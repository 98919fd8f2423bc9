import { argumentError, checkOptions, integerCheck, type OptionChecks } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { laterKind } from '../callflow/kind-of-value.ts';

/**
 * How often a caller may try: one number in all, or numbers per event, 1..100 each. An event with a number of its own is counted by that alone;
 * all others together have 3. `total` bounds all of them, so that no event's number may be above it.
 */
export type AttemptOptions<E extends string> = number | ({ readonly [K in E]?: number | null } & { readonly total?: number | null });

/** The limits: of all attempts, of the events that have a number of their own, and of all others together. */
export interface AttemptLimits<E extends string> {
  /** Null where only events have numbers. */
  readonly total: number | null;
  readonly each: { readonly [K in E]?: number | null };
  readonly others: number;
}

const DEFAULT = 3;
const checkCount = integerCheck(1, 100, '', 'It is how often the caller may try.');

/**
 * The limits that the `attempts` of a composed effect mean.
 *
 * @throws EffectArgumentError `HS_EFFECT_ARGUMENT` for what is no number of attempts, and for an event's number that the total would never let it
 * reach; `HS_EFFECT_OPTION_UNKNOWN` for an event that there is not.
 */
export function attemptLimits<E extends string>(
  effect: string,
  given: AttemptOptions<E> | null | undefined,
  events: readonly E[],
): AttemptLimits<E> {
  if (given === null || given === undefined) return { total: DEFAULT, each: {}, others: DEFAULT };
  const { total: all, ...each } = countsOf(effect, given, events);
  const total = all ?? null;
  const above = Object.entries(each).find(([, count]) => total !== null && (count ?? 0) > total);
  if (above !== undefined) {
    throw argumentError('HS_EFFECT_ARGUMENT', effect, `attempts.${above[0]}`, {
      says: `must be at most attempts.total (${total}), or it could never be reached`,
      came: String(above[1]),
      fix: 'Raise the total, or leave it out: then each event is counted by its own number.',
    });
  }
  return { total, each: each as AttemptLimits<E>['each'], others: total ?? DEFAULT };
}

function countsOf(effect: string, given: AttemptOptions<string>, events: readonly string[]): Readonly<Record<string, number | null>> {
  if (typeof given === 'number') {
    checkCount(effect, 'attempts', given);
    return { total: given };
  }
  if (typeof given !== 'object' || Array.isArray(given) || laterKind(given) !== null) {
    const says = { says: 'must be a number, or an object with a number per event', came: describeValue(given), fix: 'Write attempts: 3.' };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, 'attempts', says);
  }
  const checks = Object.fromEntries(['total', ...events].map((event) => [event, checkCount]));
  checkOptions(`${effect}: attempts`, given, checks as OptionChecks<typeof given>);
  return given as Readonly<Record<string, number | null>>;
}

/** Counts the failed attempts of one question: in all, and per event. */
export class Attempts<E extends string> {
  readonly #limits: AttemptLimits<E>;
  readonly #counts = new Map<E, number>();
  #total = 0;
  /** Of events without a number of their own. */
  #others = 0;

  constructor(limits: AttemptLimits<E>) {
    this.#limits = limits;
  }

  /** Attempts that failed so far. */
  get total(): number {
    return this.#total;
  }

  /** How often `event` has happened. */
  of(event: E): number {
    return this.#counts.get(event) ?? 0;
  }

  /** Counts a failed attempt and tells whether the caller may try again. */
  fail(event: E): boolean {
    const { total, each, others } = this.#limits;
    const own = each[event] ?? null;
    this.#total++;
    this.#counts.set(event, this.of(event) + 1);
    if (own === null) this.#others++;
    return (total === null || this.#total < total) && (own === null ? this.#others < others : this.of(event) < own);
  }

  /** Begins anew. */
  reset(): void {
    this.#total = 0;
    this.#others = 0;
    this.#counts.clear();
  }
}
