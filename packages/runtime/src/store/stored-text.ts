/**
 * Between rows of a journal that are read as one text. Texts never contain it: it is escaped, and so is U+0000, which Postgres refuses.
 * JSON has neither, so texts are nearly always stored as they are.
 */
export const SEPARATOR = '\u001e';

const SPECIAL = new RegExp('[\\u0000\\u0001\\u001e]', 'g');
const ESCAPED = new RegExp('\\u0001(.)', 'g');
const ESCAPES: Readonly<Record<string, string>> = { '\u0000': '0', '\u0001': '1', [SEPARATOR]: '2' };
const ORIGINALS: Readonly<Record<string, string>> = { 0: '\u0000', 1: '\u0001', 2: SEPARATOR };

/** A text as databases keep it: without U+0000 and the separator. */
export function toStored(text: string): string {
  // Three searches for a character are twenty times faster than one for a class of characters.
  const isPlain = !text.includes('\u0000') && !text.includes('\u0001') && !text.includes(SEPARATOR);
  return isPlain ? text : text.replace(SPECIAL, (sign) => `\u0001${ESCAPES[sign]}`);
}

/** A text as it was before `toStored`. */
export function fromStored(text: string): string {
  return text.includes('\u0001') ? text.replace(ESCAPED, (_, code: string) => ORIGINALS[code] ?? '') : text;
}

/** `toStored` where there is a text. */
export function toStoredOrNull(text: string | null): string | null {
  return text === null ? null : toStored(text);
}

/** `fromStored` where there is a text. */
export function fromStoredOrNull(text: string | null): string | null {
  return text === null ? null : fromStored(text);
}

/** The rows of a journal from one text, which is null where there are none. */
export function splitStored(joined: string | null): string[] {
  return joined === null ? [] : joined.split(SEPARATOR).map(fromStored);
}
