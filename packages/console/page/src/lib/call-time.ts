/** Times that a call is told, as people choose and read them. */

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const WORDS = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** An ISO time as its own clock shows it, e.g. `Monday, 5 January 2026, 11:00 (+08:00)`. */
export function spokenTime(iso: string): string {
  const [, year, month, day, hour = '', minute = '', zone = ''] = ISO.exec(iso) ?? [];
  if (year === undefined) return iso;
  const date = WORDS.format(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return `${date}, ${hour}:${minute} (${zone === 'Z' ? 'UTC' : zone})`;
}

/** What a clock in `zone` shows (`2026-01-05T11:00`) as an ISO time with its offset; null where there is no such zone. */
export function zonedTime(local: string, zone: string): string | null {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return null;
  try {
    // The offset at the time that it would be without one is right but for the hours around a change.
    const near = wall - offsetAt(wall, zone);
    return `${local}:00${written(offsetAt(near, zone))}`;
  } catch {
    return null;
  }
}

/** Milliseconds by which clocks in `zone` are ahead of UTC. Throws `RangeError` for no zone. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const minutes = Date.parse(`${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}Z`);
  return minutes - Math.floor(instant / 60_000) * 60_000;
}

function written(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The zone of this machine. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** All zones that the browser knows. */
export function allZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}
