import type { Text } from './text.ts';

/**
 * What composed effects say of their own accord, in English. A flow replaces them with `defineFlow({ phrases: { … } })`, which flows in
 * other languages do; a single question replaces its reasons with `reasons`. `{…}` stands for what the phrase is about.
 */
export const PHRASES = {
  tooShort: 'That was too short.',
  tooLong: 'That was too long.',
  digitsOnly: 'Please use the number keys only.',
  notValid: 'That is not valid.',
  numberTooLow: 'The lowest number is {min}.',
  numberTooHigh: 'The highest number is {max}.',
  notAnAmount: 'That is not an amount.',
  amountTooLow: 'That amount is too low.',
  amountTooHigh: 'That amount is too high.',
  notADate: 'There is no such date.',
  dateTooEarly: 'That date is too early.',
  dateTooLate: 'That date is too late.',
  notACard: 'That is not a card number.',
  notAPhoneNumber: 'That is not a complete phone number.',
  /** Asks whether an entry is right; `{entry}` is read one by one. */
  readBack: 'You entered {entry}. If that is right press 1, to enter it again press 2.',
  /** How a decimal point is read. */
  point: 'point',
  /** How the key `*` is read. */
  star: 'star',
  /** Said by a flow without `goodbye` before it hangs up. */
  goodbye: 'Goodbye.',
  /** Said before the hang-up while intake is closed and its operator gave no words. */
  intakeClosed: 'We can not take your call at the moment. Please call again later.',
} as const satisfies Record<string, string>;

/** The name of a built-in phrase. */
export type PhraseName = keyof typeof PHRASES;

/** Built-in phrases in other words or languages. */
export type Phrases<L extends string = string> = { readonly [K in PhraseName]?: Text<L> };
