import { describe, expect, it } from 'vitest';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { explore } from './explore.ts';
import { toMermaid } from './mermaid.ts';
import type { TakenParts } from './plain-arrows.ts';
import { toStately } from './stately.ts';

const flow = defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('Say "1" or 2?', { 1: 'find', 2: 'bye' }, { id: 'main', otherwise: 'bye' });
  if (topic === 'find') yield* step('find', () => 1, { examples: { found: 1 }, onError: () => null });
});
const chart = explore(flow);
const taken: TakenParts = { site: (name) => name === 'main', arrow: ({ label, to }) => label === '' || (label === '2' && to === 'ended') };

describe('what tests took is drawn', () => {
  it('in Mermaid with solid arrows, all else with dotted ones, answers of one pair of sites apart', () => {
    expect(toMermaid(chart, { taken })).toMatchInlineSnapshot(`
      "flowchart TD
        %% solid: taken by tests; dashed: by none
        s0((call))
        s1["main (capture)<br>Say #34;1#34; or 2?"]
        s2["find (step)<br>never reached"]
        s3([ended])
        s0 --> s1
        s1 -->|"2"| s3
        s1 -.->|"1"| s2
        s1 -.->|"no match, silence"| s1
        s1 -.->|"no match, silence"| s3
        s2 -.->|"found, fails"| s3
        classDef missed stroke-dasharray: 5 4
        class s2 missed
      "
    `);
  });

  it('for Stately as tags and meta', () => {
    const { states } = toStately(chart, { taken });
    expect(states['main']?.tags).toEqual(['capture', 'platform', 'taken']);
    expect(states['find']?.tags).toEqual(['step', 'step', 'not taken']);
    expect(states['main']?.on?.['2']).toEqual([{ target: 'ended', meta: { taken: true } }]);
    expect(states['main']?.on?.['1']).toEqual([{ target: 'find', meta: { taken: false } }]);
    expect(toStately(chart).states['main']?.on?.['1']).toEqual([{ target: 'find' }]);
  });
});
