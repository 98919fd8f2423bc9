import { didYouMean } from '@hookswitch/dsl';
import type { CallFilter, CallStatus } from '@hookswitch/runtime';
import { numberFilter, numberProblem, readTime } from '@hookswitch/runtime/inside';

/** What calls came to, as people ask for it. */
export const OUTCOMES = {
  live: ['live', 'ending'],
  ended: ['ended'],
  failed: ['failed'],
  outbound: ['pending', 'unknown'],
} as const satisfies Readonly<Record<string, readonly CallStatus[]>>;

const NAMES = ['flow', 'site', 'outcome', 'number', 'after', 'before', 'limit', 'cursor'] as const;
type Name = (typeof NAMES)[number];

const LIMIT = 25;
const MOST = 500;
const LONGEST = 250;

/** What is wrong with a query, in a sentence for whoever wrote it into the address. */
export class FilterProblem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The store's filter for the query of a list of calls. */
export function readCallQuery(query: Readonly<Record<string, unknown>>, showNumbers: boolean): CallFilter | FilterProblem {
  const given: Partial<Record<Name, string>> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!isName(name))
      return new FilterProblem(`Calls have no filter "${name}". ${didYouMean(name, NAMES)}There are: ${NAMES.join(', ')}.`);
    if (typeof value !== 'string') return new FilterProblem(`The filter "${name}" is given twice; give it once.`);
    if (value.length > LONGEST)
      return new FilterProblem(`The filter "${name}" has more than ${LONGEST} characters: nothing is called that.`);
    if (value !== '') given[name] = value;
  }
  const { flow, site, outcome, number, after, before, limit, cursor } = given;
  const problem = problemOf(given, showNumbers);
  if (problem !== null) return new FilterProblem(problem);
  return {
    limit: limit === undefined ? LIMIT : Number(limit),
    ...(flow === undefined ? {} : { flow }),
    ...(site === undefined ? {} : { site }),
    ...(outcome === undefined ? {} : { status: OUTCOMES[outcome as keyof typeof OUTCOMES] }),
    ...(number === undefined ? {} : numberFilter(number, showNumbers)),
    ...(after === undefined ? {} : { startedAfter: readTime(after) ?? 0 }),
    ...(before === undefined ? {} : { startedBefore: readTime(before) ?? 0 }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function problemOf({ outcome, number, after, before, limit, cursor }: Partial<Record<Name, string>>, showNumbers: boolean): string | null {
  const outcomes = Object.keys(OUTCOMES);
  if (outcome !== undefined && !outcomes.includes(outcome))
    return `There is no outcome "${outcome}". ${didYouMean(outcome, outcomes)}There are: ${outcomes.join(', ')}.`;
  if (after !== undefined && readTime(after) === null) return `"${after}" is no time. Write one like 2026-11-23T08:00:00Z.`;
  if (before !== undefined && readTime(before) === null) return `"${before}" is no time. Write one like 2026-11-23T08:00:00Z.`;
  if (limit !== undefined && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MOST))
    return `A page holds 1 to ${MOST} calls, not "${limit}".`;
  if (cursor !== undefined && !/^-?\d{1,16}_\d{1,16}$/.test(cursor))
    return 'This place in the list is none that a page of it led to. Go back to the first page.';
  return number === undefined ? null : numberProblem(number, showNumbers);
}

function isName(name: string): name is Name {
  return (NAMES as readonly string[]).includes(name);
}
