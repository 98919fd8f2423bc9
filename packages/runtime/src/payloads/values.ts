/**
 * How JSON of the platform is read: long ids stay exact, the case of a key does not matter, and fields, texts, numbers, times and parties are understood in every
 * form in which they come. Nothing here throws. The client of the REST API and the masks read in the same way.
 */

/** Texts, and whole numbers that are longer than a JavaScript number is exact: they can only be ids. */
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Reads JSON of the platform. Long whole numbers become texts: as numbers, two ids would become one. Undefined for what is no JSON. */
export function parseExactJson(text: string): unknown {
  const exact = /\d{16}/.test(text) ? text.replace(LONG_NUMBERS, (found) => (found.startsWith('"') ? found : `"${found}"`)) : text;
  try {
    // Some servers send a byte order mark, which JSON doesn't know.
    return JSON.parse(exact.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** Different keys that are remembered, and the longest of them: keys come from outside, and must not fill the memory. */
const MAX_KNOWN_KEYS = 500;
const MAX_KEY_LENGTH = 64;
const folded = new Map<string, string>();

/** A key without case, `_`, `-` and spaces. The parser and the masks share it: what the parser understands as a caller's digits, the masks must find. */
export function foldKey(key: string): string {
  const known = folded.get(key);
  if (known !== undefined) return known;
  const name = key.toLowerCase().replace(/[\s_-]/g, '');
  remember(folded, key, name);
  return name;
}

/** Keeps what was found for a key, as long as there is room. */
export function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size < MAX_KNOWN_KEYS && key.length <= MAX_KEY_LENGTH) cache.set(key, value);
}

/** A JSON object as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads fields of one or more objects, the first that has a value winning. Keys in any case, with or without `_` and `-`. None of the methods throws. */
export interface FieldReader {
  /** As it came; undefined where it is missing or null. */
  value(...names: readonly string[]): unknown;
  /** Trimmed; numbers are written out. Null where it is missing, empty, not writable in one line, or longer than `maxLength` characters. @default maxLength 256 */
  text(name: string, maxLength?: number): string | null;
  /** Upper case with `_`: `NoAnswer`, `no answer` and `NO_ANSWER` are one. */
  word(name: string): string | null;
  /** Also where it is written as text. */
  number(name: string): number | null;
  /** Also where it is written as text; null for a JSON value of another kind. */
  object(...names: readonly string[]): JsonObject | null;
}

const MAX_LENGTH = 256;
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
export function asText(value: unknown, maxLength = MAX_LENGTH): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string' || value.length > maxLength * 2) return null;
  const text = value.trim();
  // Some gateways write what is missing as a word.
  if (text === '' || text === 'null' || text === 'undefined' || text.length > maxLength || isUnprintable(text)) return null;
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
    text: (name, maxLength) => asText(value(name), maxLength),
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
    return folded.get(foldKey(name));
  };
}

function foldedFields(object: JsonObject): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const name = foldKey(key);
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

const MAX_NUMBER_LENGTH = 128;

/** How gateways write "withheld", folded. */
const WITHHELD = new Set(
  'withheld restricted private unavailable unknown hidden blocked suppressed none na nocallerid unknowncaller privatenumber numberwithheld'.split(
    ' ',
  ),
);

/** Who calls whom. Numbers as they came: E.164, with or without `+`. */
export interface Parties {
  readonly direction: 'inbound' | 'outbound' | null;
  /** `PSTN`, `VOIP`, or null. */
  readonly callType: string | null;
  /** Null when withheld. */
  readonly from: string | null;
  readonly to: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly fromCountry: string | null;
  readonly toCountry: string | null;
}

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
  const text = asText(value, MAX_NUMBER_LENGTH);
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
