import { cutText } from '@hookswitch/dsl';

/** Four digits or more, also spelled out with spaces, dots or dashes between: a phone number, a PIN, an account. */
const DIGITS = /\+?\d(?:[\s().-]{0,2}\d){3,}/g;
const MAX_LENGTH = 300;

/** Makes a text of the platform's, or of `fetch`, fit for messages and logs: the secret and all longer runs of digits are masked, and it is cut. */
export type Redact = (text: string) => string;

/** A redactor for one API key. */
export function createRedactor(secret: string): Redact {
  return (text) => {
    const whole = text.replaceAll(secret, '[secret]');
    // Cut only after the secret is gone: half of it would be printed.
    const short = cutText(whole, MAX_LENGTH);
    return short.replace(DIGITS, '•••');
  };
}

/** What is kept of a value that `fetch` threw: a plain object, so that nothing that hangs on the original (requests, headers) is printed with it. */
export interface SafeCause {
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
}

/** Describes a thrown value by its innermost cause. */
export function safeCause(thrown: unknown, redact: Redact): SafeCause {
  let inner = thrown;
  for (let depth = 0; depth < 8 && inner instanceof Error && inner.cause !== undefined; depth++) inner = inner.cause;
  const { name, message, code } = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  return Object.freeze({
    name: typeof name === 'string' ? name : typeof inner,
    message: redact(typeof message === 'string' ? message : String(inner)),
    code: typeof code === 'string' ? code : null,
  });
}
