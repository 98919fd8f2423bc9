import { PHRASES, type Phrases } from '@hookswitch/dsl';

/** What questions say of their own accord, in both languages. `PHRASES` holds the English ones. */
export const phrases: Phrases = {
  tooShort: { en: PHRASES.tooShort, zh: '位数不够。' },
  tooLong: { en: PHRASES.tooLong, zh: '位数太多。' },
  digitsOnly: { en: PHRASES.digitsOnly, zh: '请只按数字键。' },
  readBack: { en: PHRASES.readBack, zh: '您输入的是 {entry}。正确请按 1，重新输入请按 2。' },
};
