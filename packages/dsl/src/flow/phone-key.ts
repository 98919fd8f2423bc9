/** What a caller can key in as one answer: 1 to 25 of the keys 0-9 and `*`, or `#` alone, because `#` ends an entry. */
const KEYS = /^(?:[0-9*]{1,25}|#)$/;

/** Tells whether a caller can key in `value`. */
export function isKeys(value: unknown): value is string {
  return typeof value === 'string' && KEYS.test(value);
}

/** Says what to do about a value that `isKeys` refuses. */
export function whyNotKeys(value: unknown): string {
  if (typeof value !== 'string') return "Write it as a text such as '9'.";
  if (/^[0-9*]{26,}$/.test(value)) return '8x8 takes 25 keys at most.';
  if (/^[0-9*#]+$/.test(value)) return 'As "#" ends an entry, it can only stand alone.';
  return 'A telephone has the keys 0-9, "*" and "#".';
}
