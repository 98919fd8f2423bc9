import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { sampleCall } from '../chart/sample-calls.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { DivergenceError, EventError, FlowRunawayError } from '../errors/index.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { compile, type CompiledFlow, type Position } from './compile.ts';
import type { LiveCacheMode } from './live-cache.ts';

const VOICE = { voice: 'en-US-ZiraRUS' };
const asking = (...ids: readonly string[]) =>
  defineFlow({ name: 'asking', ...VOICE }, function* () {
    const said: string[] = [];
    for (const id of ids) said.push((yield* capture(`${id}?`, { id, maxDigits: 1 })) ?? '-');
    yield say(said.join(' '));
  });
const polling = defineFlow({ name: 'polling', ...VOICE }, function* () {
  let rounds = 0;
  while ((yield* step('poll', () => false, { examples: { ready: true, pending: false } })) !== true) if (++rounds > 5) return;
  yield* capture('Ready?', { id: 'ready', maxDigits: 1 });
});
const CALL = sampleCall(asking('a').options);
const answered = (compiled: CompiledFlow, position: Position, answer: string | null): Position =>
  compiled.next(position, { type: 'ACTION_COMPLETED', at: 1, answer });

describe('a step that leads to itself', () => {
  it('is started again each time, so that the call does not hang', async () => {
    const actor = createActor(compile(polling).machine).start();
    const ended = new Promise<void>((resolve) => actor.subscribe(({ value }) => void (value === 'ended' && resolve())));
    actor.send({ type: 'CALL_STARTED', call: CALL });
    await ended;
    expect(actor.getSnapshot().context.journal.length).toBe(6);
  });
});

describe('a restored call', () => {
  it('goes on where its site is gone from the chart', () => {
    const compiled = compile(asking('a', 'b'), { chart: compile(asking('a')).chart });
    const position = compiled.restore(CALL, [{ site: 'a', at: 1, value: '1' }], 'b');
    expect(position.snapshot.value).toEqual({ uncharted: 'awaiting' });
    expect(answered(compiled, position, '2').actions[0]).toMatchObject({ params: { text: '1 2' } });
  });

  it('may stand at a step: whoever restored it performs the step', () => {
    const compiled = compile(polling);
    const position = compiled.restore(CALL, [], 'poll');
    expect([position.wait, position.stepKey]).toEqual(['step', 'sample:0']);
    expect(compiled.next(position, { type: 'STEP_SETTLED', at: 1, outcome: { ok: true, value: true } }).site).toBe('ready');
    expect(compiled.next(position, { type: 'SESSION_ENDED', at: 1 }).ending).toBe(true);
  });

  it('tells both sides where journal and code disagree, and fails with the next event', () => {
    const compiled = compile(asking('a', 'b'));
    const position = compiled.restore(CALL, [{ site: 'old', at: 1, value: '1' }], 'b');
    expect(position.error).toMatchObject({ code: 'HS_DIVERGENCE', index: 0, recorded: 'old', yielded: 'a' });
    expect(answered(compiled, position, '1')).toMatchObject({ wait: 'failed', error: expect.any(DivergenceError) as unknown });
  });

  it('comes back the same from a snapshot that went through JSON', () => {
    const compiled = compile(asking('a', 'b'));
    const actor = createActor(compiled.machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'ACTION_COMPLETED', at: 1, answer: '1' });
    const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot())) as never;
    const again = createActor(compiled.machine, { snapshot }).start();
    again.send({ type: 'ACTION_COMPLETED', at: 2, answer: '2' });
    expect(again.getSnapshot().context.decision?.actions[0]).toMatchObject({ params: { text: '1 2' } });
  });
});

describe('a step that was pending in a snapshot that went through JSON', () => {
  it('is performed again, with the same idempotency key', async () => {
    const keys: string[] = [];
    const waiting = defineFlow({ name: 'waiting', ...VOICE }, function* () {
      yield* capture('Go?', { id: 'go', maxDigits: 1 });
      const found = yield* step('find', ({ idempotencyKey }) => (keys.push(idempotencyKey) === 1 ? new Promise<string>(() => {}) : 'Ann'), {
        examples: { found: 'Ann' },
      });
      yield* capture(`Hello ${found}.`, { id: 'hello', maxDigits: 1 });
    });
    const { machine } = compile(waiting);
    const actor = createActor(machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'ACTION_COMPLETED', at: 1, answer: '1' });
    const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot())) as never;
    actor.stop();
    const again = createActor(machine, { snapshot });
    const arrived = new Promise<void>((resolve) => again.subscribe(({ value }) => void (value === 'hello' && resolve())));
    again.start();
    await arrived;
    expect(keys).toEqual(['sample:1', 'sample:1']);
  });
});

describe('the end of the flow', () => {
  it('is not final: a session summary still follows', () => {
    const compiled = compile(asking('a'));
    const ended = answered(compiled, compiled.start(CALL), '1');
    expect([ended.wait, ended.actions.at(-1)]).toEqual(['ended', { action: 'hangup' }]);
    expect(compiled.next(ended, { type: 'SESSION_ENDED', at: 2 }).wait).toBe('closed');
  });

  it("runs the finally blocks around the author's own hangup when the session is over", () => {
    const tidy = defineFlow({ name: 'tidy', ...VOICE }, function* () {
      try {
        yield hangup();
      } finally {
        yield* step('release', () => 1);
      }
    });
    const compiled = compile(tidy);
    expect(compiled.next(compiled.start(CALL), { type: 'SESSION_ENDED', at: 1 })).toMatchObject({ site: 'release', ending: true });
  });

  it('delivers the outcome of a bridge, and performs nothing after it', () => {
    const outcomes: string[] = [];
    const transfer = defineFlow({ name: 'transfer', ...VOICE }, function* () {
      outcomes.push((yield* bridge('+6531589338')).outcome);
      yield* capture('Never asked', { id: 'never' });
    });
    const compiled = compile(transfer);
    outcomes.length = 0;
    const closed = compiled.next(compiled.start(CALL), {
      type: 'SESSION_ENDED',
      at: 1,
      bridge: { outcome: 'busy', sipCode: 486, duration: null },
    });
    expect([closed.wait, outcomes]).toEqual(['closed', ['busy']]);
  });
});

describe('a flow that throws', () => {
  it('ends as failed, with the error kept, and never kills its actor', () => {
    const broken = defineFlow({ name: 'broken', ...VOICE }, function* () {
      yield* capture('Go?', { id: 'go' });
      throw new TypeError('no');
    });
    const actor = createActor(compile(broken).machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'ACTION_COMPLETED', at: 1, answer: '1' });
    expect([actor.getSnapshot().value, actor.getSnapshot().status]).toEqual(['failed', 'active']);
    expect(actor.getSnapshot().context.decision?.error).toBeInstanceOf(TypeError);
  });

  it.each([
    ['effectsPerBatch', 20],
    ['turns', 3],
    ['journalEntries', 3],
  ] as const)('for %s names the limit and the site of the loop', (limit, value) => {
    const runaway = defineFlow({ name: 'runaway', ...VOICE, limits: { [limit]: value } }, function* () {
      for (;;) {
        const digits = yield* capture('Again?', { id: 'again', maxDigits: 1 });
        if (limit === 'effectsPerBatch') for (;;) yield say(`You pressed ${digits ?? 'nothing'}.`);
      }
    });
    const compiled = compile(runaway);
    let position = compiled.start(CALL);
    for (let turn = 0; position.wait === 'platform' && turn < 10; turn++) position = answered(compiled, position, '1');
    expect(position.error).toBeInstanceOf(FlowRunawayError);
    expect(position.error).toMatchObject({ limit, value, site: 'again' });
  });

  it('refuses a site with a name that the machine keeps for itself', () => {
    const compiled = compile(asking('ended'));
    expect(compiled.start(CALL).error).toMatchObject({
      code: 'HS_EFFECT_ARGUMENT',
      message: expect.stringContaining('keeps for itself') as string,
    });
  });
});

describe('names of sites', () => {
  it('have no dots, whatever the prompt is', () => {
    const dotted = defineFlow({ name: 'dotted', ...VOICE }, function* () {
      yield* capture('v1.2. Ready? 欢迎', { maxDigits: 1 });
      yield* capture('欢迎', { maxDigits: 1 });
    });
    const sites = [...compile(dotted).chart.sites.keys()];
    expect(sites.join('')).not.toContain('.');
    expect(new Set(sites).size).toBe(2);
  });
});

describe('events', () => {
  const compiled = compile(asking('a'));
  it.each([
    [{ type: 'DTMF' }, 'HS_EVENT_UNKNOWN'],
    [{ type: 'STEP_SETTLED', at: 1, outcome: { ok: true } }, 'HS_EVENT_IMPOSSIBLE'],
  ])('%j is %s', (event, code) => {
    const send = (): unknown => compiled.next(compiled.start(CALL), event as never);
    expect(send).toThrow(EventError);
    expect(send).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('go on from one position any number of times: a position is a value', () => {
    const start = compiled.start(CALL);
    const texts = ['1', '2', '1'].map((digit) => JSON.stringify(answered(compiled, start, digit).actions));
    expect(texts[2]).toBe(texts[0]);
    expect(texts[1]).not.toBe(texts[0]);
  });
});

describe('the live cache', () => {
  it('changes nothing, on, off or dropped at random', () => {
    const flow = asking('a', 'b', 'c', 'd');
    const { chart } = compile(flow);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('1', '2', '*', null), { minLength: 4, maxLength: 4 }),
        fc.infiniteStream(fc.boolean()),
        (digits, coins) => {
          const modes: LiveCacheMode[] = ['on', 'off', () => coins.next().value as boolean];
          const calls = modes.map((liveCache) => {
            const compiled = compile(flow, { chart, liveCache });
            let position = compiled.start(CALL);
            return digits.map((digit) => JSON.stringify((position = answered(compiled, position, digit)).actions));
          });
          expect(calls[1]).toEqual(calls[0]);
          expect(calls[2]).toEqual(calls[0]);
        },
      ),
    );
  });
});

describe('compile', () => {
  it.each([
    ['an async function', async () => undefined, 'defineFlow'],
    ['an arrow function', () => undefined, 'defineFlow'],
    ['a generator object', (function* () {})(), 'defineFlow'],
    ['nothing', undefined, 'defineFlow'],
  ])('says what it got when it gets %s', (_what, value, words) => {
    expect(() => compile(value as never)).toThrow(words);
  });

  it.each([
    [{ liveCach: 'off' }, 'compile: liveCach is not an option. Did you mean "liveCache"?'],
    [{ explore: { maxAnswer: 9 } }, 'explore: maxAnswer is not an option. Did you mean "maxAnswers"?'],
    [{ explore: { quietWalks: -1 } }, 'explore: quietWalks must be an integer from 0'],
  ])('refuses options that it does not have: %j', (options, words) => {
    expect(() => compile(asking('a'), options as never)).toThrow(words);
  });
});
