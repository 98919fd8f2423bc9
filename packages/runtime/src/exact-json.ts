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
