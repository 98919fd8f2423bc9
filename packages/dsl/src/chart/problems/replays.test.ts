import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { capture } from '../../effects/capture.ts';
import { now } from '../../effects/now.ts';
import { random } from '../../effects/random.ts';
import { say } from '../../effects/say.ts';
import type { FlowBody } from '../../flow/flow-options.ts';
import { subflow } from '../../flow/subflow.ts';
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

/** The lines of this file on which these words stand. */
const linesWith = (words: string) =>
  readFileSync(new URL(import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.includes(words) ? [`replays.test.ts:${index + 1}`] : []));

const part = subflow('part', function* () {
  yield say(Date.now() % 2 === 0 ? 'Even.' : 'Odd.'); // in a part
});
let parts = 0;

/** What reads the world before anything waits, in a part of the flow, or long before it shows; and the words on the line that is named. */
const PLACED: Record<string, [FlowBody, string]> = {
  'a clock before the first wait': [
    function* () {
      yield say(`It is ${Date.now()}.`); // at once
      yield* key('main');
    },
    '// at once',
  ],
  'a clock in a flow that never waits': [
    function* () {
      yield say(new Date().toISOString()); // no wait
    },
    '// no wait',
  ],
  'a clock in a sub-flow': [
    function* () {
      yield* part();
    },
    '// in a part',
  ],
  'a clock whose time is used later': [
    function* () {
      const then = Date.now(); // long before
      yield* key('main');
      yield say(`It was ${then}.`);
    },
    '// long before',
  ],
  'chance in a helper': [
    function* () {
      const dice = () => Math.random(); // a helper
      if (dice() < 0.5) yield* key('heads');
    },
    '// a helper',
  ],
  'a zone': [
    function* (call) {
      yield say(new Date(call.startedAt).toLocaleTimeString('en-SG')); // a zone
    },
    '// a zone',
  ],
  'an Intl without a zone': [
    function* (call) {
      yield say(new Intl.DateTimeFormat('en-SG', { timeStyle: 'short' }).format(call.startedAt)); // an Intl
    },
    '// an Intl',
  ],
  'another clock': [
    function* () {
      yield say(`${performance.now()}`); // another clock
    },
    '// another clock',
  ],
  'a counter, which nothing reads': [
    function* () {
      yield say(`Number ${++parts}.`);
      yield capture('Key?', { id: 'near', maxDigits: 1 }); // nearest
    },
    '// nearest',
  ],
};

describe('where a flow is not the same', () => {
  it.each(Object.entries(PLACED))('is said by file and line: %s', (_, [body, words]) => {
    const [problem] = problemsOf(body).filter(({ code }) => code === 'HS_VERIFY_REPLAY');
    const [line = ''] = linesWith(words);
    expect(problem?.source).toContain(`${line}:`);
    expect(problem?.message).toContain(line);
  });

  it('is at least where the flow is defined', () => {
    const [problem] = problemsOf(function* () {
      yield say(`Number ${++parts}.`);
    });
    expect(problem?.source).toMatch(/replays\.test\.ts:\d+:\d+$/);
  });

  it('names no line that reads nothing of the machine', () => {
    const [problem] = problemsOf(function* (call) {
      yield say(new Date(call.startedAt).toISOString() + new Intl.NumberFormat('en-SG').format(2));
      yield say(`It is ${Date.now()}.`); // alone
    });
    expect(problem?.message).toContain(`language at ${linesWith('// alone')[0] ?? ''}. Take`);
  });
});

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
