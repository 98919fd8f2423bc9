import { functionKind, ignoreRejection, laterKind } from './kind-of-value.ts';

const WORD = /^[A-Za-z][A-Za-z_-]{0,39}$/;

/** A short description of what came, without its content: texts and keys may hold phone numbers and callers' digits. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return value === '' ? 'an empty text' : 'a text';
    case 'number':
      return Number.isFinite(value) ? 'a number' : 'a number that JSON can not hold';
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      // What is described is refused, and so nobody will wait for it.
      ignoreRejection(value);
      return laterKind(value) ?? (Array.isArray(value) ? 'a list' : 'an object');
    case 'function':
      return functionKind(value) ?? 'a function';
    default:
      return `a ${typeof value}`;
  }
}

/** The same, but with the word itself where it is one word of letters, such as a misspelt name. */
export function describeWord(value: unknown): string {
  return typeof value === 'string' && WORD.test(value) ? `"${value}"` : describeValue(value);
}
