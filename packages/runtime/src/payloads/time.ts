const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)?$/i;

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** The latest second, millisecond and microsecond are far enough apart to tell the three units by size. */
const UNITS = [1_000, 1, 1 / 1_000] as const;

/**
 * A time as milliseconds since 1970, UTC: ISO 8601 (without a zone it is UTC, never this machine's), or a count of seconds, milliseconds or microseconds.
 * Null for anything else, and for times before 2000 or after 2200.
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return fromCount(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,17}(?:\.\d{1,9})?$/.test(text)) return fromCount(Number(text));
  return fromIso(text);
}

function fromCount(count: number): number | null {
  for (const factor of UNITS) {
    const at = Math.trunc(count * factor);
    if (isPlausible(at)) return at;
  }
  return null;
}

function fromIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11)) * 60_000;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - offset;
  return isPlausible(at) ? at : null;
}

function isPlausible(at: number): boolean {
  return at >= EARLIEST && at < LATEST;
}
