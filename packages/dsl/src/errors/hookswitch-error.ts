/** The brand by which every Hookswitch error is known, also across two loaded copies of the framework. */
const BRAND = Symbol.for('hookswitch.error');

/**
 * The base of every error that Hookswitch throws.
 *
 * Match on `code`, never on the message: codes are stable, and `docs/errors.md` lists them all. A message says where, what came and what to do;
 * it never contains a phone number or a caller's digits.
 */
export abstract class HookswitchError extends Error {
  /** The literal class name, also when the code is minified. */
  abstract override readonly name: string;
  /** Stable, upper case, beginning with `HS_`. */
  abstract readonly code: `HS_${string}`;
  readonly [BRAND] = true;
}

/** Tells a Hookswitch error (of any loaded copy of the framework) from any other value. Never throws. */
export function isHookswitchError(value: unknown): value is HookswitchError {
  try {
    return typeof value === 'object' && value !== null && BRAND in value;
  } catch {
    // A proxy may refuse to say what it has.
    return false;
  }
}
