import { maskNumber, maskText, maskWebhook } from '@hookswitch/runtime/inside';

/** Hides telephone numbers, where they are not shown. */
export interface ForkMask {
  number(number: string): string;
  text(text: string): string;
  value(value: unknown): unknown;
}

const PLAIN: ForkMask = { number: (number) => number, text: (text) => text, value: (value) => value };
const MASKED: ForkMask = {
  number: maskNumber,
  text: (text) => maskText(text, 'numbers'),
  value: (value) => maskWebhook(value, { digits: 'keep', numbers: 'mask' }),
};

export function forkMask(showNumbers: boolean): ForkMask {
  return showNumbers ? PLAIN : MASKED;
}
