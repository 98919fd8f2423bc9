import type * as fastCheck from 'fast-check';
import { FastCheckMissingError } from '../errors/fast-check-missing-error.ts';
import { PHONE_KEYS } from '../phone-keys.ts';
import { type Choice, LEAVES, MAX_PICK, WAITS } from './choice.ts';

export type FastCheck = typeof fastCheck;

/** The keys that those press who press anything, at most. */
const MAX_KEYS = 8;

/** The library that makes calls at random, and makes them shorter: it is loaded by those who want that. */
export async function loadFastCheck(): Promise<FastCheck> {
  try {
    // eslint-disable-next-line no-restricted-syntax -- an optional peer, for tests alone
    return await import('fast-check');
  } catch (error) {
    throw new FastCheckMissingError(error);
  }
}

/** What chance says at each wait of a call. */
export function choicesOf(fc: FastCheck, most: number): fastCheck.Arbitrary<Choice[]> {
  const keys = fc.array(fc.constantFrom(...PHONE_KEYS), { minLength: 1, maxLength: MAX_KEYS }).map((pressed) => pressed.join(''));
  const choice = fc.record({
    pick: fc.nat({ max: MAX_PICK }),
    keys,
    leaves: fc.nat({ max: LEAVES }),
    waits: fc.nat({ max: WAITS }),
  });
  return fc.array(choice, { maxLength: most, size: 'max' });
}
