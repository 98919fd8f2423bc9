import type { Text } from '../flow/text.ts';

/**
 * Puts `value` in place of `{name}` in a text. Where text and value are both given per language, each language gets its own;
 * a language that one of them lacks is left out, so that speaking it is the error that names it.
 */
export function fill(text: Text, name: string, value: Text): Text {
  const slot = `{${name}}`;
  // A function as replacement, because `$` in a string has a meaning there.
  const put = (into: string, part: string): string => into.replaceAll(slot, () => part);
  if (typeof text === 'string') {
    if (typeof value === 'string' || !text.includes(slot)) return typeof value === 'string' ? put(text, value) : text;
    return Object.fromEntries(Object.entries(value).map(([language, part]) => [language, put(text, part)]));
  }
  const filled = Object.entries(text).flatMap(([language, into]): [string, string][] => {
    const part = typeof value === 'string' ? value : Object.hasOwn(value, language) ? value[language] : undefined;
    if (part !== undefined) return [[language, put(into, part)]];
    return into.includes(slot) ? [] : [[language, into]];
  });
  return Object.fromEntries(filled);
}
