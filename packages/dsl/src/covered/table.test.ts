import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from '../testing/index.ts';
import type { Coverage } from './coverage.ts';
import { coverageOf } from './coverage.test-support.ts';
import { coverageTable } from './table.ts';
import { unmetThresholds } from './thresholds.ts';

const shop = defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS', goodbye: 'Bye.' }, function* () {
  const topic = yield* menu('Orders 1, people 2.', { 1: 'orders', 2: 'people' }, { id: 'main' });
  if (topic === 'orders') return void (yield* step('find', () => 1, { examples: { found: 1, none: null }, onError: () => null }));
  yield* bridge('+6531589338', { id: 'desk' });
});
const door = defineFlow({ name: 'door', voice: 'en-US-BenjaminRUS' }, function* () {
  const code = yield* capture('Code?', { id: 'code', maxDigits: 4, examples: ['1111'] });
  if (code === '4711') yield* capture('Hidden.', { id: 'hidden', maxDigits: 1 });
});

const both = (): Promise<Coverage> =>
  coverageOf(async () => {
    await (await startCall(shop, { steps: { find: 1 } })).press('1');
    await (await startCall(door)).press('4711#');
  });
const options = { listed: 4, generated: false, file: '.hookswitch/coverage.json' };

describe('the table', () => {
  it('says how much of each flow was taken, what was not, and how it is reached', async () => {
    expect(coverageTable(await both(), options)).toMatchInlineSnapshot(`
      "Flow coverage: what your tests took

        flow  sites          arrows
        door  1 of 1  100 %  1 of 4    25 %
        shop  2 of 3   66 %  3 of 16   18 %
        all   3 of 4   75 %  4 of 20   20 %

      door: never reached, and the way there
        code —1111→ ended     1111
        code —#→ ended        #
        code —silence→ ended  silence

      door: taken, but not on the chart: exploration has not found it, mostly for want of an example
        code —another answer→ hidden

      shop: never reached, and the way there
        site desk (bridge)     2
        main —2→ desk          2
        main —no match→ main   no match (3)
        main —no match→ ended  no match (3) ×3
        … and 10 more: .hookswitch/coverage.json"
    `);
  });

  it('never rounds up to 100 %', async () => {
    const { flows } = await both();
    const [flow] = flows;
    if (flow === undefined) return expect.fail();
    const [site] = flow.sites;
    if (site === undefined) return expect.fail();
    const sites = Array.from({ length: 999 }, () => ({ ...site, taken: true })).concat({ ...site, taken: false });
    expect(coverageTable({ format: 1, flows: [{ ...flow, sites }] }, options)).toContain('999 of 1000   99 %');
  });

  it('says that no flow was called', () => {
    expect(coverageTable({ format: 1, flows: [] }, options)).toBe('Flow coverage: no test called a flow.');
  });
});

describe('thresholds', () => {
  it('that are not met say what is missing, and how it is reached', async () => {
    const unmet = unmetThresholds(await both(), { arrows: 60, flows: { shop: { sites: 90 }, shopp: { sites: 1 } } }, 'c.json');
    expect(unmet?.message).toMatchInlineSnapshot(`
      "Your tests took 4 of 20 arrows of all flows together, 20 %; the threshold is 60 %. 8 more are needed.
      Your tests took 2 of 3 sites of flow "shop", 66.6 %; the threshold is 90 %. 1 more is needed.
      Flow "shopp" is called by no test. Called are: "door", "shop".

      door: call it in a test, and go one of these ways
        code —1111→ ended     1111
        code —#→ ended        #
        code —silence→ ended  silence

      shop: call it in a test, and go one of these ways
        site desk (bridge)      2
        main —2→ desk           2
        main —no match→ main    no match (3)
        main —no match→ ended   no match (3) ×3
        main —silence→ main     silence
        main —silence→ ended    silence ×3
        find —none→ ended       1 → find: none
        find —fails→ ended      1 → find: fails
        desk —answered→ ended   2 → desk: answered
        desk —busy→ ended       2 → desk: busy
        desk —no-answer→ ended  2 → desk: no-answer
        desk —declined→ ended   2 → desk: declined
        desk —failed→ ended     2 → desk: failed
        desk —unknown→ ended    2 → desk: unknown

      In a test: keys, in brackets where an entry has a name, are call.press(…), silence is call.stayQuiet(), hang-up is call.hangUp(); "agent: busy" at a bridge is call.bridgeEnds('busy'); "find: unknown" at a step is that example as its stub, "find: fails" is new Error()."
    `);
    expect(unmet?.lacking.map(({ name }) => name)).toEqual(['door', 'shop']);
  });

  it.each([
    ['all flows together', { sites: 60, arrows: 20 }, 0],
    ['all flows, which lack one', { sites: 76 }, 1],
    ['each flow', { perFlow: true, sites: 75 }, 1],
    ['each flow but one that has its own', { perFlow: true, sites: 75, flows: { shop: { sites: 60 } } }, 0],
    ['nothing', {}, 0],
    ['an exact share', { flows: { shop: { sites: (2 / 3) * 100 } } }, 0],
  ])('hold for %s', async (_what, thresholds, lines) => {
    const message = unmetThresholds(await both(), thresholds, null)?.message ?? '';
    expect(message.match(/Your tests took/g)?.length ?? 0, message).toBe(lines);
  });

  it('name a flow that no test calls', () => {
    const unmet = unmetThresholds({ format: 1, flows: [] }, { flows: { shop: { arrows: 1 } } }, null);
    expect(unmet?.message).toBe('Flow "shop" is called by no test. No flow is.');
  });
});
