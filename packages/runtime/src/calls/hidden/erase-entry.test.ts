import { describe, expect, it } from 'vitest';
import type { Entry } from '@hookswitch/dsl';
import { eraseEntry, isErased } from './erase-entry.ts';

const at = 1_900_000_000_000;

describe('eraseEntry', () => {
  it.each<[string, Entry, unknown]>([
    ['what was pressed', { site: 'pin', at, value: '4711' }, { erased: true, site: 'pin', at, value: '•', length: 4 }],
    ['what a step found', { site: 'find', at, value: { pan: '5555' } }, { erased: true, site: 'find', at, value: '•', length: 14 }],
    [
      'what a step failed of',
      { site: 'find', at, error: { name: 'CardError', message: 'card 5555 is blocked' } },
      { erased: true, site: 'find', at, error: { name: 'CardError', message: '•' } },
    ],
  ])('leaves nothing of %s', (_what, entry, expected) => {
    const erased = eraseEntry(entry);
    expect(erased).toEqual(expected);
    expect(isErased(erased)).toBe(true);
  });

  it.each<[string, Entry]>([
    ['silence', { site: 'pin', at, value: null }],
    ['a step without result', { site: 'note', at }],
    ['an end', { site: 'pin', at, ended: true }],
    ['a divergence', { site: 'pin', at, diverged: { index: 0, recorded: 'pin', yielded: 'code' } }],
  ])('keeps %s', (_what, entry) => {
    expect(eraseEntry(entry)).toBe(entry);
  });
});
