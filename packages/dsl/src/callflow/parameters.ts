import type { ActionName } from './actions.ts';
import { isHttpUrl, suffixOf } from './audio-url.ts';
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
  /** 8x8's default; null where there is none. */
  readonly default: string | number | boolean | null;
  readonly checks: readonly ParameterCheck[];
}

/** Characters of a text, as JavaScript counts them (UTF-16), which never counts fewer than 8x8 could. */
export const MAX_TEXT = 3000;
const E164 = /^\+?[1-9]\d{6,14}$/;
/** Suffixes of files that may be played; a path without suffix (null) is another rule's matter. */
const AUDIO: ReadonlySet<string | null> = new Set(['wav', 'mp3', null]);
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
  check(code, (text) => (text === '' ? 'an empty text' : text.length > MAX_TEXT ? 'a longer text' : null));
const e164 = (code: CallflowRuleCode): ParameterCheck => check(code, (number) => (E164.test(number) ? null : describeValue(number)));
/** Shared with `clientActionId`, which is no parameter. */
export const NO_CONTROL_CHARACTERS = check('HS_CALLFLOW_CONTROL_CHARACTER', (text) =>
  CONTROL.test(text) ? 'a text with a control character' : null,
);

const optional = (byDefault: Parameter['default'], ...checks: readonly ParameterCheck[]): Parameter => ({
  required: false,
  default: byDefault,
  checks,
});
const required = (...checks: readonly ParameterCheck[]): Parameter => ({ required: true, default: null, checks });

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
  optional(null, isString(code), length('HS_CALLFLOW_MESSAGE_LENGTH'), NO_CONTROL_CHARACTERS);

/** Every parameter of every action on the wire. A null, or a value that JSON leaves out, is one that is not given. */
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
  },
  sayAndCapture: {
    promptMessage: required(isString('HS_CALLFLOW_PROMPT_REQUIRED'), length('HS_CALLFLOW_PROMPT_LENGTH'), NO_CONTROL_CHARACTERS),
    voiceProfile,
    successMessage: message('HS_CALLFLOW_SUCCESS_MESSAGE'),
    failureMessage: message('HS_CALLFLOW_FAILURE_MESSAGE'),
    speed,
    repetition,
    completeOnHash: optional(true, boolean('HS_CALLFLOW_COMPLETE_ON_HASH')),
    minDigits: optional(null, range('HS_CALLFLOW_MIN_DIGITS', 'integer', 1)),
    maxDigits: optional(25, range('HS_CALLFLOW_MAX_DIGITS', 'integer', 1, 25)),
    digitTimeout: optional(null, range('HS_CALLFLOW_DIGIT_TIMEOUT', 'integer', 1)),
    overallTimeout: optional(30_000, range('HS_CALLFLOW_OVERALL_TIMEOUT', 'integer', 1)),
    noOfTries: optional(3, range('HS_CALLFLOW_NO_OF_TRIES', 'integer', 1)),
  },
  playFile: {
    fileUrl: required(
      isString('HS_CALLFLOW_FILE_URL_REQUIRED'),
      stop('HS_CALLFLOW_FILE_URL', (url) => (isHttpUrl(url as string) ? null : describeValue(url))),
      check('HS_CALLFLOW_FILE_TYPE', (url) => (AUDIO.has(suffixOf(url)) ? null : 'a URL with another suffix')),
      check('HS_CALLFLOW_FILE_SUFFIX', (url) => (suffixOf(url) === null ? 'a URL without suffix' : null)),
    ),
    repetition,
  },
  hangup: {},
} as const satisfies Readonly<Record<ActionName, Readonly<Record<string, Parameter>>>>;
