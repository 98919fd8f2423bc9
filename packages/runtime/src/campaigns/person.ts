import { createHmac } from 'node:crypto';

/** What stands for a telephone number: the same for the same number, and nothing that the number could be read from without the key. */
export type PersonOf = (number: string) => string;

/**
 * Names people by their numbers (E.164): HMAC-SHA-256 with a key that must stay the same, since suppressions are kept under these names. Whoever has no key can't try all numbers
 * to find out whose name it is.
 */
export function createPersonOf(key: string | Buffer): PersonOf {
  return (number) => createHmac('sha256', key).update(number).digest('base64url');
}
