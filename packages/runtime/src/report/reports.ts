/**
 * The read side: how the API, the console, the command and exports show calls. It reads the store and never changes it. What is sensitive stays hidden, and numbers
 * are masked unless the server shows them.
 */
import { callTimeline } from '../calls/timeline.ts';
import type { Sealer } from '../security/seal.ts';
import { type EndedBy, endedBy } from '../calls/ended-by.ts';
import { readState } from '../calls/state.ts';
import type { CallTotals } from '../store/call-counts.ts';
import type { CallFilter, CallPage, CallRecord, Store } from '../store/store.ts';
import { viewCall } from './call-view.ts';
import { exportJournal, type JournalExport } from './journal-export.ts';
import type { CallListView, CallReport, CallTotalsView } from './lines.ts';
import { numberFilter } from './number-filter.ts';
import { timelineOf } from './timeline.ts';

/** Which calls are shown: what a store can find, and who ended them. */
export interface ReportFilter extends CallFilter {
  readonly endedBy?: EndedBy;
}

/** Reads calls as they are shown. Methods throw what the store throws, and give null where there is no such call, or it was pruned. */
export interface CallReports {
  /** A page of calls, newest first. `number` is looked for as `numberFilter` says. */
  list(filter: ReportFilter): Promise<CallListView>;
  /** How many calls there are on all pages, up to 10,000. */
  count(filter: ReportFilter): Promise<CallTotalsView>;
  show(id: string): Promise<CallReport | null>;
  journal(id: string): Promise<JournalExport | null>;
}

/** What reports are made from. `sealer` opens what is sealed, only to tell its length. */
export interface ReportSources {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly showNumbers: boolean;
}

const USUAL_LIMIT = 50;
/** Calls that are looked through for one page. */
const MAX_LOOKED = 2_000;
const BATCH = 500;
/** Calls that are counted. */
const MAX_COUNTED = 10_000;

function toView({ calls, failed }: CallTotals): CallTotalsView {
  return { calls: Math.min(calls, MAX_COUNTED), failed, isMore: calls > MAX_COUNTED };
}

/** Reports of the calls in a store. */
export function createReports({ store, sealer, showNumbers }: ReportSources): CallReports {
  const stored = ({ number, ...filter }: CallFilter): CallFilter => ({
    ...filter,
    ...(number === undefined ? {} : numberFilter(number, showNumbers)),
  });

  /** Who ended a call follows from its state: calls are looked through, in pages that never bring more than are wanted. */
  const listed = async ({ endedBy: by, ...filter }: ReportFilter): Promise<CallPage> => {
    if (by === undefined) return store.list(stored(filter));
    const { limit = USUAL_LIMIT } = filter;
    const calls: CallRecord[] = [];
    let cursor = filter.cursor ?? null;
    for (let looked = 0; looked < MAX_LOOKED && calls.length < limit;) {
      const page: CallPage = await store.list({ ...stored(filter), limit: limit - calls.length, ...(cursor === null ? {} : { cursor }) });
      calls.push(...page.calls.filter((call) => endedBy(call, readState(call.state)) === by));
      looked += page.calls.length;
      cursor = page.cursor;
      if (cursor === null) break;
    }
    return { calls, cursor };
  };

  return {
    async list(filter) {
      const page = await listed(filter);
      return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
    },
    async count({ endedBy: by, ...filter }) {
      if (by === undefined) return toView(await store.countCalls(stored(filter), MAX_COUNTED + 1));
      let [calls, failed, cursor]: [number, number, string | null] = [0, 0, ''];
      for (let looked = 0; looked < MAX_LOOKED && cursor !== null; looked += BATCH) {
        const page = await listed({ ...filter, endedBy: by, limit: BATCH, ...(cursor === '' ? {} : { cursor }) });
        calls += page.calls.length;
        failed += page.calls.filter(({ status }) => status === 'failed').length;
        cursor = page.cursor;
      }
      return { calls, failed, isMore: cursor !== null };
    },
    async show(id) {
      const stored = await store.load({ id });
      if (stored === null) return null;
      const [turns, rows] = await Promise.all([store.turns(id), callTimeline(store, stored.call)]);
      return { call: viewCall(stored.call, showNumbers), timeline: timelineOf({ ...stored, turns, rows }, showNumbers) };
    },
    async journal(id) {
      const stored = await store.load({ id });
      if (stored === null) return null;
      const [turns, rows] = await Promise.all([store.turns(id), callTimeline(store, stored.call)]);
      return exportJournal({ ...stored, turns, rows }, sealer, showNumbers);
    },
  };
}
