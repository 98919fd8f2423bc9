/**
 * Milliseconds that a `Retry-After` header asks to wait, in seconds or as an HTTP date; null where it is missing or unreadable.
 * A date is compared with the answer's own `Date` header where there is one, so that a wrong clock here does no harm.
 */
export function parseRetryAfter(header: string | null, date: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  if (!/[a-z]/i.test(text)) return null;
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  const from = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(from) ? now : from));
}
