/** Blanks, and marks that nobody hears: zero-width spaces, byte-order marks, soft hyphens. */
const UNHEARD = /^[\s\p{Z}\p{Cf}\p{Cc}]*$/u;

/** Whether there is anything in a text that could be spoken. */
export function isSpeakable(text: string): boolean {
  return !UNHEARD.test(text);
}

/** Whether a text can name something on the wire, such as a voice or a language: something to see, no control characters, no halves of characters. */
export function isNameable(text: string): boolean {
  return isSpeakable(text) && !/[\p{Cc}\p{Surrogate}]/u.test(text);
}
