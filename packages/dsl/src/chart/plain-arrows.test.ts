import { describe, expect, it } from 'vitest';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { explore } from './explore.ts';
import { toMermaid } from './mermaid.ts';
import { plainArrows } from './plain-arrows.ts';
import { toStately } from './stately.ts';

const flow = defineFlow(
  {
    name: 'shop',
    voice: 'en-US-BenjaminRUS',
    keys: { repeat: '*', operator: '0', back: '9', main: '#' },
    operator: function* () {
      yield* menu('Nobody is here.', { 1: 'wait' }, { id: 'nobody', otherwise: 'gone' });
    },
  },
  function* () {
    const orders = function* () {
      yield* menu('New or old?', { 1: 'new', 2: 'old' }, { id: 'orders', otherwise: 'none' });
    };
    yield* menu('Orders 1.', { 1: orders }, { id: 'main', otherwise: orders });
  },
);

describe('the arrows that are drawn', () => {
  const { arrows, sites } = explore(flow);

  it('are those of the menus, without universal keys, unless somebody wants to see these', () => {
    const labels = plainArrows(arrows)
      .filter(({ universal }) => universal)
      .map(({ from, label, to }) => `${from} ${label} ${to}`);
    expect(labels).toEqual(['main 0 (operator) operator/nobody']);
    expect(plainArrows(arrows, { universalKeys: true })).toBe(arrows);
    expect(arrows.filter(({ universal }) => universal).length).toBeGreaterThan(5);
  });

  it('lead to every site that a call can come to', () => {
    const reached = new Set(plainArrows(arrows).map(({ to }) => to));
    expect([...sites.keys()].filter((site) => !reached.has(site))).toEqual([]);
  });

  it('are drawn as text and as a machine', () => {
    expect(toMermaid(explore(flow))).not.toContain('(back)');
    expect(toMermaid(explore(flow), { universalKeys: true })).toContain('(back)');
    expect(JSON.stringify(toStately(explore(flow)))).not.toContain('(back)');
    expect(JSON.stringify(toStately(explore(flow), { universalKeys: true }))).toContain('(back)');
  });
});
