import { readTime } from '@hookswitch/runtime/inside';
import { UsageError } from '../errors/usage-error.ts';

const DAY = 86_400_000;
const FORM = 'Write it like 18:00, 2026-11-23T18:00, or 2026-11-23T18:00:00+08:00.';

/**
 * A time of `--from` and `--until` as RFC 3339: ISO 8601, without a zone in `zone`; or HH:MM, the next time that clocks in `zone` show it. Throws `UsageError` for what is none, a zone
 * that there is not, and a time that clocks skip.
 */
export function clockTime(option: string, text: string, zone: string, now: number): string {
  const at = readTime(text);
  if (at !== null) return new Date(at).toISOString();
  const wrong = (why: string): UsageError => new UsageError(`${option}: ${why} ${FORM}`);
  const [, day, hours = '', minutes = ''] = /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d?):(\d\d)$/.exec(text) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) throw wrong(`${JSON.stringify(text.slice(0, 60))} is no time.`);
  const clock = `T${hours.padStart(2, '0')}:${minutes}`;
  const days = day === undefined ? [0, 1, 2].map((later) => wallClock(now + later * DAY, zone).slice(0, 10)) : [day];
  for (const date of days) {
    const asked = readTime(`${date}${clock}Z`);
    if (asked === null) throw wrong(`there is no day ${date}.`);
    const found = instantOf(asked, zone);
    if (found !== null && (day !== undefined || found > now)) return new Date(found).toISOString();
  }
  throw wrong(`clocks in ${zone} do not show ${text}.`);
}

/** When clocks in a zone show a time, the first time that they do; null where they skip it. */
function instantOf(wall: number, zone: string): number | null {
  const shows = (at: number): number => Date.parse(`${wallClock(at, zone)}Z`);
  const candidates = [wall - DAY, wall, wall + DAY].map((near) => wall - (shows(near) - near));
  const found = candidates.filter((at) => shows(at) === wall);
  return found.length === 0 ? null : Math.min(...found);
}

/** `2026-11-23T18:00:00`, as clocks in a zone show it. */
function wallClock(at: number, zone: string): string {
  try {
    const whole = Math.floor(at / 1_000) * 1_000;
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(whole).replace(' ', 'T');
  } catch {
    throw new UsageError(`--zone: there is no time zone ${JSON.stringify(zone.slice(0, 60))}. Write it like Asia/Singapore or UTC.`);
  }
}
