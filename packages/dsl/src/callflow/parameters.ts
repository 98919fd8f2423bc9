import type { ActionName } from './actions.ts';
import { audioOf, isHttpUrl } from './audio-url.ts';
import { describeValue } from './describe-value.ts';
import type { CallflowRuleCode } from './rules.ts';

/** Whether a value obeys one rule. */
export interface ParameterCheck {
  readonly code: CallflowRuleCode;
  /** Says what came where the rule is broken; null where it is obeyed. */
  readonly broken: (value: unknown) => string | null;
  /** The checks behind it take for granted that it holds. */
  readonly stops: boolean;
}

/** One parameter of an action: whether it must be given, what 8x8 takes where it is not, and its rules in order. */
export interface Parameter {
  readonly required: boolean;
  /** Whether it may be null on the wire, which is the same as left out. Source: 8x8's OpenAPI, `nullable`. */
  readonly nullable: boolean;
  /** 8x8's default; null where there is none. */
  readonly default: string | number | boolean | null;
  readonly checks: readonly ParameterCheck[];
}

/** Characters of a text, counted as 8x8 does: an emoji is one, though JavaScript sees two. */
export const MAX_TEXT = 3000;
const E164 = /^\+?[1-9]\d{6,14}$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

const stop = (code: CallflowRuleCode, broken: ParameterCheck['broken']): ParameterCheck => ({ code, broken, stops: true });
const check = (code: CallflowRuleCode, broken: (value: string) => string | null): ParameterCheck => ({
  code,
  broken: broken as ParameterCheck['broken'],
  stops: false,
});
const isString = (code: CallflowRuleCode): ParameterCheck =>
  stop(code, (value) => (typeof value === 'string' ? null : describeValue(value)));
const length = (code: CallflowRuleCode): ParameterCheck =>
  check(code, (text) => (text === '' ? 'an empty text' : isLonger(text, MAX_TEXT) ? 'a longer text' : null));
const e164 = (code: CallflowRuleCode): ParameterCheck => check(code, (number) => (E164.test(number) ? null : describeValue(number)));
/** Shared with `clientActionId`, which is no parameter. */
export const NO_CONTROL_CHARACTERS = check('HS_CALLFLOW_CONTROL_CHARACTER', (text) =>
  CONTROL.test(text) ? 'a text with a control character' : null,
);

const optional = (byDefault: Parameter['default'], ...checks: readonly ParameterCheck[]): Parameter => ({
  required: false,
  nullable: false,
  default: byDefault,
  checks,
});
const nullable = (byDefault: Parameter['default'], ...checks: readonly ParameterCheck[]): Parameter => ({
  ...optional(byDefault, ...checks),
  nullable: true,
});
const required = (...checks: readonly ParameterCheck[]): Parameter => ({ required: true, nullable: false, default: null, checks });

/** Whether a text has more than `most` characters, of which UTF-16 may need two each. */
function isLonger(text: string, most: number): boolean {
  // Most texts are short, and what is twice as long has more in any case.
  return text.length > most && (text.length > most * 2 || [...text].length > most);
}

function range(code: CallflowRuleCode, kind: 'integer' | 'number', least: number, most = Number.MAX_SAFE_INTEGER): ParameterCheck {
  return stop(code, (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return describeValue(value);
    if (value < least) return 'a number below the range';
    if (value > most) return 'a number above the range';
    return kind === 'integer' && !Number.isInteger(value) ? 'a fraction' : null;
  });
}

function boolean(code: CallflowRuleCode): ParameterCheck {
  return stop(code, (value) => (typeof value === 'boolean' ? null : describeValue(value)));
}

/** Two or more numbers where one belongs: a list of them, or numbers in one string with separators. */
const oneDestination = stop('HS_CALLFLOW_MULTIPLE_DESTINATIONS', (value) => {
  if (typeof value === 'string') {
    if (E164.test(value) || value.length > MAX_TEXT) return null;
    return value.split(/[\s,;|/]+/).filter((part) => E164.test(part)).length > 1 ? 'several numbers in one text' : null;
  }
  return Array.isArray(value) && value.length > 1 ? 'a list of several' : null;
});

const voiceProfile = required(
  isString('HS_CALLFLOW_VOICE_REQUIRED'),
  check('HS_CALLFLOW_VOICE', (voice) => (voice.trim() === '' ? 'an empty text' : null)),
  NO_CONTROL_CHARACTERS,
);
const repetition = optional(1, range('HS_CALLFLOW_REPETITION', 'integer', 1, 3));
const speed = optional(1, range('HS_CALLFLOW_SPEED', 'number', 0.5, 2));
const message = (code: CallflowRuleCode): Parameter =>
  nullable(null, isString(code), length('HS_CALLFLOW_MESSAGE_LENGTH'), NO_CONTROL_CHARACTERS);

/** Every parameter of every action on the wire. A value that JSON leaves out is one that is not given; so is a null where 8x8's schema allows it. */
export const PARAMETERS = {
  makeCall: {
    source: required(isString('HS_CALLFLOW_SOURCE_REQUIRED'), e164('HS_CALLFLOW_SOURCE')),
    destination: required(oneDestination, isString('HS_CALLFLOW_DESTINATION_REQUIRED'), e164('HS_CALLFLOW_DESTINATION')),
    callRecording: optional(null, boolean('HS_CALLFLOW_CALL_RECORDING')),
  },
  say: {
    text: required(isString('HS_CALLFLOW_TEXT_REQUIRED'), length('HS_CALLFLOW_TEXT_LENGTH'), NO_CONTROL_CHARACTERS),
    voiceProfile,
    repetition,
    speed,
    language: optional(
      null,
      isString('HS_CALLFLOW_LANGUAGE'),
      check('HS_CALLFLOW_LANGUAGE_BESIDE_VOICE', () => 'a text'),
    ),
  },
  sayAndCapture: {
    promptMessage: required(isString('HS_CALLFLOW_PROMPT_REQUIRED'), length('HS_CALLFLOW_PROMPT_LENGTH'), NO_CONTROL_CHARACTERS),
    voiceProfile,
    successMessage: message('HS_CALLFLOW_SUCCESS_MESSAGE'),
    failureMessage: message('HS_CALLFLOW_FAILURE_MESSAGE'),
    speed,
    repetition,
    completeOnHash: nullable(true, boolean('HS_CALLFLOW_COMPLETE_ON_HASH')),
    minDigits: nullable(null, range('HS_CALLFLOW_MIN_DIGITS', 'integer', 1)),
    maxDigits: nullable(25, range('HS_CALLFLOW_MAX_DIGITS', 'integer', 1, 25)),
    digitTimeout: nullable(null, range('HS_CALLFLOW_DIGIT_TIMEOUT', 'integer', 1)),
    overallTimeout: nullable(30_000, range('HS_CALLFLOW_OVERALL_TIMEOUT', 'integer', 1)),
    noOfTries: nullable(3, range('HS_CALLFLOW_NO_OF_TRIES', 'integer', 1)),
  },
  playFile: {
    fileUrl: required(
      isString('HS_CALLFLOW_FILE_URL_REQUIRED'),
      stop('HS_CALLFLOW_FILE_URL', (url) => (isHttpUrl(url as string) ? null : describeValue(url))),
      check('HS_CALLFLOW_FILE_TYPE', (url) => (audioOf(url) === 'other' ? 'a URL with another suffix' : null)),
      check('HS_CALLFLOW_FILE_SUFFIX', (url) => (audioOf(url) === 'untold' ? 'a URL whose path tells no audio file' : null)),
    ),
    repetition,
  },
  hangup: {},
} as const satisfies Readonly<Record<ActionName, Readonly<Record<string, Parameter>>>>;
