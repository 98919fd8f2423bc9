/** How values of a webhook are read: fields, texts, numbers, times, parties, keys. None of these throws. */
import { foldKey } from '../json.ts';
import type { Dtmf, Parties } from './webhook.ts';

/** A JSON object as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads fields of one or more objects, the first that has a value winning. Keys in any case, with or without `_` and `-`. None of the methods throws. */
export interface FieldReader {
  /** As it came; undefined where it is missing or null. */
  value(...names: readonly string[]): unknown;
  /** Trimmed; numbers are written out. Null where it is missing, empty, not writable in one line, or longer than `longest` characters. @default longest 256 */
  text(name: string, longest?: number): string | null;
  /** Upper case with `_`: `NoAnswer`, `no answer` and `NO_ANSWER` are one. */
  word(name: string): string | null;
  /** Also where it is written as text. */
  number(name: string): number | null;
  /** Also where it is written as text; null for a JSON value of another kind. */
  object(...names: readonly string[]): JsonObject | null;
}

const LONGEST = 256;
/** Control characters, and halves of characters: they can't be stored everywhere, and stand in no id, number or name. */
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;
const HALF = /\p{Cs}/u;
const MAYBE_HALF = /[\uD800-\uDFFF]/;
const PLAIN_WORD = /^[A-Z][A-Z_]*$/;

/** Tells a JSON object from any other value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object, also from its text (with or without byte order mark); null for anything else. */
export function asJsonObject(value: unknown): JsonObject | null {
  if (isJsonObject(value)) return value;
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return null;
  try {
    const parsed: unknown = JSON.parse(value.replace(/^\uFEFF/, ''));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** A text on one line; null where there is none. */
export function asText(value: unknown, longest = LONGEST): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string' || value.length > longest * 2) return null;
  const text = value.trim();
  // Some gateways write what is missing as a word.
  if (text === '' || text === 'null' || text === 'undefined' || text.length > longest || isUnprintable(text)) return null;
  return text;
}

function isUnprintable(text: string): boolean {
  return CONTROL.test(text) || (MAYBE_HALF.test(text) && HALF.test(text));
}

/** A finite number, also where it is written as text. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = asText(value);
  return text !== null && /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
}

/** Reads `objects`; null ones are skipped. */
export function readFields(...objects: readonly (JsonObject | null)[]): FieldReader {
  const lookups = objects.filter((object) => object !== null).map(lookup);

  const value = (...names: readonly string[]): unknown => {
    for (const find of lookups) {
      for (const name of names) {
        const found = find(name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  return {
    value,
    text: (name, longest) => asText(value(name), longest),
    word: (name) => {
      const text = asText(value(name));
      if (text === null || PLAIN_WORD.test(text)) return text;
      const words = text.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/[\s-]+/g, '_');
      return words.toUpperCase();
    },
    number: (name) => asNumber(value(name)),
    object: (...names) => asJsonObject(value(...names)),
  };
}

/** Finds a field: as it is spelled, else folded. What is folded is found out once, and only when a field is not where it belongs. */
function lookup(object: JsonObject): (name: string) => unknown {
  let folded: Map<string, unknown> | null = null;
  return (name) => {
    if (Object.hasOwn(object, name)) {
      const found = object[name];
      if (found !== undefined && found !== null) return found;
    }
    folded ??= foldedFields(object);
    return folded.get(nameOf(name));
  };
}

/** Names of fields, folded: those that we look for, and those that come. */
const NAMES = new Map<string, string>();
const MAX_NAMES = 1_000;

function nameOf(field: string): string {
  const known = NAMES.get(field);
  if (known !== undefined) return known;
  const name = foldKey(field);
  if (NAMES.size < MAX_NAMES) NAMES.set(field, name);
  return name;
}

function foldedFields(object: JsonObject): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const name = nameOf(key);
    if (value !== undefined && value !== null && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

/** Seconds, not negative. */
export function readSeconds(value: unknown): number | null {
  const seconds = asNumber(value);
  return seconds !== null && seconds >= 0 ? seconds : null;
}

/** A SIP code, also with its phrase ("486 Busy Here"). */
export function readSipCode(value: unknown): number | null {
  const code = /^([1-6]\d{2})(?!\d)/.exec(asText(value) ?? '');
  return code === null ? null : Number(code[1]);
}

const LONGEST_NUMBER = 128;

/** How gateways write "withheld", folded. */
const WITHHELD = new Set(
  'withheld restricted private unavailable unknown hidden blocked suppressed none na nocallerid unknowncaller privatenumber numberwithheld'.split(
    ' ',
  ),
);

/** Who calls whom. */
export function readParties(fields: FieldReader): Parties {
  return {
    direction: direction(fields.word('callDirection')),
    callType: fields.word('callType'),
    from: readNumber(fields.value('source')),
    to: readNumber(fields.value('destination')),
    fromCountry: country(fields.text('sourceCountryCode')),
    toCountry: country(fields.text('destinationCountryCode')),
  };
}

/** A number as it came, trimmed; null where there is none or it is withheld. */
export function readNumber(value: unknown): string | null {
  const text = asText(value, LONGEST_NUMBER);
  if (text === null) return null;
  const address = text.replace(/^(?:sips?|tel):/i, '').replace(/@.*$/s, '');
  const folded = address.toLowerCase().replace(/[^a-z0-9]/g, '');
  return folded === '' || folded.includes('anonymous') || WITHHELD.has(folded) ? null : text;
}

function direction(word: string | null): Parties['direction'] {
  if (word === null) return null;
  return word.startsWith('IN') ? 'inbound' : word.startsWith('OUT') ? 'outbound' : null;
}

/** ISO 3166-1 alpha-2, upper case; null for anything else. One page of 8x8's writes `ID | Null`, of which the first part counts. */
export function country(code: string | null): string | null {
  const first = code?.split('|', 1)[0]?.trim() ?? '';
  return /^[a-z]{2}$/i.test(first) ? first.toUpperCase() : null;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)?$/i;

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** The latest second, millisecond and microsecond are far enough apart to tell the three units by size. */
const UNITS = [1_000, 1, 1 / 1_000] as const;

/**
 * A time as milliseconds since 1970, UTC: ISO 8601 (without a zone it is UTC, never this machine's), or a count of seconds, milliseconds or microseconds.
 * Null for anything else, and for times before 2000 or after 2200.
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return fromCount(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,17}(?:\.\d{1,9})?$/.test(text)) return fromCount(Number(text));
  return fromIso(text);
}

function fromCount(count: number): number | null {
  for (const factor of UNITS) {
    const at = Math.trunc(count * factor);
    if (isPlausible(at)) return at;
  }
  return null;
}

function fromIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11)) * 60_000;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - offset;
  return isPlausible(at) ? at : null;
}

function isPlausible(at: number): boolean {
  return at >= EARLIEST && at < LATEST;
}

/** Keys that are read; a capture allows 25, and an author must be able to tell "too long" from "right". */
export const MOST_KEYS = 64;
/** Characters of speech that are read. */
const LONGEST_SPEECH = 4_096;

const KEYS = /^[0-9*#A-D]*$/;
const NOTHING: Dtmf = Object.freeze({ digits: null, problem: null });
const NOT_DTMF: Dtmf = Object.freeze({ digits: null, problem: 'not-dtmf' });

/**
 * What a caller pressed, wherever the webhook has it: `eventData.dtmf`, `eventData` as text (keys, or JSON), or `dtmf` beside it.
 * Null and absent are "nothing was pressed"; `""` and `"#"` are "only `#` was"; one closing `#` is dropped.
 */
export function readDtmf(payload: FieldReader): Dtmf {
  const eventData = payload.value('eventData');
  const inside = objectOf(eventData);
  if (inside !== null) return normalise(readFields(inside).value('dtmf') ?? payload.value('dtmf'));
  const plain = fromText(eventData);
  // A text that is no keys is some other news of the event, e.g. `TIMEOUT`.
  return plain.digits === null ? normalise(payload.value('dtmf')) : plain;
}

/** What the platform heard a caller say, where it listens for speech: `eventData.asrCaptured`, or `asrCaptured` beside it. */
export function readAsrCaptured(payload: FieldReader): string | null {
  const inside = objectOf(payload.value('eventData'));
  return (inside === null ? null : readFields(inside).text('asrCaptured', LONGEST_SPEECH)) ?? payload.text('asrCaptured', LONGEST_SPEECH);
}

function objectOf(eventData: unknown): JsonObject | null {
  return asJsonObject(Array.isArray(eventData) ? eventData.find(isJsonObject) : eventData);
}

function fromText(eventData: unknown): Dtmf {
  if (typeof eventData === 'number') return normalise(eventData);
  if (typeof eventData !== 'string') return NOTHING;
  const quoted = /^\s*"([^"\\]*)"\s*$/.exec(eventData);
  const text = quoted?.[1] ?? eventData;
  // Letters alone are a word, though four of them are keys of some phones.
  return /^[a-d\s]+$/i.test(text) ? NOTHING : normalise(text);
}

function normalise(value: unknown): Dtmf {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? fromKeys(String(value)) : NOT_DTMF;
  if (Array.isArray(value)) return fromList(value);
  return typeof value === 'string' ? fromKeys(value) : NOT_DTMF;
}

/** One element per key. */
function fromList(list: readonly unknown[]): Dtmf {
  const keys = list.slice(0, MOST_KEYS + 1);
  if (!keys.every((key) => (typeof key === 'string' && key.length === 1) || Number.isSafeInteger(key))) return NOT_DTMF;
  return keys.length === 0 ? NOTHING : fromKeys(keys.join(''));
}

function fromKeys(text: string): Dtmf {
  // Cut before anything looks at it: it may be as long as the body.
  const keys = text
    .slice(0, MOST_KEYS * 4)
    .replace(/\s+/g, '')
    .toUpperCase();
  if (keys === 'NULL' || keys === 'UNDEFINED' || keys === 'NONE') return NOTHING;
  if (!KEYS.test(keys)) return NOT_DTMF;
  if (keys.length > MOST_KEYS || text.length > MOST_KEYS * 4)
    return Object.freeze({ digits: keys.slice(0, MOST_KEYS), problem: 'too-long' });
  return Object.freeze({ digits: keys.endsWith('#') ? keys.slice(0, -1) : keys, problem: null });
}
