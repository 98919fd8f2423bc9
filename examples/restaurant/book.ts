import {
  ask,
  confirm,
  date,
  type Flow,
  isoDate,
  menu,
  numberRange,
  parseIsoDate,
  say,
  spokenDate,
  step,
  subflow,
  uninterruptible,
} from '@hookswitch/dsl';
import { bookTable, holdTable, releaseTable, type Wish } from './tables.ts';

export const timeZone = 'Asia/Singapore';

/** Books a table. A named sub-flow: its sites are `book/guests`, `book/day` …, wherever it is run. */
export const book = subflow('book', function* (): Flow {
  for (;;) {
    const guests = yield* ask('For how many guests, 1 to 8?', { id: 'guests', validate: numberRange(1, 8) });
    const day = yield* ask('For which day? Key in four digits: two for the day, two for the month.', {
      id: 'day',
      validate: date('DDMM', { timeZone, range: 'future', reasons: { notADate: 'We know no such day.' } }),
    });
    const time = yield* menu('For six in the evening press 1, for eight press 2.', { 1: '18:00', 2: '20:00' }, { id: 'time' });
    if (yield* reserve({ guests, day: isoDate(day), time })) return;
  }
});

/** Holds a table while the caller makes up his mind, and gives it back unless it is booked. */
function* reserve(wish: Wish): Flow<boolean> {
  let held: string | null = null;
  try {
    // Its result is kept at once: should the caller hang up right now, `finally` knows that there is something to give back.
    held = yield* step('hold-table', ({ idempotencyKey }) => holdTable(wish, idempotencyKey), { examples: { held: 'hold', full: null } });
    if (held === null) {
      yield say('We are full then. Let us look for another time.');
      return false;
    }
    const right = yield* confirm(`${inWords(wish)}. To book it press 1, to start again press 2.`, { id: 'right' });
    if (!right) return false;
    const hold = held;
    const number = yield* step('book-table', () => bookTable(hold), { examples: { booked: '2002' } });
    held = null;
    yield say(`Your table is booked. Your booking number is ${[...number].join(', ')}. See you soon!`);
    return true;
  } finally {
    yield* uninterruptible(function* () {
      // Also when the caller presses back or main, and when booking fails.
      if (held !== null) {
        const hold = held;
        yield* step('release-table', () => releaseTable(hold), { examples: { released: undefined }, onError: () => undefined });
      }
    });
  }
}

/** A table for 4, on Saturday, January 24, at 20:00 */
export function inWords({ guests, day, time }: Wish): string {
  const date = parseIsoDate(day);
  return `A table for ${guests}, on ${date === null ? day : spokenDate(date, { language: 'en', timeZone })}, at ${time}`;
}
