import {
  argumentError,
  type ArgumentCheck,
  checkBoolean,
  checkOptions,
  maskedName,
  type OptionChecks,
} from '../arguments/check-argument.ts';
import { type Duration, durationCheck, millisecondsOf } from '../arguments/duration.ts';
import { jsonLoss } from '../arguments/json-loss.ts';
import { checkName } from '../arguments/name.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { functionKind } from '../callflow/kind-of-value.ts';
import type { Effect } from '../flow/effect.ts';
import type { StandardSchema } from '../flow/flow-options.ts';
import { isEffect, makeEffect } from '../flow/make-effect.ts';
import type { PlayFile } from './play-file.ts';
import type { Say } from './say.ts';

/** What `waitFor` gives back: the signal's value, or that none came in time. */
export type SignalResult<V> = { readonly arrived: true; readonly value: V } | { readonly arrived: false };

/** How long a flow waits for a signal where its author says nothing, and at least and at most, ms. */
export const DEFAULT_SIGNAL_TIMEOUT = 300_000;
const MIN_TIMEOUT = 1_000;
const MAX_TIMEOUT = 3_600_000;
const MAX_HOLD = 20;

/** Options of `waitFor`: `V` is the signal's value. */
export interface WaitForOptions<V> {
  /** The site's name: letters, digits, `-` and `_`. @default the signal's name */
  readonly id?: string | null;
  /** Any Standard Schema for the signal's value, one that judges at once and gives JSON: a signal that does not fit is refused where it is sent. @default any JSON */
  readonly schema?: StandardSchema<V> | null;
  /** How long the caller waits at most, e.g. `'5m'` or milliseconds, one second to one hour. Counted from the first callflow of the wait, and judged whenever the platform asks what to do next. @default '5m' */
  readonly timeout?: Duration | null;
  /**
   * What the caller hears meanwhile, one piece after the other, over and over; 1 to 20 of `say(…)` and `playFile(…)`. A signal is heard when a piece has been played to its
   * end: keep pieces short. @default the server's `sessions.holdText`
   */
  readonly hold?: readonly (Say | PlayFile)[] | null;
  /** Values by name, as they are sent, for exploration and diagrams, e.g. `{ ok: { amount: 5 } }`. */
  readonly examples?: Readonly<Record<string, unknown>> | null;
  /** The value is encrypted in the store, erased at the end, and masked in exports. @default false */
  readonly sensitive?: boolean | null;
}

/** Waits for a signal; see `waitFor`. */
export interface WaitFor<V = unknown> extends Effect<'waitFor', SignalResult<V>> {
  readonly name: string;
  readonly id: string | null;
  readonly schema: StandardSchema<V> | null;
  /** Milliseconds. */
  readonly timeout: number;
  readonly hold: readonly (Say | PlayFile)[] | null;
  readonly examples: Readonly<Record<string, unknown>> | null;
  readonly sensitive: boolean;
}

const checkSchema: ArgumentCheck = (effect, argument, value) => {
  const kind = functionKind((value as StandardSchema<unknown> | undefined)?.['~standard']?.validate);
  if (kind === 'a function') return;
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
    says: 'must be a Standard Schema that judges at once, such as one of Zod, Valibot or ArkType',
    came: kind === 'an async function' ? 'one that is asynchronous' : describeValue(value),
    fix: 'Ask services in a step behind the wait.',
  });
};

const checkHold: ArgumentCheck = (effect, argument, value) => {
  const wrong = (at: string, came: unknown): Error =>
    argumentError('HS_EFFECT_ARGUMENT', effect, at, {
      says: `must be a list of 1 to ${MAX_HOLD} of say(…) and playFile(…)`,
      came: Array.isArray(came) ? (came.length === 0 ? 'an empty list' : `a list of ${came.length}`) : describeValue(came),
      fix: "Write it like [say('Still checking.'), playFile(music)].",
    });
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_HOLD) throw wrong(argument, value);
  value.forEach((piece: unknown, index) => {
    const spoken = isEffect(piece) && (piece.kind === 'say' || piece.kind === 'playFile');
    if (!spoken) throw wrong(`${argument}[${index}]`, piece);
  });
};

const checkExamples: ArgumentCheck = (effect, argument, value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
      says: 'must be an object of values by name',
      came: describeValue(value),
      fix: 'Write it like { ok: { amount: 5 } }.',
    });
  }
  for (const [name, example] of Object.entries(value)) {
    const loss = example === undefined ? { path: '$', came: 'undefined' } : jsonLoss(example);
    if (loss === null) continue;
    throw argumentError('HS_EFFECT_ARGUMENT', effect, `${argument}.${maskedName(name)}`, {
      says: `must be JSON, as a signal's value is, down to ${loss.path}`,
      came: loss.came,
      fix: 'Use plain data: texts, finite numbers, true, false, null, lists and objects.',
    });
  }
};

const OPTIONS: OptionChecks<WaitForOptions<unknown>> = {
  id: checkName,
  schema: checkSchema,
  timeout: durationCheck(MIN_TIMEOUT, MAX_TIMEOUT, 'Leave it out for five minutes.'),
  hold: checkHold,
  examples: checkExamples,
  sensitive: checkBoolean,
};

/**
 * Waits for what the world outside says to this call, e.g. that a payment has come, while the caller hears `hold`. Gives `{ arrived: true, value }`, or `{ arrived: false }` when the time is
 * over. A signal that came before the flow gets here is taken at once, in the order in which they came.
 *
 * ```ts
 * const paid = yield* waitFor('paid', { schema: paidSchema, timeout: '5m', hold: [say('Still checking.'), playFile(music)], examples: { ok: { amount: 5 } } });
 * if (paid.arrived) yield say(`We have got ${paid.value.amount} dollars.`);
 * ```
 *
 * 8x8 offers no way to interrupt a call: a signal is heard when the platform next asks what to do, at the end of a piece of `hold`. When the caller hangs up, the flow ends here as at a question;
 * in an `uninterruptible` block it goes on with `{ arrived: false }`.
 *
 * @throws EffectArgumentError at once, when an argument is wrong.
 */
export function waitFor<V = unknown>(name: string, options: WaitForOptions<V> = {}): WaitFor<V> {
  checkName('waitFor', 'name', name);
  checkOptions('waitFor', options, OPTIONS);
  return makeEffect<WaitFor<V>>({
    kind: 'waitFor',
    name,
    id: options.id ?? null,
    schema: options.schema ?? null,
    timeout: millisecondsOf(options.timeout ?? DEFAULT_SIGNAL_TIMEOUT) ?? DEFAULT_SIGNAL_TIMEOUT,
    hold: options.hold ? Object.freeze([...options.hold]) : null,
    examples: options.examples ?? null,
    sensitive: options.sensitive ?? false,
  });
}
