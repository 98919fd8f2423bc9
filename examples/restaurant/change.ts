import { ask, confirm, digits, type Flow, menu, say, step, subflow } from '@hookswitch/dsl';
import { book, inWords } from './book.ts';
import { type Booking, cancelBooking, findBooking } from './tables.ts';

const SAMPLE: Booking = { number: '2001', guests: 2, day: '2026-01-24', time: '20:00' };

/** Changes or cancels a booking. */
export const change = subflow('change', function* (): Flow {
  const number = yield* ask('Please key in the four digits of your booking number.', { id: 'number', validate: digits(4) });
  const booking = yield* step('find-booking', () => findBooking(number), { examples: { found: SAMPLE, unknown: null } });
  if (booking === null) {
    yield say('There is no booking of that number.');
    return yield* change();
  }
  yield* menu(
    `${inWords(booking)}. To cancel it press 1, to book another table instead press 2.`,
    { 1: () => cancel(booking), 2: () => replace(booking) },
    { id: 'what' },
  );
});

function* cancel({ number }: Booking): Flow {
  if (!(yield* confirm('To cancel for good press 1, to keep your table press 2.', { id: 'sure' }))) {
    yield say('Your table is still yours.');
    return;
  }
  yield* step('cancel-booking', () => cancelBooking(number), { examples: { cancelled: undefined } });
  yield say('Your booking is cancelled.');
}

/** The new table first: who hangs up in between still has the old one. */
function* replace({ number }: Booking): Flow {
  yield* book();
  yield* step('cancel-old-booking', () => cancelBooking(number), { examples: { cancelled: undefined } });
}
