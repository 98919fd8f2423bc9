import { describe, expect, it } from 'vitest';
import { ArrowCounts, figureText, type Figures, shareText, timeText } from '../../packages/console/page/src/workbench/figures.ts';

describe('figures on a diagram', () => {
  it.each([
    [768, 1_240, '62 % · 768'],
    [12_345, 12_345, '100 % · 12,345'],
    [0, 1_240, '0 % · 0'],
    [1, 1_240, '<1 % · 1'],
    [1_239, 1_240, '>99 % · 1,239'],
    [20, 29, '20'],
    [20, 30, '67 % · 20'],
    [0, 0, '0'],
  ])('%i of %i are written %s: of few, no share is told', (count, of, text) => {
    expect(figureText(count, of)).toBe(text);
    expect(shareText(count, of)).toBe(text.split(' · ')[0]);
  });

  it.each([
    [4.24, '4.2 s'],
    [12, '12 s'],
    [200, '3 min'],
  ])('%d seconds are written %s', (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  const arrow = (from: string, label: string, to: string, count: number, when = 'answer') => ({ from, label, to, when, count });
  const figures: Figures = {
    calls: 100,
    sites: [],
    arrows: [
      arrow('main', '1', 'main', 10),
      arrow('main', '*', 'main', 5),
      arrow('main', '2', 'closed', 7),
      arrow('main', 'hang-up', 'closed', 3, 'ended'),
    ],
  };
  const chart = { arrows: [{ from: 'main', label: '*', to: 'main', when: 'answer' as const, universal: true }] };

  it('are those of the arrows that are drawn; a share is of all that left a site', () => {
    const again = { source: 'main', target: 'main', when: 'answer' };
    const plain = new ArrowCounts(figures, chart, false);
    expect([plain.of(again), plain.leaving('main')]).toEqual([10, 25]);
    expect(new ArrowCounts(figures, chart, true).of(again)).toBe(15);
    expect(plain.of({ source: 'main', target: 'ended', when: 'answer' })).toBe(7);
  });
});
