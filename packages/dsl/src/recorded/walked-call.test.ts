import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { ask } from '../questions/ask/ask.ts';
import { menu } from '../questions/menu/menu.ts';
import { digits } from '../questions/validators/digits.ts';
import { bridge } from '../effects/bridge.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Call } from '../flow/call.ts';
import type { Entry } from '../generator/journal.ts';
import { walkCall } from './walked-call.ts';

const flow = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('For your bill press 1, for an agent press 2.', { 1: 'bill', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
  if (topic === 'bill') {
    const pin = yield* ask('Key in your PIN.', { id: 'pin', validate: digits(4), sensitive: true, otherwise: null });
    const bill =
      pin === null ? null : yield* step('find-bill', () => null as string | null, { examples: { found: 'ten dollars', none: null } });
    if (bill !== null) return yield* say(`It is ${bill}.`);
  }
  yield* bridge('+6531589338', { id: 'agent' });
});
const chart = explore(flow);
const CALL: Call = {
  ...{ id: 'c', sessionId: 's', subAccountId: 'a', direction: 'inbound', from: '+6591234567', to: '+6531589338' },
  ...{ fromCountry: null, toCountry: null, language: null, startedAt: 1_000, params: {} },
};
const walk = (entries: readonly Entry[], site: string) => walkCall({ flow, chart }, CALL, entries, site);
const bill = (...more: Entry[]): Entry[] => [{ site: 'main', at: 5_000, value: '1' }, ...more];

describe('a call that is walked over the chart', () => {
  it.each(chart.arrows.map((arrow) => [`${arrow.from} ${arrow.label} ${arrow.to}`, arrow] as const))(
    'takes %s as its witness does',
    (_, arrow) => {
      const { call, entries } = arrow.witness;
      const { start, passages, strays } = walkCall({ flow, chart }, call, entries, arrow.to);
      const { from, label, to, when } = arrow;
      const taken = [start, ...passages.flatMap(({ arrows }) => arrows)];
      expect(taken.filter((one) => one?.charted !== true)).toEqual([]);
      expect(taken.map((one) => ({ ...one }))).toContainEqual({ from, label, to, when, charted: true });
      expect(strays).toBe(0);
    },
  );

  it('says how each question was answered, and which was asked again', () => {
    const { passages } = walk(
      [
        { site: 'main', at: 5_000, value: null },
        { site: 'main', at: 9_000, value: '7' },
        ...bill(),
        { site: 'pin', at: 20_000, value: '12' },
        { site: 'pin', at: 25_000, value: '4711' },
        { site: 'find-bill', at: 25_100, value: 'a bill of somebody' },
      ],
      'ended',
    );
    expect(passages.map(({ site, again, answer, outcome }) => [site, again, answer, outcome])).toEqual([
      ['main', false, 'silence', null],
      ['main', true, 'no match', null],
      ['main', true, 'valid', null],
      ['pin', false, 'invalid', null],
      ['pin', true, 'valid', null],
      ['find-bill', false, 'result', 'found'],
    ]);
  });

  it('ends where the session ended, with what came of a bridge', () => {
    const { passages, stands } = walk(
      [
        { site: 'main', at: 5_000, value: '2' },
        { site: 'agent', at: 65_000, ended: true, value: { outcome: 'answered', sipCode: 200, duration: 60 } },
      ],
      'closed',
    );
    expect(passages.at(-1)).toMatchObject({
      site: 'agent',
      kind: 'bridge',
      arrived: 5_000,
      left: 65_000,
      ended: true,
      outcome: 'answered',
      answer: null,
    });
    expect(stands).toEqual({ site: 'closed', charted: false, since: 65_000 });
  });

  it('ends at the step that was running, which comes to something all the same', () => {
    const pin: Entry = { site: 'pin', at: 9_000, value: '4711' };
    const left: Entry = { site: 'find-bill', at: 10_000, ended: true };
    const outcome: Entry = { site: 'find-bill', at: 11_000, error: { name: 'Error', message: 'away' } };
    expect(walk(bill(pin, left, outcome), 'closed').passages.at(-1)).toMatchObject({
      site: 'find-bill',
      ended: true,
      answer: 'failure',
      outcome: 'fails',
    });
    expect(walk(bill(pin, left), 'find-bill').passages.at(-1)).toMatchObject({
      site: 'find-bill',
      ended: true,
      answer: null,
      outcome: null,
    });
  });

  it('is known by its sites from where the code does not follow', () => {
    const { passages, strays, stands } = walk(
      bill({ site: 'gone', at: 7_000, value: '4711' }, { site: 'pin', at: 9_000, ended: true }),
      'closed',
    );
    expect(
      passages.map(({ site, charted, answer, ended, arrows }) => [site, charted, answer, ended, arrows.map(({ label }) => label)]),
    ).toEqual([
      ['main', true, 'valid', false, ['1']],
      ['gone', false, 'unknown', false, ['another answer']],
      ['pin', true, null, true, ['hang-up']],
    ]);
    expect([strays, stands.site]).toEqual([2, 'closed']);
  });

  it('is known by its sites from an answer on that was erased', () => {
    const { passages, strays } = walkCall(
      { flow, chart },
      CALL,
      [...bill(), { site: 'pin', at: 9_000, erased: true }, { site: 'agent', at: 10_000, ended: true }],
      'closed',
    );
    expect([passages.map(({ site, answer }) => [site, answer]), strays]).toEqual([
      [
        ['main', 'valid'],
        ['pin', 'unknown'],
        ['agent', null],
      ],
      2,
    ]);
  });

  it('goes on with the handler of a divergence', () => {
    const handled = defineFlow(
      {
        name: 'support',
        voice: 'en-US-BenjaminRUS',
        onDivergence: function* () {
          yield* bridge('+6531589338', { id: 'desk' });
        },
      },
      function* () {
        yield* menu('Press 1.', { 1: 'one' }, { id: 'now', otherwise: 'one' });
      },
    );
    const { passages, strays } = walkCall(
      { flow: handled, chart: explore(handled) },
      CALL,
      [
        { site: 'then', at: 2_000, value: '1' },
        { site: 'then', at: 3_000, diverged: { index: 1, recorded: 'then', yielded: 'now' } },
        { site: 'on-divergence/desk', at: 9_000, value: { outcome: 'busy', sipCode: 486, duration: null } },
      ],
      'ended',
    );
    expect(passages.map(({ site, outcome }) => [site, outcome])).toEqual([
      ['then', null],
      ['on-divergence/desk', 'busy'],
    ]);
    expect(strays).toBe(1);
  });
});
