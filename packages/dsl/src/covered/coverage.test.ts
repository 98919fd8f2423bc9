import { beforeEach, describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { compile } from '../machine/compile.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from '../testing/index.ts';
import { recordCalls } from '../testing/recorder.ts';
import { walkPath } from '../testing/walk-path.ts';
import { type Coverage, gatherCoverage, tallyOf } from './coverage.ts';
import { coverageOf, madeTask, OWN, recorded } from './coverage.test-support.ts';
import { handedBy, MetaRecorder } from './meta-recorder.ts';

let shop: FlowModule;
beforeEach(() => {
  shop = defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS', goodbye: 'Bye.', keys: { repeat: '*' } }, function* () {
    const topic = yield* menu('Orders 1, people 2.', { 1: 'orders', 2: 'people' }, { id: 'main' });
    if (topic === 'orders') yield* step('find', () => 1, { examples: { found: 1, none: null }, onError: () => null });
    yield* bridge('+6531589338', { id: 'desk' });
  });
});

const orders = async (): Promise<void> => {
  const call = await startCall(shop, { steps: { find: 7 } });
  await call.press('1');
};
const everyPath = async (): Promise<void> => {
  const compiled = compile(shop);
  for (const arrow of compiled.chart.arrows) await walkPath(compiled, arrow);
};
const takenArrows = ({ flows }: Coverage): string[] =>
  flows.flatMap(({ arrows }) => arrows.filter(({ taken }) => taken).map(({ from, label, to }) => `${from} ${label} ${to}`));
const takenSites = ({ flows }: Coverage): string[] =>
  flows.flatMap(({ sites }) => sites.filter(({ taken }) => taken).map(({ name }) => name));

describe('the report', () => {
  it('has what a test took, and who it was', async () => {
    const coverage = await coverageOf(orders);
    expect(takenArrows(coverage)).toEqual(['idle  main', 'main 1 find', 'find found desk']);
    expect(takenSites(coverage)).toEqual(['main', 'find', 'desk']);
    const found = coverage.flows[0]?.arrows.find(({ label }) => label === 'found');
    expect(found).toEqual({
      from: 'find',
      label: 'found',
      to: 'desk',
      when: 'answer',
      way: '1 → find: found',
      counts: true,
      taken: true,
      calls: 1,
      generated: 0,
      tests: ['a.test.ts > takes something'],
    });
  });

  it('does not count what testEveryPath takes, for it takes everything, unless it is told to', async () => {
    const own = await coverageOf(everyPath);
    expect(takenArrows(own)).toEqual([]);
    const { arrows } = tallyOf(own.flows);
    expect([arrows.taken, arrows.generated]).toEqual([0, arrows.all]);
    const all = tallyOf((await coverageOf(everyPath, { generated: true, universalKeys: true, hangUps: true })).flows);
    expect(all).toEqual({ sites: { all: 3, taken: 3, generated: 3 }, arrows: { ...all.arrows, taken: all.arrows.all } });
  });

  it('counts neither universal keys nor hang-ups after which nothing follows, unless it is told to', async () => {
    const counted = async (counting: object): Promise<string[]> =>
      (await coverageOf(orders, { ...OWN, ...counting })).flows.flatMap(({ arrows }) =>
        arrows.filter(({ counts }) => counts).map(({ label }) => label),
      );
    const plain = await counted({});
    expect(plain.filter((label) => label.startsWith('hang-up') || label.includes('repeat'))).toEqual([]);
    expect(await counted({ universalKeys: true })).toContain('* (repeat)');
    expect(await counted({ hangUps: true })).toContain('hang-up');
  });

  it('puts the tests of all files and shards together, whatever order they come in', async () => {
    const one = await recorded('asks for an order', orders);
    const two = await recorded('wants people', async () => (await startCall(shop)).press('2'));
    const together = gatherCoverage([...one, ...two], OWN);
    expect(takenArrows(together)).toEqual(['idle  main', 'main 1 find', 'main 2 desk', 'find found desk']);
    expect(gatherCoverage([...two, ...one], OWN).flows[0]?.arrows.map(({ taken }) => taken)).toEqual(
      together.flows[0]?.arrows.map(({ taken }) => taken),
    );
    expect(together.flows[0]?.arrows[0]).toMatchObject({ calls: 2, tests: ['a.test.ts > asks for an order', 'a.test.ts > wants people'] });
  });

  it('keeps versions of a flow apart', async () => {
    const next = defineFlow({ name: 'shop', version: '2', voice: 'en-US-BenjaminRUS' }, function* () {
      yield* bridge('+6531589338');
    });
    const coverage = await coverageOf(async () => {
      await orders();
      await startCall(next);
    });
    expect(coverage.flows.map(({ name, version }) => [name, version])).toEqual([
      ['shop', '1'],
      ['shop', '2'],
    ]);
  });

  it('says how an arrow is reached: keys, results by their steps, and what is special about the call', async () => {
    const flow = defineFlow({ name: 'both', voice: 'en-US-BenjaminRUS', examples: { direction: ['outbound'] } }, function* (call) {
      if (call.direction === 'outbound') yield* menu('Yes 1.', { 1: 'yes' }, { id: 'confirm', otherwise: 'no' });
    });
    const ways = (await coverageOf(() => startCall(flow))).flows.flatMap(({ arrows }) => arrows.map(({ way }) => way));
    expect(ways).toContain('(outbound call) → no match (2) ×3');
  });
});

describe('calls outside of tests', () => {
  const take = async (recorder: MetaRecorder): Promise<void> => {
    recordCalls(recorder);
    await orders();
    recordCalls(null);
  };

  it('are the next test’s, or else the file’s that runs: in beforeAll and in afterAll', async () => {
    const task = madeTask();
    let current: typeof task | undefined;
    const recorder = new MetaRecorder(() => current);
    await take(recorder);
    expect(handedBy(task.meta)).toEqual({});
    current = task;
    await take(recorder);
    expect(Object.values(handedBy(task.meta).taken?.[0]?.arrows ?? {})).toEqual([2, 2, 2]);
    current = undefined;
    await take(recorder);
    expect(Object.values(handedBy(task.file.meta).taken?.[0]?.arrows ?? {})).toEqual([1, 1, 1]);
  });
});
