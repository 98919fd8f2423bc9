import type { Patch } from './patches.ts';

/** Where a machine stands: its zone, which knows no summer time, so that its offset is one number. */
export interface Place {
  /** IANA. */
  readonly zone: string;
  /** Minutes east of UTC. */
  readonly offset: number;
  /** What texts and numbers are written in where nobody says. */
  readonly locale: string;
}

const LOCAL = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const WRITTEN = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const;
const MINUTE = 60_000;
/** A moment that is the same everywhere: an ISO date alone, or a time with its offset. */
const ABSOLUTE = /^\s*[+-]?\d{4,6}(?:-\d\d){0,2}\s*$|(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*(?:\(.*\))?\s*$/i;

type Method = (this: Date, ...given: unknown[]) => unknown;

/** What reads of a date what only the machine's zone tells, read for `place`; `read` is called each time. */
export function datePatches(clock: DateConstructor, place: Place, read: () => void): readonly Patch[] {
  const shift = place.offset * MINUTE;
  const methods = clock.prototype as unknown as Record<string, Method>;
  const time = methods['getTime'] as (this: Date) => number;
  /** A date whose UTC is what the clock on the wall shows. */
  const onTheWall = (date: Date): Date => {
    read();
    return new clock(time.call(date) + shift);
  };
  const patched = new Map<string, Method>();
  for (const part of LOCAL) {
    const get = methods[`getUTC${part}`] as Method;
    patched.set(`get${part}`, function () {
      return get.call(onTheWall(this));
    });
    const set = methods[`setUTC${part}`];
    if (set === undefined) continue;
    patched.set(`set${part}`, function (...given) {
      const wall = onTheWall(this);
      set.apply(wall, given);
      return this.setTime(time.call(wall) - shift);
    });
  }
  patched.set('getYear', function () {
    return onTheWall(this).getUTCFullYear() - 1_900;
  });
  patched.set('getTimezoneOffset', function () {
    read();
    return Number.isNaN(time.call(this)) ? Number.NaN : -place.offset;
  });
  const day = (date: Date): string => date.toUTCString().replace(/^(\w+), (\d+) (\w+) (-?\d+) .*$/, '$1 $3 $2 $4');
  const hour = (date: Date): string => `${date.toUTCString().slice(-12, -4)} GMT${offsetOf(place)} (${place.zone})`;
  const written = (write: (wall: Date) => string): Method =>
    function () {
      return Number.isNaN(time.call(this)) ? 'Invalid Date' : write(onTheWall(this));
    };
  patched.set('toDateString', written(day));
  patched.set('toTimeString', written(hour));
  patched.set(
    'toString',
    written((wall) => `${day(wall)} ${hour(wall)}`),
  );
  for (const name of WRITTEN) {
    const write = methods[name] as Method;
    patched.set(name, function (locale = place.locale, options = undefined) {
      const { timeZone = place.zone, ...others } = (options ?? {}) as Intl.DateTimeFormatOptions;
      if (locale === place.locale || timeZone === place.zone) read();
      return write.call(this, locale, { timeZone, ...others });
    });
  }
  return [...patched].map(([key, value]) => ({ on: clock.prototype, key, value }));
}

/** `Date` as it is, but for what it takes from the machine: its clock, and the zone of what is written without one; `read` is called when it takes it. */
export function dateAt(clock: DateConstructor, now: number, place: Place, read: () => void): DateConstructor {
  const shift = place.offset * MINUTE;
  // Read before anything is patched.
  const offsetHere = clock.prototype.getTimezoneOffset;
  const parse = (text: string): number => {
    const here = clock.parse(text);
    if (ABSOLUTE.test(text) || Number.isNaN(here)) return here;
    read();
    return here - offsetHere.call(new clock(here)) * MINUTE - shift;
  };
  const readNow = (): number => {
    read();
    return now;
  };
  const moment = (given: readonly unknown[]): readonly unknown[] => {
    if (given.length === 0) return [readNow()];
    if (given.length > 1) read();
    if (given.length > 1) return [clock.UTC(...(given as Parameters<DateConstructor['UTC']>)) - shift];
    return typeof given[0] === 'string' ? [parse(given[0])] : given;
  };
  return new Proxy(clock, {
    construct: (target, given: unknown[], as) => Reflect.construct(target, moment(given), as) as object,
    apply: () => new clock(readNow()).toString(),
    get: (target, key, receiver): unknown => (key === 'now' ? readNow : key === 'parse' ? parse : Reflect.get(target, key, receiver)),
  });
}

function offsetOf({ offset }: Place): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
}
