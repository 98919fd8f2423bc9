import { describe, expect, it } from 'vitest';
import type { ArrowView, ChartView, SiteView } from './chart-view.ts';
import { arrangeGraph } from './graph.ts';

const site = (name: string, kind: SiteView['kind'] = 'capture'): SiteView => ({
  name,
  kind,
  prompts: [],
  voices: [],
  answers: ['1', '2', 'silence'],
  sensitive: false,
  path: [],
});
const arrow = (from: string, label: string, to: string, when: ArrowView['when'] = 'answer'): ArrowView => ({
  from,
  label,
  to,
  when,
  universal: false,
});
const chart = (sites: readonly SiteView[], arrows: readonly ArrowView[]): ChartView => ({
  flow: 'test',
  version: '1',
  sites,
  arrows: [arrow('idle', '', 'main', 'start'), ...arrows],
  truncated: false,
});
const read = (view: ChartView): string[] => arrangeGraph(view).edges.map(({ from, labels, to }) => `${from} —${labels.join(', ')}→ ${to}`);

describe('arrangeGraph', () => {
  it('draws arrows with the same ends as one', () => {
    const view = chart([site('main'), site('sales')], [arrow('main', '2', 'sales'), arrow('main', '1', 'sales')]);
    expect(read(view)).toEqual(['idle —→ main', 'main —1, 2→ sales']);
  });

  it('draws a hang-up only where it leads to a step', () => {
    const view = chart(
      [site('main'), site('tidy', 'step')],
      [arrow('main', 'hang-up', 'closed', 'ended'), arrow('main', 'hang-up', 'tidy', 'ended'), arrow('tidy', 'done', 'closed')],
    );
    expect(read(view)).toEqual(['idle —→ main', 'main —hang-up→ tidy', 'tidy —done→ ended']);
  });

  it('draws an end of its own where a flow declines to call, once for all that lead there', () => {
    const view = chart(
      [site('main', 'step')],
      [arrow('main', '1', 'not placed'), arrow('main', '2', 'not placed'), arrow('main', '3', 'ended')],
    );
    expect(read(view)).toEqual(['idle —→ main', 'main —1, 2→ not placed', 'main —3→ ended']);
    expect(arrangeGraph(view).nodes).toContainEqual({
      id: 'not placed',
      kind: 'unplaced',
      site: null,
      title: 'not placed',
      text: '',
      voice: null,
    });
  });

  it('goes on behind the end where a step follows the last words', () => {
    const view = chart([site('main'), site('tidy', 'step')], [arrow('main', '1', 'ended'), arrow('ended', 'hang-up', 'tidy', 'ended')]);
    expect(read(view)).toEqual(['idle —→ main', 'main —1→ ended', 'ended —hang-up→ tidy']);
  });

  it('draws a jump at each source where many arrows lead to one site, but not for the first of them', () => {
    const others = ['a', 'b', 'c', 'd'];
    const view = chart(
      [site('main'), ...others.map((name) => site(name))],
      others.flatMap((name, index) => [arrow('main', String(index), name), arrow(name, '*', 'main')]),
    );
    const { nodes, edges } = arrangeGraph(view);
    expect(nodes.filter(({ kind }) => kind === 'jump').map(({ id, site: to }) => [id, to])).toEqual(
      others.map((name) => [`main@${name}`, 'main']),
    );
    expect(edges.find(({ from }) => from === 'idle')?.to).toBe('main');
  });

  it('draws jumps from a place that leads back to many', () => {
    const others = ['a', 'b', 'c', 'd', 'e', 'f'];
    const view = chart(
      [site('main'), site('operator', 'bridge'), ...others.map((name) => site(name))],
      [
        ...others.map((name, index) => arrow('main', String(index), name)),
        arrow('main', '0', 'operator'),
        ...others.map((name) => arrow('operator', 'busy', name)),
      ],
    );
    const { nodes } = arrangeGraph(view);
    expect(nodes.filter(({ kind }) => kind === 'jump').map(({ id }) => id)).toEqual(others.map((name) => `${name}@operator`));
  });

  it('draws answers that tests took, and those that none took, as two arrows, and says of each site whether tests came there', () => {
    const view = chart(
      [site('main'), site('sales')],
      [arrow('main', '1', 'sales'), arrow('main', '2', 'sales'), arrow('sales', 'silence', 'closed'), arrow('main', 'silence', 'ended')],
    );
    const taken = { site: (name: string) => name === 'main', arrow: ({ label }: { label: string }) => label === '' || label === '1' };
    const { nodes, edges } = arrangeGraph(view, taken);
    expect(edges.map(({ from, labels, to, taken: was }) => [from, labels.join(), to, was])).toEqual([
      ['idle', '', 'main', true],
      ['main', '1', 'sales', true],
      ['main', '2', 'sales', false],
      ['sales', 'silence', 'ended', false],
      ['main', 'silence', 'ended', false],
    ]);
    expect(nodes.map(({ id, taken: was }) => [id, was])).toEqual([
      ['main', true],
      ['sales', false],
      ['idle', true],
      ['ended', false],
    ]);
  });

  it('draws as many jumps, whatever tests took', () => {
    const others = ['a', 'b', 'c', 'd'];
    const view = chart(
      [site('main'), ...others.map((name) => site(name))],
      others.flatMap((name) => [arrow('main', `${name}1`, name), arrow('main', `${name}2`, name)]),
    );
    const half = { site: () => true, arrow: ({ label }: { label: string }) => label.endsWith('1') };
    expect(arrangeGraph(view, half).nodes.map(({ id }) => id)).toEqual(arrangeGraph(view).nodes.map(({ id }) => id));
  });

  it('gives each source an end of its own where there are many', () => {
    const names = ['main', 'a', 'b', 'c'];
    const view = chart(
      names.map((name) => site(name)),
      names.map((name) => arrow(name, '1', 'ended')),
    );
    expect(read(view).slice(1)).toEqual(names.map((name) => `${name} —1→ ended@${name}`));
  });

  it('leaves a menu that repeats itself its own arrow, however many lead there', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const view = chart(
      [site('main'), ...names.map((name) => site(name))],
      [arrow('main', 'silence', 'main'), ...names.map((name) => arrow(name, '*', 'main'))],
    );
    expect(read(view)).toContain('main —silence→ main');
  });
});
