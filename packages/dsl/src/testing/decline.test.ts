import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { toMermaid } from '../chart/mermaid.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { verify } from '../chart/verify.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { decline } from '../effects/decline.ts';
import { hangup } from '../effects/hangup.ts';
import { log } from '../effects/log.ts';
import { playFile } from '../effects/play-file.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { tags } from '../effects/tags.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import { useLanguage } from '../effects/use-language.ts';
import { waitFor } from '../effects/wait-for.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Flow } from '../flow/effect.ts';
import type { FlowBody, FlowModule } from '../flow/flow-options.ts';
import { beginAfterDivergence, replay } from '../generator/replay.ts';
import { menu } from '../questions/menu/menu.ts';
import { MODES } from './modes.ts';
import { startCall } from './start-call.ts';
import { testEveryPath } from './vitest.ts';
import './vitest.ts';

const labels = tags({ plan: 'text' });
const options = { name: 'subject', voices: { en: 'en-US-BenjaminRUS' }, language: 'en', tags: labels, examples: { direction: ['outbound'] } } as const; // prettier-ignore
const flowOf = (body: FlowBody): FlowModule => defineFlow(options, body);

const optedOut = step('opted-out', () => true, { examples: { yes: true, no: false }, onError: () => false });
const reminder = flowOf(function* (call) {
  yield log('looks');
  yield labels.set({ plan: 'a' });
  if (call.direction === 'outbound' && (yield* optedOut)) yield* decline('opted out');
  yield say('Your parcel comes today.');
});
const outbound = { direction: 'outbound', steps: { 'opted-out': true } } as const;

describe.each(MODES)('a call that is declined, %s', (mode) => {
  it('is not placed, for the reason that is given', async () => {
    const call = await startCall(reminder, { ...outbound, mode });
    expect([call.declined, call.declineReason, call.sent, call.ended, call.site]).toEqual([true, 'opted out', [], true, 'closed']);
    expect(call.transcript.split('\n').slice(-2)).toEqual(['· opted-out → true', '⏹ not placed: opted out']);
    expect(call).toHaveBeenDeclined('opted out');
    expect(call).toHaveBeenDeclined(/^opted/);
    expect(call).toHaveTag({ plan: 'a' });
  });

  it('performs nothing more but what tidies up', async () => {
    const flow = flowOf(function* (call) {
      if (call.direction === 'inbound') return;
      try {
        yield* decline('no number');
        yield say('Hello.');
      } finally {
        yield* uninterruptible(function* () {
          yield* step('release', () => 1, { examples: { done: 1 } });
        });
      }
    });
    const call = await startCall(flow, { direction: 'outbound', mode, steps: { release: 1 } });
    expect(call.journal.map(({ site }) => site)).toEqual(['ended', 'release']);
    expect([call.sent, call.declineReason, call.error]).toEqual([[], 'no number', null]);
  });

  it('is placed where the flow does not decline', async () => {
    const call = await startCall(reminder, { ...outbound, mode, steps: { 'opted-out': false } });
    expect([call.declined, call.declineReason]).toEqual([false, null]);
    expect(call).not.toHaveBeenDeclined('opted out');
    expect(() => expect(call).toHaveBeenDeclined('opted out')).toThrow(
      'to have declined to place the call: "opted out"\nIt has given no reason.',
    );
  });
});

it('tells another reason from the one that is expected', async () => {
  const call = await startCall(reminder, outbound);
  expect(call).not.toHaveBeenDeclined('no number');
  expect(() => expect(call).toHaveBeenDeclined('no number')).toThrow('Its reason: "opted out".');
});

it('has no reason where the flow only had nothing to say', async () => {
  const call = await startCall(
    flowOf(function* () {}),
    { direction: 'outbound' },
  );
  expect([call.declined, call.declineReason]).toEqual([true, null]);
  expect(call).toHaveBeenDeclined();
  expect(call).not.toHaveBeenDeclined('opted out');
});

describe('exploration', () => {
  it('finds the ways on which nobody is called, and draws them', () => {
    const chart = explore(reminder);
    expect(chart.arrows.filter(({ to }) => to === 'not placed').map(({ from, label }) => [from, label])).toEqual([['opted-out', 'yes']]);
    expect(chart.arrows.flatMap(({ declined }) => declined ?? [])).toEqual(['opted out']);
    expect(toMermaid(chart)).toMatch(/ {2}(s\d+) : not placed\n[^]* --> \1 : yes\n/);
    expect(verify(reminder).problems).toEqual([]);
  });

  it('finds one that comes too late, and one in a call that has come in, at their lines', () => {
    const late = flowOf(function* (call) {
      yield say('Hello.');
      if (call.direction === 'outbound') yield* decline('opted out');
    });
    const inbound = flowOf(function* () {
      yield* decline('opted out');
    });
    const found = (flow: FlowModule) => verify(flow).problems.filter(({ severity }) => severity === 'error');
    expect(found(late)).toMatchObject([
      { code: 'HS_VERIFY_FLOW_THROWS', message: expect.stringContaining('must not have begun') as string },
    ]);
    expect(found(inbound)).toMatchObject([
      { code: 'HS_VERIFY_FLOW_THROWS', message: expect.stringContaining('must be outbound') as string },
    ]);
    for (const flow of [late, inbound]) expect(found(flow)[0]?.source).toMatch(/decline\.test\.ts:\d+:\d+$/);
  });
});

testEveryPath(reminder);

/** What may come before, and whether it begins the call. */
const BEFORE: readonly (readonly [what: string, body: () => Flow<unknown>, begins: boolean])[] = [
  ['nothing', function* () {}, false],
  ['a log line', function* () { yield log('a'); }, false], // prettier-ignore
  ['a tag', function* () { yield labels.set({ plan: 'b' }); }, false], // prettier-ignore
  ['a language', function* () { yield useLanguage('en'); }, false], // prettier-ignore
  ['a step', function* () { yield* step('find', () => 1, { examples: { one: 1 } }); }, false], // prettier-ignore
  ['words', function* () { yield say('Hello.'); }, true], // prettier-ignore
  ['a file', function* () { yield playFile('https://files.example/hello.mp3'); }, true], // prettier-ignore
  ['a question', function* () { yield* capture('Coming?', { id: 'coming' }); }, true], // prettier-ignore
  ['a menu', function* () { yield* menu('Well?', { 1: 1 }, { id: 'well', attempts: 1, otherwise: 0 }); }, true], // prettier-ignore
  ['a bridge', function* () { yield* bridge('+6531589338', { id: 'agent' }); }, true], // prettier-ignore
  ['a wait for a signal', function* () { yield* waitFor('paid', { timeout: '1m', hold: [say('Wait.')], examples: { yes: 1 } }); }, true], // prettier-ignore
  ['a wait without a hold', function* () { yield* waitFor('late', { timeout: '1m', examples: { yes: 1 } }); }, true], // prettier-ignore
];
const ANSWERS: Readonly<Record<string, unknown>> = { find: 1, coming: null, well: null, agent: { outcome: 'busy', sipCode: null, duration: 0 }, paid: { arrived: false }, late: { arrived: false } }; // prettier-ignore

describe('whatever comes before', () => {
  /** Plays a flow of these parts that declines in the end, by an effect that is made there or was made before all; each decision as a replay gives it. */
  function play(parts: readonly number[], made: 'early' | 'late', direction: 'inbound' | 'outbound') {
    const early = decline('opted out');
    const flow = flowOf(function* () {
      for (const part of parts) yield* (BEFORE[part] as (typeof BEFORE)[number])[1]();
      yield* made === 'early' ? early : decline('opted out');
    });
    const call = sampleCall(flow.options, { direction });
    const entries: Parameters<typeof replay>[2][number][] = [];
    for (;;) {
      const { decision } = replay(flow, call, entries);
      if (decision.effect === null) return decision;
      entries.push({ site: decision.site, at: 1, value: ANSWERS[decision.site] } as (typeof entries)[number]);
    }
  }

  const parts = fc.uniqueArray(fc.nat(BEFORE.length - 1), { maxLength: 5 });
  test.prop([parts, fc.constantFrom('early', 'late'), fc.constantFrom('inbound', 'outbound')], { numRuns: 300 })(
    'a call is declined exactly where it is outbound, and nothing has begun it',
    (given, made, direction) => {
      const decision = play(given, made, direction);
      const begun = given.some((part) => BEFORE[part]?.[2] === true);
      const code = direction === 'inbound' ? 'HS_DECLINE_INBOUND' : begun ? 'HS_DECLINE_LATE' : null;
      if (code === null)
        expect(decision).toMatchObject({ wait: 'ended', declined: 'opted out', error: null, actions: [{ action: 'hangup' }] });
      else expect(decision).toMatchObject({ wait: 'failed', declined: null, error: { code } });
    },
  );
});

it('comes too late after a divergence, for nobody knows what was said', () => {
  const flow = defineFlow({ ...options, onDivergence: function* () { yield* decline('opted out'); } }, function* () {}); // prettier-ignore
  const mark = { site: 'a', at: 1, diverged: { index: 0, recorded: 'a', yielded: 'b' } };
  const { decision } = beginAfterDivergence(flow, sampleCall(flow.options, { direction: 'outbound' }), mark, 1);
  expect(decision).toMatchObject({ wait: 'failed', error: { code: 'HS_DECLINE_LATE' } });
});

it('is a hang-up once the session is over, as in a finally', async () => {
  const flow = flowOf(function* (call) {
    if (call.direction === 'inbound') return;
    try {
      yield hangup();
    } finally {
      yield* decline('opted out');
    }
  });
  const call = await startCall(flow, { direction: 'outbound' });
  expect([call.site, call.declined, call.declineReason, call.error]).toEqual(['closed', true, null, null]);
});
