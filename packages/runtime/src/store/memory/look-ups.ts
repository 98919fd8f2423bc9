/** How the in-memory store finds calls: by going over all of them. */
import type { CallTotals, LiveCount } from '../call-counts.ts';
import { type CheckedFilter, writeCursor } from '../check-filter.ts';
import { LIVE, UNNUMBERED } from '../status-groups.ts';
import type { CallPage, CallRecord } from '../store.ts';
import { passes, withoutPlus } from './passes.ts';

/** A call in the order of insertion, from 1: among calls of one instant, the later one is listed first. */
export interface Numbered {
  readonly number: number;
  readonly call: CallRecord;
}

type Calls = Iterable<Numbered>;

/** Ids of calls that are due, most overdue first. */
export function dueIds(calls: Calls, now: number, limit: number): readonly string[] {
  const due = records(calls, ({ dueAt }) => dueAt !== null && dueAt <= now);
  return firstIds(due, ({ dueAt }) => dueAt ?? 0, limit);
}

/** Ids of calls that have ended and are not counted, the longest ended first. */
export function uncountedIds(calls: Calls, limit: number): readonly string[] {
  const found = records(calls, ({ counted, endedAt }) => !counted && endedAt !== null);
  return firstIds(found, ({ endedAt }) => endedAt ?? 0, limit);
}

/** Calls that ended before a time, the longest ended first. */
export function endedFirst(calls: Calls, before: number, limit: number): readonly CallRecord[] {
  const ended = records(calls, ({ endedAt }) => endedAt !== null && endedAt < before);
  return ended.sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).slice(0, limit);
}

/** Placed calls between two numbers that have no session yet. */
export function unnumberedBetween(calls: Calls, subAccountId: string, from: string, to: string): readonly CallRecord[] {
  const found = records(
    calls,
    (call) =>
      call.sessionId === null &&
      UNNUMBERED.includes(call.status) &&
      call.subAccountId === subAccountId &&
      withoutPlus(call.from ?? '') === withoutPlus(from) &&
      withoutPlus(call.to) === withoutPlus(to),
  );
  return found.sort((a, b) => a.startedAt - b.startedAt);
}

/** A page of calls, newest first. */
export function listPage(calls: Calls, filter: CheckedFilter): CallPage {
  const found = [...calls]
    .filter((kept) => passes(kept, filter))
    .sort((a, b) => b.call.startedAt - a.call.startedAt || b.number - a.number);
  const page = found.slice(0, filter.limit);
  const last = page.at(-1);
  const cursor = last === undefined || found.length <= filter.limit ? null : writeCursor({ ...last, startedAt: last.call.startedAt });
  return { calls: page.map(({ call }) => call), cursor };
}

/** How many calls there are, up to the filter's limit. */
export function totalsOf(calls: Calls, filter: CheckedFilter): CallTotals {
  const found = listPage(calls, filter).calls;
  return { calls: found.length, failed: found.filter(({ status }) => status === 'failed').length };
}

/** Live calls per flow and site. */
export function liveCounts(calls: Calls): readonly LiveCount[] {
  const counts = new Map<string, LiveCount>();
  for (const { flow, flowVersion, site } of records(calls, ({ status }) => LIVE.includes(status))) {
    const key = JSON.stringify([flow, flowVersion, site]);
    counts.set(key, { flow, flowVersion, site, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function records(calls: Calls, isWanted: (call: CallRecord) => boolean): CallRecord[] {
  return [...calls].map(({ call }) => call).filter(isWanted);
}

function firstIds(calls: CallRecord[], by: (call: CallRecord) => number, limit: number): readonly string[] {
  return calls
    .sort((a, b) => by(a) - by(b))
    .slice(0, limit)
    .map(({ id }) => id);
}
