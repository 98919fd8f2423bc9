import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { now } from '../effects/now.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody, FlowDefinition } from '../flow/flow-options.ts';
import { menu } from '../questions/menu/menu.ts';
import { key } from './problems/problems.test-support.ts';
import { verify, type VerifyOptions } from './verify.ts';

const poll = () => step('poll', () => true, { examples: { pending: false, ready: true }, onError: () => false });
const check = (body: FlowBody, more: Partial<FlowDefinition> = {}, options: VerifyOptions = {}) =>
  verify(defineFlow({ name: 'subject', voice: 'en-US-BenjaminRUS', ...more }, body), options);
const codes = (...given: Parameters<typeof check>) => check(...given).problems.map(({ severity, code }) => `${severity} ${code}`);

/** Loops with a counter, and the site that comes only after it. */
const COUNTED: Readonly<Record<string, (rounds: number) => FlowBody>> = {
  'a menu that is asked anew': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) yield* menu('One.', { 1: true }, { id: 'question', otherwise: false });
      yield* key('after');
    },
  'a capture': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) yield* key('question');
      yield* key('after');
    },
  'a step that is polled': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) if (yield* poll()) return;
      yield* key('after');
    },
  'a step that comes to the same each time': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) yield* step('tick', () => 1, { examples: { one: 1 }, onError: () => 1 });
      yield* key('after');
    },
  'a bridge that is dialled again': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) if ((yield* bridge('+6531589338')).outcome === 'answered') return;
      yield* key('after');
    },
  'two places by turns': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i++) {
        yield* key('question');
        yield* poll();
      }
      yield* key('after');
    },
  'a loop in a loop': (rounds) =>
    function* () {
      for (let i = 1; i <= rounds; i += 10) for (let j = 1; j <= 10; j++) yield* key('question');
      yield* key('after');
    },
  'a counter of one answer among others': (rounds) =>
    function* () {
      for (let wrong = 0; wrong < rounds;) if ((yield* key('question')) !== '7') wrong++;
      yield* key('after');
    },
};

describe.each(Object.entries(COUNTED))('%s in a counted loop', (_, of) => {
  it.each([7, 40, 60])('is explored to its end, %i rounds', (rounds) => {
    const { problems, chart } = check(of(rounds));
    expect(problems.map(({ code }) => code)).toEqual([]);
    expect(chart.sites.has('after')).toBe(true);
  });
});

describe('a loop of more rounds than each is run round', () => {
  it('is run round further where nothing else leads to the end of the call', () => {
    for (const of of Object.values(COUNTED).slice(0, 3)) expect(codes(of(300))).toEqual([]);
  });

  it('is told of as left where there is another way', () => {
    const body: FlowBody = function* () {
      for (let i = 0; i < 150; i++) if ((yield* key('question')) === '9') return;
      yield* key('after');
    };
    expect(check(body)).toMatchObject({ problems: [], explored: { truncated: false } });
    expect(check(body).explored.openLoops).toBeGreaterThan(0);
    expect(check(body).chart.sites.has('after')).toBe(false);
    expect(check(body, {}, { maxVisits: 200 }).chart.sites.has('after')).toBe(true);
  });

  it('ends by the clock of the flow', () => {
    const body: FlowBody = function* () {
      const until = (yield* now()).getTime() + 3_600_000;
      while ((yield* now()).getTime() < until) if (yield* poll()) return;
      yield say('That took too long.');
    };
    expect(codes(body)).toEqual([]);
  });
});

describe('a loop without a counter', () => {
  it('is an error that names the limit of the flow which alone ends it', () => {
    const { problems } = check(function* () {
      while (!(yield* poll()));
    });
    expect(problems.map(({ code }) => code)).toEqual(['HS_VERIFY_LOOP']);
    expect(problems[0]?.message).toContain('only limits.journalEntries = 5000 ends it');
  });

  it('is an error where it is counted, but to more than the flow may do', () => {
    const of = COUNTED['a capture'] as (rounds: number) => FlowBody;
    expect(codes(of(2_000))).toEqual(['error HS_VERIFY_SILENCE', 'error HS_VERIFY_DEAD_END']);
    expect(codes(of(1_500), { limits: { turns: 1_600 } })).toEqual([]);
    expect(codes(of(40), { limits: { turns: 30 } })).toContain('error HS_VERIFY_LOOP');
  });
});

describe('a loop that was not run round to its end', () => {
  const endless: FlowBody = function* () {
    for (;;) yield* key('question');
  };

  it.each([
    ['polled', (COUNTED['a step that is polled'] as (rounds: number) => FlowBody)(60)],
    ['asked', endless],
  ] as const)('is no error where a limit of the search was met, but said: %s', (_, body) => {
    const { ok, problems } = check(body, {}, { maxAnswers: 20 });
    expect(ok).toBe(true);
    expect(problems.at(-1)?.code).toBe('HS_VERIFY_TRUNCATED');
    expect(problems.at(-1)?.message).toContain('hookswitch check --max-answers');
  });

  it('is no error where the flow may go on for longer than the search', () => {
    expect(codes(endless, { limits: { turns: 1e6, journalEntries: 1e6 } }, { maxAnswers: 3_000 })).toEqual(['warning HS_VERIFY_TRUNCATED']);
  });
});

describe('a place that is reached after the session has ended', () => {
  it('is no dead end', () => {
    const body: FlowBody = function* () {
      let done = false;
      try {
        yield* key('main');
        done = true;
      } finally {
        if (!done) yield* step('abandoned', () => null, { examples: { noted: null }, onError: () => null });
      }
    };
    expect(codes(body)).not.toContain('error HS_VERIFY_DEAD_END');
  });
});
