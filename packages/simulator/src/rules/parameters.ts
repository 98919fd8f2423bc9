import type { ActionName } from '@hookswitch/dsl';

/** A value's complaint, as the documents' schema errors read, or null where there is none. */
type Check = (value: unknown) => string | null;

interface Parameter {
  readonly required: boolean;
  readonly check: Check;
}

const LONGEST_TEXT = 3000;

const text: Check = (value) => {
  if (typeof value !== 'string') return `string expected but ${typeName(value)} found`;
  if (value.length === 0) return 'must be at least 1 characters long';
  return value.length > LONGEST_TEXT ? `may only be ${LONGEST_TEXT} characters long` : null;
};
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
  if (!URL.canParse(value)) return 'is not a valid url';
  const url = new URL(value);
  if (!/^https?:$/u.test(url.protocol)) return 'supported protocols are http, https';
  const suffix = /\.([A-Za-z0-9]+)$/u.exec(url.pathname)?.[1]?.toLowerCase();
  return suffix === undefined || suffix === 'wav' || suffix === 'mp3' ? null : 'supported media formats are mp3, wav';
};

const must = (check: Check): Parameter => ({ required: true, check });
const may = (check: Check): Parameter => ({ required: false, check });

/** Every parameter of every action. Numbers of telephones are judged by the rules of the session. */
export const PARAMETERS: Readonly<Record<ActionName, Readonly<Record<string, Parameter>>>> = {
  makeCall: { source: must(name), destination: must(() => null), callRecording: may(flag) },
  say: { text: must(text), voiceProfile: must(name), repetition: may(integer(1, 3)), speed: may(speed) },
  sayAndCapture: {
    promptMessage: must(text),
    voiceProfile: must(name),
    successMessage: may(text),
    failureMessage: may(text),
    speed: may(speed),
    repetition: may(integer(1, 3)),
    completeOnHash: may(flag),
    minDigits: may(integer(1)),
    maxDigits: may(integer(1, 25)),
    digitTimeout: may(integer(1)),
    overallTimeout: may(integer(1)),
    noOfTries: may(integer(1)),
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
