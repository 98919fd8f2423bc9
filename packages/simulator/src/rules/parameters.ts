import type { ActionName } from '@hookswitch/dsl';

/** A value's complaint, as the documents' schema errors read, or null where there is none. */
type Check = (value: unknown) => string | null;

interface Parameter {
  readonly required: boolean;
  /** Whether the schema calls it nullable. */
  readonly nullable: boolean;
  readonly check: Check;
}

const MAX_TEXT_LENGTH = 3000;

const text: Check = (value) => {
  if (typeof value !== 'string') return `string expected but ${typeName(value)} found`;
  if (value.length === 0) return 'must be at least 1 characters long';
  return value.length > MAX_TEXT_LENGTH && [...value].length > MAX_TEXT_LENGTH ? `may only be ${MAX_TEXT_LENGTH} characters long` : null;
};
/** The documents limit the length of what is asked and said, and not that of what is said after a capture. */
const anyText: Check = (value) => (typeof value === 'string' ? null : `string expected but ${typeName(value)} found`);
const name: Check = (value) =>
  typeof value === 'string' ? (value === '' ? 'must be at least 1 characters long' : null) : `string expected but ${typeName(value)} found`;
const flag: Check = (value) => (typeof value === 'boolean' ? null : `boolean expected but ${typeName(value)} found`);
const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) => {
    if (!Number.isInteger(value)) return `integer expected but ${typeName(value)} found`;
    if ((value as number) < min) return `must have a minimum value of ${min}`;
    return (value as number) > max ? `must have a maximum value of ${max}` : null;
  };
const speed: Check = (value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `number expected but ${typeName(value)} found`;
  if (value < 0.5) return 'must have a minimum value of 0.5';
  return value > 2 ? 'must have a maximum value of 2.0' : null;
};
const audio: Check = (value) => {
  if (typeof value !== 'string') return `string expected but ${typeName(value)} found`;
  // What the URL class mends (spaces, backslashes, missing slashes), a downloader need not.
  if (/[\s\\\p{Cc}]/u.test(value) || !URL.canParse(value)) return 'is not a valid url';
  const parts = /^(?<protocol>[a-z][a-z+.-]*):\/\/(?<host>[^/?#]+)(?<path>[^?#]*)(?:\?(?<query>[^#]*))?/iu.exec(value)?.groups;
  if (parts === undefined) return 'is not a valid url';
  if (!/^https?$/iu.test(parts['protocol'] ?? '')) return 'supported protocols are http, https';
  const [, suffix] = /\.([^./]+)$/u.exec(parts['path'] ?? '') ?? [];
  if (suffix === undefined || isMedia(`.${suffix}`)) return null;
  const named = (parts['query'] ?? '').split('&').some(isMedia);
  return named ? null : 'supported media formats are mp3, wav';
};
const isMedia = (name: string): boolean => /\.(?:mp3|wav)$/iu.test(name);

const must = (check: Check): Parameter => ({ required: true, nullable: false, check });
const may = (check: Check): Parameter => ({ required: false, nullable: false, check });
const mayBeNull = (check: Check): Parameter => ({ required: false, nullable: true, check });

/** Every parameter of every action. Numbers of telephones are judged by the rules of the session. */
export const PARAMETERS: Readonly<Record<ActionName, Readonly<Record<string, Parameter>>>> = {
  makeCall: { source: must(name), destination: must(() => null), callRecording: may(flag) },
  say: { text: must(text), voiceProfile: must(anyText), repetition: may(integer(1, 3)), speed: may(speed), language: may(anyText) },
  sayAndCapture: {
    promptMessage: must(text),
    voiceProfile: must(anyText),
    successMessage: mayBeNull(anyText),
    failureMessage: mayBeNull(anyText),
    speed: may(speed),
    repetition: may(integer(1, 3)),
    completeOnHash: mayBeNull(flag),
    minDigits: mayBeNull(integer(1)),
    maxDigits: mayBeNull(integer(1, 25)),
    digitTimeout: mayBeNull(integer(1)),
    overallTimeout: mayBeNull(integer(1)),
    noOfTries: mayBeNull(integer(1)),
  },
  playFile: { fileUrl: must(audio), repetition: may(integer(1, 3)) },
  hangup: {},
};

/** Tells the name of an action from any other string. */
export function isActionName(value: string): value is ActionName {
  return Object.hasOwn(PARAMETERS, value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
