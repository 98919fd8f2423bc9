import {
  type ArgumentCheck,
  argumentError,
  brokenRule,
  checkBoolean,
  checkedByMaker,
  checkOptions,
  type OptionChecks,
  parameterCheck,
} from '../arguments/check-argument.ts';
import { checkName } from '../arguments/name.ts';
import { CAPTURE_CROSS_RULES } from '../callflow/capture-cross-rules.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import { checkedPrompt, checkedText } from '../flow/check-text.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';
import type { Prompt, Text } from '../flow/text.ts';
import { checkActionId } from './client-action-id.ts';

/** One way in which a caller may answer, for exploration and tests. */
export interface CaptureExample {
  /** What the arrow is called on diagrams, e.g. `1`, `silence`, `too short`. */
  readonly label: string;
  /** What `capture` gives back: digits, `''` for `#` alone, null for silence. */
  readonly digits: string | null;
  /** True for a universal key. @default false */
  readonly universal?: boolean;
}

/** Options of `capture`. Each may be null, which means its default. */
export interface CaptureOptions {
  /** The site's name: letters, digits, `-` and `_`. @default made of the prompt */
  readonly id?: string | null;
  /** Fewest digits of a valid entry, 1..maxDigits. @default 1 */
  readonly minDigits?: number | null;
  /** Most digits, 1..25. @default 25 */
  readonly maxDigits?: number | null;
  /** Whether `#` ends the entry; if false, maxDigits must be given and ends it. @default true */
  readonly completeOnHash?: boolean | null;
  /** Milliseconds between two digits, ≥ 1, at most overallTimeout; where they are equal, one less is sent (U5). @default 5000, or overallTimeout where that is shorter */
  readonly digitTimeout?: number | null;
  /** Milliseconds for the whole entry, ≥ 1. @default 30000 */
  readonly overallTimeout?: number | null;
  /** How often the platform asks before it gives up, ≥ 1. @default 3 */
  readonly noOfTries?: number | null;
  readonly successMessage?: Text | null;
  readonly failureMessage?: Text | null;
  /** 0.5..2.0. @default 1 */
  readonly speed?: number | null;
  /** How often the prompt is spoken: 1, 2 or 3. @default 1 */
  readonly repetition?: number | null;
  /** @default the flow's voice for the language that is spoken */
  readonly voice?: string | null;
  /** Digits are masked in stored bodies and encrypted in the journal. @default false */
  readonly sensitive?: boolean | null;
  /** The wire's `clientActionId` of this callflow, sent unchanged and echoed by 8x8; each id once in a call. The first callflow of a call that is placed has none: 8x8 takes it in answers only. @default the server's own, made of site and turn */
  readonly clientActionId?: string | null;
  /** Entries that exploration tries besides silence; e.g. `['12345678', '1']`. */
  readonly examples?: readonly string[] | null;
}

/** What a composed effect tells exploration about the capture that it makes. */
export interface CaptureShape {
  /** The composed effect: `menu`, `ask` or `confirm`. */
  readonly of: string;
  /** Every class of answer, silence and no-match included. */
  readonly answers: readonly CaptureExample[];
  /** Labels of `answers` that the author declared and that must lead somewhere. */
  readonly declared: readonly string[];
  /** Labels of the `answers` that are of one class with an entry, e.g. those of all that are too short; none where it is of a class of its own. */
  readonly sameClass?: (digits: string) => readonly string[];
}

/** Speaks a prompt and waits for digits; see `capture`. */
export interface Capture extends Effect<'capture', string | null> {
  readonly id: string | null;
  readonly prompt: Prompt;
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly completeOnHash: boolean;
  readonly digitTimeout: number;
  readonly overallTimeout: number;
  readonly noOfTries: number;
  readonly successMessage: Text | null;
  readonly failureMessage: Text | null;
  readonly speed: number;
  readonly repetition: number;
  readonly voice: string | null;
  readonly sensitive: boolean;
  readonly clientActionId: string | null;
  readonly examples: readonly string[] | null;
  readonly shape: CaptureShape | null;
}

const { sayAndCapture } = PARAMETERS;
const KEYS = /^[0-9*#]*$/;

const checkExamples: ArgumentCheck = (effect, argument, value) => {
  if (!Array.isArray(value)) {
    const says = { says: 'must be a list of entries', came: describeValue(value), fix: "Write it like ['12345678', '1']." };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
  }
  const wrong = value.findIndex((entry) => typeof entry !== 'string' || !KEYS.test(entry));
  if (wrong < 0) return;
  throw argumentError('HS_EFFECT_ARGUMENT', effect, `${argument}[${wrong}]`, {
    says: 'must be keys of a phone: 0 to 9, * and #, in a string',
    came: describeValue(value[wrong]),
    fix: 'Silence is always tried; it needs no entry.',
  });
};

const OPTIONS: OptionChecks<CaptureOptions> = {
  id: checkName,
  minDigits: parameterCheck(sayAndCapture.minDigits),
  maxDigits: parameterCheck(sayAndCapture.maxDigits),
  completeOnHash: parameterCheck(sayAndCapture.completeOnHash),
  digitTimeout: parameterCheck(sayAndCapture.digitTimeout),
  overallTimeout: parameterCheck(sayAndCapture.overallTimeout),
  noOfTries: parameterCheck(sayAndCapture.noOfTries),
  successMessage: checkedByMaker,
  failureMessage: checkedByMaker,
  speed: parameterCheck(sayAndCapture.speed),
  repetition: parameterCheck(sayAndCapture.repetition),
  voice: parameterCheck(sayAndCapture.voiceProfile),
  sensitive: checkBoolean,
  clientActionId: checkActionId,
  examples: checkExamples,
};

/**
 * Speaks `prompt` and gives back the caller's digits without a closing `#`; `''` when only `#` was pressed, null when nothing was.
 *
 * The parts of a prompt before the last are spoken once, or `repetition` times; the platform's further tries repeat the last part only.
 * The options bind each other as 8x8's parameters do: minDigits needs maxDigits, digitTimeout needs overallTimeout, `completeOnHash: false` needs maxDigits.
 *
 * @throws EffectArgumentError at once, with the code of the callflow rule that an argument breaks, `HS_TEXT_LANGUAGE_MISSING` or `HS_CAPTURE_PROMPT_END`.
 */
export function capture(prompt: Prompt, options: CaptureOptions = {}, shape: CaptureShape | null = null, source?: string): Capture {
  checkOptions('capture', options, OPTIONS);
  checkBounds(options);
  const overallTimeout = options.overallTimeout ?? 30_000;
  const fields = {
    kind: 'capture',
    id: options.id ?? null,
    prompt: checkedPrompt('capture', 'prompt', prompt),
    minDigits: options.minDigits ?? 1,
    maxDigits: options.maxDigits ?? 25,
    completeOnHash: options.completeOnHash ?? true,
    digitTimeout: options.digitTimeout ?? Math.min(5_000, overallTimeout),
    overallTimeout,
    noOfTries: options.noOfTries ?? 3,
    successMessage: checkedMessage('successMessage', options),
    failureMessage: checkedMessage('failureMessage', options),
    speed: options.speed ?? 1,
    repetition: options.repetition ?? 1,
    voice: options.voice ?? null,
    sensitive: options.sensitive ?? false,
    clientActionId: options.clientActionId ?? null,
    examples: options.examples ? Object.freeze([...options.examples]) : null,
    shape,
  } as const;
  return makeEffect<Capture>(fields, source);
}

function checkBounds(options: CaptureOptions): void {
  for (const { code, parameter, broken } of CAPTURE_CROSS_RULES) {
    const came = broken(options);
    if (came !== null) throw brokenRule(code, 'capture', parameter, came);
  }
}

function checkedMessage(argument: 'successMessage' | 'failureMessage', options: CaptureOptions): Text | null {
  const text = options[argument] ?? null;
  return text === null ? null : checkedText('capture', argument, text, sayAndCapture[argument]);
}
