import { startCall, type StartCallOptions, type TestCall } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import restaurant from './restaurant.ts';

const booking = { number: '2001', guests: 2, day: '2026-01-24', time: '20:00' };
const steps = {
  'hold-table': 'hold-1',
  'release-table': undefined,
  'book-table': '2002',
  'find-booking': booking,
  'cancel-booking': undefined,
  'cancel-old-booking': undefined,
};

/** A call in which these keys were pressed. */
const calling = async (keys: readonly string[], options: StartCallOptions = {}): Promise<TestCall> => {
  const call = await startCall(restaurant, { steps, ...options });
  for (const each of keys) await call.press(each);
  return call;
};
const TO_CONFIRM = ['1', '1', '4', '2401', '2'];

describe('booking a table', () => {
  it('asks for guests, day and time, and gives a number', async () => {
    const call = await calling([...TO_CONFIRM, '1']);
    expect(call).toMatchInlineSnapshot(`
      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Trattoria Luna. Press 0 for our desk at any time, star to go back, 9 for the main menu.
      » For a table press 1, to know when we are open press 2.
      « 1
      » To book a table press 1, to change or cancel a booking press 2.
      « 1
      » For how many guests, 1 to 8?
      « 4
      » For which day? Key in four digits: two for the day, two for the month.
      « 2 4 0 1
      » For six in the evening press 1, for eight press 2.
      « 2
      · hold-table → "hold-1"
      » A table for 4, on Saturday, January 24, at 20:00. To book it press 1, to start again press 2.
      « 1
      · book-table → "2002"
      » Your table is booked. Your booking number is 2, 0, 0, 2. See you soon!
      ⏹ the flow hung up
    `);
  });

  it.each([
    ['0', 'guests', 'The lowest number is 1.'],
    ['9', 'guests', 'The highest number is 8.'],
  ])('answers %s guests with a reason', async (keys, site, reason) => {
    const call = await calling(['1', '1', keys]);
    expect(call).toBeAt(`book/${site}`);
    expect(call).toHear(reason);
  });

  it.each([
    ['3002', 'We know no such day.'],
    ['24', 'That was too short.'],
  ])('answers the day %s with a reason', async (keys, reason) => {
    expect(await calling(['1', '1', '4', keys])).toHear(reason);
  });

  it('takes a day that has gone by for one of next year', async () => {
    expect(await calling(['1', '1', '4', '0401', '1'])).toHear('on Monday, January 4, at 18:00');
  });

  it('looks for another time where the restaurant is full', async () => {
    const call = await calling(TO_CONFIRM, { steps: { ...steps, 'hold-table': null } });
    expect(call).toHear('We are full then.');
    expect(call).toBeAt('book/guests');
  });

  it('gives a table back that the caller does not want', async () => {
    const call = await calling([...TO_CONFIRM, '2']);
    expect(call.transcript).toContain('· release-table');
    expect(call).toBeAt('book/guests');
  });

  it.each([
    ['back', '*', 'reservations'],
    ['to the main menu', '9', 'main'],
  ])('gives it back where the caller goes %s', async (_where, key, site) => {
    const call = await calling([...TO_CONFIRM, key]);
    expect(call.transcript).toContain('· release-table');
    expect(call).toBeAt(site);
  });

  it('gives it back where the caller hangs up', async () => {
    const call = await calling(TO_CONFIRM);
    await call.hangUp();
    expect(call.transcript).toMatch(/⏹ the caller hung up\n· release-table → nothing$/);
  });

  it('gives it back where the caller hangs up while it is being held', async () => {
    const call = await calling(TO_CONFIRM, { steps: { ...steps, 'hold-table': ({ hangUp }) => (hangUp(), 'hold-1') } });
    expect(call.transcript).toMatch(/· release-table → nothing$/);
  });

  it('gives it back and offers the desk where it can not be booked', async () => {
    const call = await calling([...TO_CONFIRM, '1'], { steps: { ...steps, 'book-table': new Error('down') } });
    expect(call.transcript).toContain('· release-table');
    expect(call).toHear('We can not reach our reservation book.');
    expect(call).toHaveBridgedTo('+6531589338');
  });
});

describe('changing a booking', () => {
  it('cancels it', async () => {
    const call = await calling(['1', '2', '2001', '1', '1']);
    expect(call.transcript).toContain('· cancel-booking');
    expect(call).toHear('Your booking is cancelled.');
  });

  it('asks for the number again where there is no such booking', async () => {
    const call = await calling(['1', '2', '9999'], { steps: { 'find-booking': null } });
    expect(call).toHear('There is no booking of that number.');
    expect(call).toBeAt('change/number');
  });

  it('books the new table before it cancels the old one', async () => {
    const call = await calling(['1', '2', '2001', '2', '4', '2401', '2', '1']);
    expect(call.transcript).toMatch(/· book-table → .*\n· cancel-old-booking/);
    expect(call).toHaveEnded();
  });

  it('keeps the old table of who hangs up before the new one is booked', async () => {
    const call = await calling(['1', '2', '2001', '2', '4']);
    await call.hangUp();
    expect(call.transcript).not.toContain('cancel-old-booking');
  });
});

describe('the keys that always work', () => {
  it('lead back one level at a time, and to the main menu at once', async () => {
    const call = await calling(['2', '1', '2', '2001']);
    const back: string[] = [];
    for (const key of ['*', '*', '*']) {
      await call.press(key);
      back.push(call.site);
    }
    expect(back).toEqual(['reservations', 'open', 'main']);
  });

  it('say a prompt again, which costs no attempt', async () => {
    expect(await calling(['8', '8', '8', '8'])).toHear('For a table press 1');
  });

  it('call the desk, and play the menu again where nobody is free', async () => {
    const call = await calling(['1', '0']);
    await call.bridgeEnds('busy');
    expect(call.heardLast).toEqual([
      'All of us are serving guests right now.',
      'To book a table press 1, to change or cancel a booking press 2.',
    ]);
  });
});

describe('a caller who says nothing', () => {
  it('hears goodbye after the third time', async () => {
    const call = await calling([]);
    for (let attempt = 1; attempt <= 3; attempt++) await call.stayQuiet();
    expect(call).toHear('We did not understand you.');
    expect(call).toHaveEnded();
  });
});

inEveryMode('a table that is booked at the second attempt, by way of the main menu', restaurant, async (start) => {
  const call = await start({ steps });
  for (const keys of [...TO_CONFIRM, '9', ...TO_CONFIRM, '1']) await call.press(keys);
  expect(call).toHear('Your table is booked.');
});

testEveryPath(restaurant);
