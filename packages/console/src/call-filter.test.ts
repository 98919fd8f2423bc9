import { describe, expect, it } from 'vitest';
import { FilterProblem, readCallQuery } from './call-filter.ts';

const read = (query: Record<string, unknown>): unknown => {
  const filter = readCallQuery(query, false);
  return filter instanceof FilterProblem ? filter.message : filter;
};

describe('the filter of the list of calls', () => {
  it('is what the page asks for', () => {
    const query = { flow: 'hello', site: '', outcome: 'live', after: '2026-11-23T08:00:00.000Z', cursor: '1_2' };
    expect(read(query)).toEqual({
      limit: 25,
      flow: 'hello',
      status: ['live', 'ending'],
      startedAfter: Date.UTC(2026, 10, 23, 8),
      cursor: '1_2',
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a filter', { flw: 'x' }, 'Calls have no filter "flw". Did you mean "flow"?'],
    ['an outcome', { outcome: 'liv' }, 'There is no outcome "liv". Did you mean "live"?'],
    ['an outcome that every object has', { outcome: 'toString' }, 'There is no outcome "toString".'],
    ['a day', { after: '2026-02-30T00:00:00Z' }, '"2026-02-30T00:00:00Z" is no time.'],
    ['an hour', { before: '2026-02-03T25:00:00Z' }, '"2026-02-03T25:00:00Z" is no time.'],
    ['a time without its zone', { before: '2026-02-03T12:00' }, 'is no time. Write one like'],
    ['a number', { number: 'Ann' }, 'A number has digits'],
    ['a place in the list', { cursor: 'page-2' }, 'This place in the list is none'],
    ['a size', { limit: '0' }, 'A page holds 1 to 500 calls'],
    ['a length', { site: 'x'.repeat(251) }, 'more than 250 characters'],
    ['the same filter twice', { flow: ['a', 'b'] }, 'is given twice'],
  ])('says in a sentence that somebody made up %s', (_what, query, message) => {
    expect(read(query)).toContain(message);
  });
});
