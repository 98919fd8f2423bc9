import type { CallFilter } from '../store/store.ts';

const MIN_DIGITS = 6;

/**
 * What a search for a number asks of the store. Where numbers are masked it finds whole ones alone: parts would tell, in a few searches, what the mask hides.
 */
export function numberFilter(number: string, showNumbers: boolean): Pick<CallFilter, 'number' | 'wholeNumber'> {
  return showNumbers ? { number } : { number, wholeNumber: true };
}

/** Why no number is looked for by `number`; null where one is. */
export function numberProblem(number: string, showNumbers: boolean): string | null {
  if (!/^[+\d\s().-]{1,30}$/.test(number) || !/\d/.test(number)) return 'A number has digits, such as +6531589338.';
  if (showNumbers || number.replace(/\D/g, '').length >= MIN_DIGITS) return null;
  return 'Numbers are masked here, so only a whole one is looked for: give it with its country code, such as +6531589338.';
}
