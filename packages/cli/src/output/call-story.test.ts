import { describe, expect, it } from 'vitest';
import type { TimelineLine } from '@hookswitch/runtime/inside';
import { callStory } from './call-story.ts';

const AT = '2026-03-05T09:30:00.000Z';
const turn = (number: number, more: object): TimelineLine => ({
  kind: 'turn',
  at: AT,
  text: `Turn ${number} answered`,
  turn: number,
  came: 'Call received',
  askedAt: null,
  site: 'main',
  state: 'answered',
  said: ['Asks “Key?” and takes 1 digit, # ends, 3 tries'],
  spoken: [null],
  data: {},
  ...more,
});
const entry = (text: string, isTold: boolean, data: object): TimelineLine => ({ kind: 'entry', at: AT, text, isTold, data });
const step = (more: object): TimelineLine => ({
  ...{ kind: 'step', at: AT, text: 'Step find: done after 12 ms', site: 'find', ms: 12, attempts: 1, error: null, result: null, data: {} },
  ...more,
});

const told = (...lines: readonly TimelineLine[]) => callStory(lines).map(({ text }) => text.trim());

describe('the story of a call', () => {
  it('tells what was brought where, and what was answered', () => {
    expect(told(turn(1, { came: 'Pressed 2', askedAt: 'main' }))).toEqual([
      'Turn 1 answered',
      '← Pressed 2 at main',
      '→ Asks “Key?” and takes 1 digit, # ends, 3 tries',
    ]);
  });

  it('leaves out the entries that a turn or a step tells', () => {
    expect(told(entry('main answered', true, { value: '2' }), entry('find answered', false, { value: { name: 'Ann' } }))).toEqual([
      'find answered: {"name":"Ann"}',
    ]);
  });

  it.each<[string, object, string]>([
    ['its result', { result: { name: 'Ann' } }, ': {"name":"Ann"}'],
    ['that there was none', { result: null }, ': nothing'],
    ['that it is hidden', { result: '•••' }, ': ••• (sensitive)'],
    ['a long result in part', { result: 'x'.repeat(3_000) }, `: "${'x'.repeat(1_999)}… (3002 characters)`],
    ['nothing more where it failed', { text: 'Step find: failed after 3 ms: gone', error: 'gone' }, ''],
  ])('tells of a step %s', (_what, more, end) => {
    const [line = ''] = told(step(more));
    expect(line.replace(/^Step find: (done after 12 ms|failed after 3 ms: gone)/, '')).toBe(end);
  });

  it('says what is hidden', () => {
    const hidden = turn(1, { came: 'Pressed ••••', askedAt: 'pin', state: 'hidden', said: [], spoken: [] });
    expect(told(hidden, entry('pin answered', false, { erased: true, value: '•', length: 4 }))).toEqual([
      'Turn 1 answered',
      '← Pressed •••• at pin (sensitive)',
      '→ ••• (sensitive)',
      'pin answered: ••• (sensitive)',
    ]);
  });
});
