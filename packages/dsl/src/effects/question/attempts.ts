import { describeValue } from '../../callflow/describe-value.ts';
import { laterKind } from '../../callflow/kind-of-value.ts';
import { argumentError, checkOptions, integerCheck, type OptionChecks } from '../check-argument.ts';

/** How often a caller may try: one number for all, or a total and a number per event. 1..100 each. */
export type AttemptOptions<E extends string> = number | ({ readonly [K in E]?: number | null } & { readonly total?: number | null });

/** The limits: of all attempts, and of events that have one of their own. */
export interface AttemptLimits<E extends string> {
  readonly total: number;
  readonly each: { readonly [K in E]?: number | null };
}

const DEFAULT_TOTAL = 3;
const checkCount = integerCheck(1, 100, '', 'It is how often the caller may try.');

/**
 * The limits that the `attempts` of a composed effect mean; an event without a number of its own has the total's.
 *
 * @throws EffectArgumentError `HS_EFFECT_ARGUMENT` for what is no number of attempts, `HS_EFFECT_OPTION_UNKNOWN` for an event that there is not.
 */
export function attemptLimits<E extends string>(
  effect: string,
  given: AttemptOptions<E> | null | undefined,
  events: readonly E[],
): AttemptLimits<E> {
  if (given === null || given === undefined) return { total: DEFAULT_TOTAL, each: {} };
  const { total, ...each } = countsOf(effect, given, events);
  return { total: total ?? DEFAULT_TOTAL, each: each as AttemptLimits<E>['each'] };
}

function countsOf(effect: string, given: AttemptOptions<string>, events: readonly string[]): Readonly<Record<string, number | null>> {
  if (typeof given === 'number') {
    checkCount(effect, 'attempts', given);
    return { total: given };
  }
  if (typeof given !== 'object' || Array.isArray(given) || laterKind(given) !== null) {
    const says = { says: 'must be a number, or an object with one per event', came: describeValue(given), fix: 'Write attempts: 3.' };
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
    this.#total++;
    this.#counts.set(event, this.of(event) + 1);
    return this.#total < this.#limits.total && this.of(event) < (this.#limits.each[event] ?? this.#limits.total);
  }

  /** Begins anew. */
  reset(): void {
    this.#total = 0;
    this.#counts.clear();
  }
}
