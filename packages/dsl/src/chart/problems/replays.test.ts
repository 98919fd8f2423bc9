import { describe, expect, it } from 'vitest';
import { now } from '../../effects/now.ts';
import { random } from '../../effects/random.ts';
import { say } from '../../effects/say.ts';
import type { FlowBody } from '../../effects/define-flow.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

let visitors = 0;
const regulars = new Set<string>();

const IMPURE: Record<string, FlowBody> = {
  'the hour of a clock': function* () {
    yield* key('main');
    yield say(new Date().getUTCHours() < 12 ? 'Good morning.' : 'Good day.');
  },
  'a clock as a number': function* () {
    yield* key('main');
    yield say(`It is ${Date.now()}.`);
  },
  'a clock as a text': function* () {
    yield* key('main');
    // A call of Date without new gives the time as a text.
    yield say(Date());
  },
  'chance in a choice': function* () {
    yield* key('main');
    if (Math.random() < 0.5) yield* key('other');
  },
  'a counter outside of the flow': function* () {
    yield* key('main');
    yield say(`You are visitor ${++visitors}.`);
  },
  'a memory that is made by the first run': function* (call) {
    yield* key('main');
    yield say(regulars.has(call.id) ? 'Welcome back.' : 'Welcome.');
    regulars.add(call.id);
  },
  'the zone of the machine in an hour': function* (call) {
    yield say(new Date(call.startedAt).getHours() < 12 ? 'Good morning.' : 'Good day.');
  },
  'the zone of the machine in a date that is made of parts': function* (call) {
    if (call.startedAt > new Date(2026, 0, 5).getTime()) yield* key('later');
  },
  'the zone of the machine in a text that is read': function* () {
    yield say(new Date('2026-01-05T10:00').toISOString());
  },
  'the zone of the machine in hours that are set': function* (call) {
    yield say(`${new Date(call.startedAt).setHours(9)}`);
  },
  'the zone of the machine in a date as a text': function* () {
    yield say(`It is ${String(yield* now())}.`);
  },
  'the zone of the machine in Intl': function* (call) {
    yield say(new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(call.startedAt));
  },
  'the clock in Intl': function* () {
    yield say(new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeStyle: 'short' }).format());
  },
  'the language of the machine in a number': function* () {
    yield say(`You owe ${(1234.5).toLocaleString()} dollars.`);
  },
  'the language of the machine in a time': function* () {
    yield say((yield* now()).toLocaleTimeString(undefined, { timeZone: 'UTC' }));
  },
  'another clock': function* () {
    yield say(performance.now() % 2 < 1 ? 'Even.' : 'Odd.');
    yield say(`It is ${process.hrtime()[0]}.`);
  },
  'a copy of a date of now': function* () {
    yield say(structuredClone(new Date()).toISOString());
  },
  'a number of its own for each run': function* () {
    yield* key('main');
    yield say(crypto.randomUUID());
  },
};

describe('a flow that is not the same when it is replayed', () => {
  it.each(Object.entries(IMPURE))('is found by %s', (_, body) => {
    const codes = problemsOf(body).map(({ code }) => code);
    expect(codes).toContain('HS_VERIFY_REPLAY');
  });

  it('is found once for one clock, with the keys that lead there', () => {
    expect(found(IMPURE['the hour of a clock'] as FlowBody)).toEqual(['error HS_VERIFY_REPLAY ended [1]']);
  });

  it('is none with the time and chance of the call, and with dates that are given', () => {
    const body: FlowBody = function* (call) {
      yield say((yield* now()).getUTCHours() < 12 ? 'Good morning.' : 'Good day.');
      yield say(new Date(call.startedAt) instanceof Date ? new Date(2026, 1, 3).toDateString() : 'Never.');
      yield say(new Date(Date.UTC(2026, 0, 5)).toISOString());
      yield say(new Intl.DateTimeFormat('en-SG', { timeZone: 'Asia/Singapore', timeStyle: 'short' }).format(call.startedAt));
      yield say((yield* now()).toLocaleDateString('en-SG', { timeZone: 'Asia/Singapore' }));
      yield say(structuredClone({ total: 1234.5 }).total.toLocaleString('en-US'));
      if ((yield* random()) < 0.5) yield* key('heads');
      yield* key('tails');
    };
    expect(found(body)).toEqual([]);
  });
});
