/** One per key that was pressed. */
const BULLET = '•';
const MAX_DIGITS = 64;
/** In place of the middle of a number: always as long, so that the length says nothing. */
const MIDDLE = BULLET.repeat(4);

/** Texts in which digits say nothing about anybody: UUIDs, dates with or without a time of day, and what Postgres calls its errors. */
const HARMLESS =
  /(?<=\bSQLSTATE )[0-9a-z]{5}(?![0-9a-z])|(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)/gi;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;
/** Seven digits or more, also written with spaces, dots, brackets or dashes between them. */
const NUMBER = /\+?\p{Nd}(?:[\s().-]{0,3}\p{Nd}){6,}/gu;
const PLUS_NUMBER = /\+\p{Nd}(?:[\s().-]{0,3}\p{Nd}){6,}/gu;
/** Three digits or more, also with something between them. */
const RUN = /\p{Nd}(?:[\s,;().-]{0,3}\p{Nd}){2,}/gu;
const KEYS = /[\p{Nd}*#]/gu;
const ONLY_KEYS = /^[\p{Nd}*#a-d\s]+$/iu;
const DIGIT = /\p{Nd}/gu;
/** Most texts have no digit of any script, and are done. */
const MAYBE_DIGIT = /[0-9\u0080-\uFFFF]/;

/** Masks a telephone number: `+65••••21`. Country and last two digits stay of eight digits or more, the last two of five or more, else nothing. */
export function maskNumber(number: string): string {
  const digits = number.match(DIGIT) ?? [];
  if (digits.length < 3) return number;
  const plus = number.trimStart().startsWith('+') ? '+' : '';
  if (digits.length < 5) return MIDDLE;
  const last = digits.slice(-2).join('');
  return digits.length < 8 ? MIDDLE + last : plus + digits.slice(0, 2).join('') + MIDDLE + last;
}

/** Masks what a caller pressed: one `•` per key, so that the length stays; other text around keys stays too. */
export function maskDigits(pressed: string): string {
  if (!ONLY_KEYS.test(pressed)) return pressed.replace(KEYS, BULLET);
  const length = pressed.replace(/\s/g, '').length;
  return length <= MAX_DIGITS ? BULLET.repeat(length) : `${BULLET.repeat(MAX_DIGITS)}…`;
}

/** What is masked in a text: `strict` every three digits or more in a row, wholly; `numbers` what looks like a telephone number; `plus` only with its `+`. */
export type TextMask = 'strict' | 'numbers' | 'plus';

/** Masks a text of unknown content. UUIDs, dates and SQLSTATEs stay, and with `addresses` IPv4 addresses do. */
export function maskText(text: string, mask: TextMask, addresses: 'keep' | 'mask' = 'mask'): string {
  if (!MAYBE_DIGIT.test(text)) return text;
  if (mask === 'plus') return text.includes('+') ? text.replace(PLUS_NUMBER, maskNumber) : text;
  const cover = mask === 'strict' ? coverRuns : coverNumbers;
  return around(text, HARMLESS, (part) => (addresses === 'keep' ? around(part, IPV4, cover) : cover(part)));
}

function coverNumbers(text: string): string {
  return text.replace(NUMBER, maskNumber);
}

/** Only with its `+` is a number surely none that a caller pressed, of which not even the ends may be seen. */
function coverRuns(text: string): string {
  return text.replace(PLUS_NUMBER, maskNumber).replace(RUN, (run) => run.replace(DIGIT, BULLET));
}

/** Changes what stands between the matches of `keep`, and nothing else. */
function around(text: string, keep: RegExp, change: (part: string) => string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(keep)) {
    out += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + change(text.slice(from));
}
