import { StoreArgumentError } from '../errors/store-argument-error.ts';
import { type CountFilter, type CountRow, HOUR } from './count-row.ts';
import { MAX_KEY } from './max-key.ts';

/** Counters of one call, and characters of their names: Postgres refuses an index entry of more than 2,704 bytes. */
const MAX_COUNTS = 2_000;
const MAX_COUNT_NAME = 512;

/** Throws `StoreArgumentError` for a row that can't be added up. */
export function checkCountRow({ flow, version, number, hour, counts, series }: CountRow): void {
  for (const [name, text] of Object.entries({ flow, version, number }))
    if (text.length > MAX_KEY) throw new StoreArgumentError(`commit.counts.${name}`, `has more than ${MAX_KEY} characters.`);
  checkHour('commit.counts.hour', hour);
  const entries = Object.entries(counts);
  const isFine = ([key, count]: readonly [string, number]): boolean =>
    key.length <= MAX_COUNT_NAME && Number.isSafeInteger(count) && count >= 1;
  if (entries.length > MAX_COUNTS || !entries.every(isFine))
    throw new StoreArgumentError(
      'commit.counts.counts',
      `must be at most ${MAX_COUNTS} whole numbers from 1, by names of at most ${MAX_COUNT_NAME} characters.`,
    );
  if (!series.every((key) => Object.hasOwn(counts, key)))
    throw new StoreArgumentError('commit.counts.series', 'must be names of commit.counts.counts.');
}

/** Throws `StoreArgumentError` for times that are no beginnings of hours. */
export function checkCountFilter(filter: CountFilter): CountFilter {
  checkHour('counts.since', filter.since);
  checkHour('counts.until', filter.until);
  return filter;
}

function checkHour(argument: string, time: number): void {
  if (!Number.isSafeInteger(time) || time % HOUR !== 0)
    throw new StoreArgumentError(argument, 'must be the beginning of an hour (UTC), in milliseconds since 1970.');
}
