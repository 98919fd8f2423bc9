import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptLimits, type AttemptOptions, Attempts } from './attempts.ts';

const EVENTS = ['noInput', 'noMatch', 'invalid'] as const;
type Event = (typeof EVENTS)[number];
const SHORT: Readonly<Record<string, Event>> = { s: 'noInput', m: 'noMatch', i: 'invalid' };

/** How many of the events, one letter each, a caller has to be heard before there is no attempt left; null where there still is one. */
function triesOf(given: AttemptOptions<Event> | null, events: string): number | null {
  const attempts = new Attempts(attemptLimits('menu', given, EVENTS));
  const ended = [...events].findIndex((letter) => !attempts.fail(SHORT[letter] as Event));
  return ended < 0 ? null : ended + 1;
}

describe('attempts', () => {
  it.each<[AttemptOptions<Event> | null, string, number | null]>([
    [null, 'sss', 3],
    [null, 'smi', 3],
    [4, 'smim', 4],
    [{ noInput: 5 }, 'sssss', 5],
    [{ noInput: 5 }, 'ssssmmm', 7],
    [{ noInput: 5 }, 'mim', 3],
    [{ noInput: 1 }, 's', 1],
    [{ noInput: 2, noMatch: 4 }, 'smmsm', 4],
    [{ noInput: 5, noMatch: 5, invalid: 5 }, 'smismismismis', 13],
    [{ noInput: null, noMatch: 4 }, 'mmmss', null],
    [{ total: 4, noInput: 2 }, 'ss', 2],
    [{ total: 4, noInput: 2 }, 'smmm', 4],
    [{ total: 7, noInput: 7 }, 'sssssss', 7],
    [{ total: null, noInput: 5 }, 'ssss', null],
    [{}, 'sss', 3],
  ])('of %j end %s after %s', (given, events, tries) => {
    expect(triesOf(given, events)).toBe(tries);
  });

  it('with a number that their total would never let them reach are an error, not a silence', () => {
    expect(() => attemptLimits('menu', { total: 3, noInput: 5 }, EVENTS)).toThrow(
      'menu: attempts.noInput must be at most attempts.total (3), or it could never be reached; got 5.',
    );
  });

  it('let every event happen as often as its number says, whatever else has happened less often than that', () => {
    const counts = fc.record({ noInput: fc.integer({ min: 1, max: 9 }), noMatch: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] });
    fc.assert(
      fc.property(counts, fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (given, events) => {
        const attempts = new Attempts(attemptLimits('menu', given, EVENTS));
        const ended = events.findIndex((event) => !attempts.fail(event));
        const heard = ended < 0 ? events : events.slice(0, ended + 1);
        const others = heard.filter((event) => !(event in given)).length;
        const spent = EVENTS.some((event) => event in given && attempts.of(event) >= (given[event as keyof typeof given] ?? 0));
        expect(ended >= 0).toBe(spent || others >= 3);
      }),
    );
  });
});
