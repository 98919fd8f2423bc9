import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { compareCharts, type ComparedChart } from './compare-charts.ts';
import { explore } from './explore.ts';
import { changesToMermaid } from './mermaid-changes.ts';

const chart = (prompt: string, keys: Readonly<Record<string, string>>, survey = false): ComparedChart => {
  const { sites, arrows } = explore(
    defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
      const chosen = yield* menu(prompt, keys, { id: 'main', otherwise: 'end' });
      if (chosen === 'more') yield* capture('More?', { id: 'more', maxDigits: 1, completeOnHash: false });
      if (survey) yield* capture('How was it?', { id: 'survey', maxDigits: 1, completeOnHash: false });
    }),
  );
  return { sites: [...sites.values()], arrows };
};
const BEFORE = chart('Press 1.', { 1: 'more' });

describe('two charts', () => {
  it('are the same where nothing has changed', () => {
    expect(compareCharts(BEFORE, chart('Press 1.', { 1: 'more' }))).toEqual({
      same: true,
      sites: { added: [], removed: [], changed: [] },
      arrows: { added: [], removed: [], changed: [] },
    });
  });

  it('differ in sites that are new, gone, or ask otherwise, and in arrows', () => {
    const now = chart('Press 1 or 2.', { 1: 'end', 2: 'fax' }, true);
    const { same, sites, arrows } = compareCharts(BEFORE, now);
    expect([same, sites]).toEqual([
      false,
      { added: ['survey'], removed: ['more'], changed: [{ name: 'main', before: 'capture · Press 1.', now: 'capture · Press 1 or 2.' }] },
    ]);
    expect(arrows.changed).toContainEqual({ from: 'main', label: '1', when: 'answer', before: 'more', now: 'survey' });
    expect(arrows.added).toContainEqual({ from: 'main', label: '2', when: 'answer', to: 'survey' });
    expect(arrows.removed.map(({ from }) => from)).toContain('more');
  });

  it('are the other way round where they are exchanged', () => {
    const charts = fc.constantFrom(
      BEFORE,
      chart('Press 2.', { 2: 'more' }),
      chart('Press 1.', { 1: 'end' }, true),
      chart('?', { 1: 'more', 2: 'end' }, true),
    );
    fc.assert(
      fc.property(charts, charts, (one, other) => {
        const [there, back] = [compareCharts(one, other), compareCharts(other, one)];
        expect([there.same, there.sites.added, there.arrows.added]).toEqual([back.same, back.sites.removed, back.arrows.removed]);
        expect(there.same).toBe(one === other);
      }),
    );
  });

  it('are drawn in one picture', () => {
    expect(changesToMermaid(BEFORE, chart('Press 1.', { 1: 'end', 2: 'end' }))).toMatchInlineSnapshot(`
      "flowchart TD
        %% thick and green: new; dashed and red: gone; amber: asks otherwise
        s0["main (capture)<br>Press 1."]
        s1["more (capture)<br>More?"]
        s2((call))
        s3([ended])
        s2 --> s0
        s0 -->|"no match, silence"| s0
        s0 -->|"no match, silence"| s3
        s0 ==>|"1, 2"| s3
        s0 -.->|"1"| s1
        s1 -.->|"1, 2, 3, 4, 5, 6, 7, 8, 9, 0, *, silence"| s3
        linkStyle 3 stroke:#1a7f37
        linkStyle 4,5 stroke:#cf222e
        classDef added stroke:#1a7f37,stroke-width:3px
        classDef removed stroke:#cf222e,stroke-dasharray: 5 4
        classDef changed stroke:#bf8700,stroke-width:3px
        class s1 removed
      "
    `);
  });

  it('of many sites are drawn around what changed', () => {
    const long = (more: number): ComparedChart => {
      const names = Array.from({ length: 60 + more }, (_, index) => `site-${index}`);
      return {
        sites: names.map((name) => ({ name, kind: 'capture', prompts: [] })),
        arrows: names.slice(1).map((to, index) => ({ from: `site-${index}`, label: '1', to, when: 'answer' as const, universal: false })),
      };
    };
    const picture = changesToMermaid(long(0), long(1));
    expect(picture).toContain('"site-60 (capture)"');
    expect(picture).toContain('"site-58 (capture)"');
    expect(picture).not.toContain('"site-40 (capture)"');
  });
});
