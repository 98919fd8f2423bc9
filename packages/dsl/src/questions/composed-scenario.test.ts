import { expect } from 'vitest';
import { spokenDate } from '../calendar/dates-spoken.ts';
import { openingHours } from '../calendar/opening-hours.ts';
import { bridge } from '../effects/bridge.ts';
import { now } from '../effects/now.ts';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { subflow } from '../flow/subflow.ts';
import { inEveryMode, testEveryPath } from '../testing/vitest.ts';
import { ask } from './ask/ask.ts';
import { confirm } from './menu/confirm.ts';
import { menu } from './menu/menu.ts';
import { date } from './validators/date.ts';
import { numberRange } from './validators/number-range.ts';
import { pin } from './validators/pin.ts';

const timeZone = 'Asia/Singapore';
const hours = openingHours({ timeZone, days: { 'mon-fri': '09:00-18:00' } });

const book = subflow('book', function* () {
  const day = yield* ask('Which day? Day and month.', {
    id: 'day',
    validate: date('DDMM', { timeZone, range: 'future' }),
    confirm: { prompt: (chosen) => `${spokenDate(chosen, { language: 'en' })}? Yes 1, no 2.` },
  });
  const guests = yield* ask('How many?', { id: 'guests', validate: numberRange(1, 8), otherwise: null });
  if (guests === null) return 'lost';
  return (yield* confirm(`${guests} on ${day.day}/${day.month}? Yes 1, no 2.`, { id: 'sure' })) ? 'booked' : 'dropped';
});

function* cancel() {
  yield* ask('PIN?', { id: 'pin', validate: pin(4) });
  return 'cancelled' as const;
}

const bookings = defineFlow(
  {
    name: 'bookings',
    voice: 'en-US-BenjaminRUS',
    keys: { repeat: '**', operator: '0', back: '*', main: '#' },
    *operator() {
      yield* bridge('+6531589338', { id: 'desk' });
      yield* say('Nobody is there.');
    },
  },
  function* () {
    yield* say(hours.isOpen(yield* now()) ? 'We are open.' : 'We are closed.');
    const done = yield* menu('Book 1, cancel 2.', { 1: book, 2: cancel }, { id: 'main', noInput: ['Hello?', 'Still there?'] });
    yield* say(`It is ${done}.`);
  },
);

inEveryMode('a booking with a change of mind, a wrong day and a word with the operator', bookings, async (start) => {
  const call = await start({ now: '2026-03-05T10:00:00+08:00' });
  expect(call).toHear('We are open.');
  await call.stayQuiet();
  expect(call).toHear('Hello?');
  await call.press('1');
  expect(call).toBeAt('book/day');
  await call.press('*');
  expect(call).toBeAt('main');
  expect(call).toHear('Book 1, cancel 2.');
  await call.press('1');
  await call.press('3002#');
  expect(call).toHear('There is no such date.');
  await call.press('0403#');
  expect(call).toHear('Thursday, March 4? Yes 1, no 2.');
  await call.press('0');
  await call.bridgeEnds('busy');
  expect(call).toHear('Nobody is there.');
  expect(call).toBeAt('book/day-confirm');
  await call.press('1');
  await call.press('9#');
  expect(call).toHear('The highest number is 8.');
  await call.press('8');
  await call.press('1');
  expect(call).toHaveHeard('It is booked.');
});

testEveryPath(bookings);
