/** How the platform's JSON is read, wherever it comes from: long ids stay exact, and the case of a key does not matter. */

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
const MAX_KEYS = 500;
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
  if (cache.size < MAX_KEYS && key.length <= MAX_KEY_LENGTH) cache.set(key, value);
}
