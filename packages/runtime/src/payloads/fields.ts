import { foldKey } from '../observe/mask-keys.ts';

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
