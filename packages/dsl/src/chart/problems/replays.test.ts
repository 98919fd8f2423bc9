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
      if ((yield* random()) < 0.5) yield* key('heads');
      yield* key('tails');
    };
    expect(found(body)).toEqual([]);
  });
});
