import { PhoneKeyError } from './errors/phone-key-error.ts';

/** The keys of a telephone. */
export const PHONE_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;
export type PhoneKey = (typeof PHONE_KEYS)[number];

/** Tells a key of a telephone from any other value. */
export function isPhoneKey(value: unknown): value is PhoneKey {
  return PHONE_KEYS.includes(value as PhoneKey);
}

/** The keys in `text`, one by one. Throws `PhoneKeyError` for anything that a telephone has no key for. */
export function phoneKeys(text: string): readonly PhoneKey[] {
  return [...text].map((key, index) => {
    if (isPhoneKey(key)) return key;
    throw new PhoneKeyError(key, index);
  });
}
