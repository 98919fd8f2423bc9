/**
 * The read side: how the API, the console, the command and exports show calls. It reads the store and never changes it. What is sensitive stays hidden, and numbers
 * are masked unless the server shows them.
 */
import { callTimeline } from '../calls/timeline.ts';
import type { Sealer } from '../security/seal.ts';
import type { CallFilter, Store } from '../store/store.ts';
import { viewCall } from './call-view.ts';
import { exportJournal, type JournalExport } from './journal-export.ts';
import type { CallListView, CallReport } from './lines.ts';
import { numberFilter } from './number-filter.ts';
import { timelineOf } from './timeline.ts';

/** Reads calls as they are shown. Methods throw what the store throws, and give null where there is no such call, or it was pruned. */
export interface CallReports {
  /** A page of calls, newest first. `number` is looked for as `numberFilter` says. */
  list(filter: CallFilter): Promise<CallListView>;
  show(id: string): Promise<CallReport | null>;
  journal(id: string): Promise<JournalExport | null>;
}

/** What reports are made from. `sealer` opens what is sealed, only to tell its length. */
export interface ReportSources {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly showNumbers: boolean;
}

/** Reports of the calls in a store. */
export function createReports({ store, sealer, showNumbers }: ReportSources): CallReports {
  return {
    async list({ number, ...filter }) {
      const page = await store.list({ ...filter, ...(number === undefined ? {} : numberFilter(number, showNumbers)) });
      return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
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
