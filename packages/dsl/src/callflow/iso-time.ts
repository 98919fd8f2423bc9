/** The form that 8x8 documents, `YYYY-MM-DDTHH:MM:SS.SSSZ`; fractions may be left out, and an offset may stand for `Z`. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** A time on the wire as milliseconds since 1970, UTC; null for any other text, and for days and hours that no calendar has. */
export function readIsoTime(text: string): number | null {
  // What is longer is no time, and not worth a look.
  const match = text.length > 64 ? null : ISO.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59 || part(9) > 14 || part(10) > 59) return null;
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10)) * 60_000;
  const midnight = daysSince1970(year, month, day) * 86_400_000;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + ms - offset;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** By arithmetic: nothing here may ask a clock, and the years before 100 have no `Date` of their own. */
function daysSince1970(year: number, month: number, day: number): number {
  // The year begins in March, so that a leap day is its last.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - 719_468;
}
