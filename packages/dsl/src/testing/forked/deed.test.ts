import { describe, expect, it } from 'vitest';
import { type Deed, MAX_DEEDS, readDeeds } from './deed.ts';

const GOOD: readonly Deed[] = [
  { press: '12#' },
  { silence: true },
  { bridge: 'answered', seconds: 12 },
  { bridge: 'busy' },
  { result: { value: { name: 'Ann' } } },
  { result: {} },
  { recorded: true },
  { example: 'found' },
  { fails: { name: 'TypeError', message: 'no such thing' } },
  { hangUp: true },
];

describe('readDeeds', () => {
  it('reads every kind of deed', () => {
    expect(readDeeds(JSON.parse(JSON.stringify(GOOD)))).toEqual(GOOD);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { press: '1' }, /^Deeds are a list/],
    ['too many', Array(MAX_DEEDS + 1).fill({ press: '1' }), /at most 500 deeds, and these are 501/],
    ['no object', ['1'], /^Deed 1: it must be an object/],
    ['null', [null], /^Deed 1: it must be an object/],
    ['nothing', [{ press: '1' }, {}], /^Deed 2: it has exactly one of/],
    ['two things', [{ press: '1', hangUp: true }], /exactly one of/],
    ['a near miss', [{ pres: '1' }], /did you mean "press"\?/i],
    ['what every object has', [{ constructor: true }], /exactly one of/],
    ['no key', [{ press: '' }], /1 to 64 keys/],
    ['keys that no telephone has', [{ press: '1a' }], /0 to 9, \* and #/],
    ['too many keys', [{ press: '1'.repeat(65) }], /1 to 64 keys/],
    ['a number for keys', [{ press: 1 }], /keys of a telephone/],
    ['silence that is none', [{ silence: false }], /"silence" must be true/],
    ['an outcome that no bridge has', [{ bridge: 'buzy' }], /Did you mean "busy"\?/],
    ['seconds of a bridge that was not answered', [{ bridge: 'busy', seconds: 3 }], /only once the second has answered/],
    ['seconds without a bridge', [{ press: '1', seconds: 3 }], /only a bridge has "seconds"/],
    ['seconds below zero', [{ bridge: 'answered', seconds: -1 }], /from 0 to 86400/],
    ['a bare result', [{ result: 'Ann' }], /"result" must be/],
    ['a result of more than 64 KB', [{ result: { value: 'x'.repeat(70_000) } }], /at most 64 KB/],
    ['an example without a name', [{ example: '' }], /name of an example/],
    ['a failure without a message', [{ fails: { name: 'Error' } }], /"fails" must be/],
  ])('refuses %s', (_, given, message) => {
    expect(() => readDeeds(given)).toThrow(
      expect.objectContaining({ code: 'HS_FORK_DEED', message: expect.stringMatching(message) as string }),
    );
  });
});
