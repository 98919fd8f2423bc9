import { PARAMETERS } from '../../callflow/parameters.ts';
import { checkedText } from '../../flow/check-text.ts';
import type { Text } from '../../flow/text.ts';

const BRAND = Symbol.for('hookswitch.invalid');

/** What a validator gives for an entry that is not valid. */
export interface Invalid {
  readonly [BRAND]: true;
  /** Spoken to the caller; null for the phrase `notValid`. */
  readonly reason: Text | null;
}

/**
 * Refuses an entry in a `custom` validator: `(digits) => digits.startsWith('7') ? invalid('Seven is taken.') : digits`.
 *
 * @throws EffectArgumentError where the reason can't be spoken.
 */
export function invalid(reason: Text | null = null): Invalid {
  return Object.freeze({
    [BRAND]: true as const,
    reason: reason === null ? null : checkedText('invalid', 'reason', reason, PARAMETERS.sayAndCapture.promptMessage),
  });
}

/** Tells a refusal (of any loaded copy of the framework) from a value. */
export function isInvalid(value: unknown): value is Invalid {
  return typeof value === 'object' && value !== null && BRAND in value;
}
