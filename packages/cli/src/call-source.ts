import { type CallFilter, type JournalExport, openStore, type Store } from '@hookswitch/runtime';
import {
  type CallListView,
  type CallReport,
  createReports,
  createSealer,
  numberProblem,
  parseDataKeys,
  writeTagCondition,
} from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from './config/define-config.ts';
import { UsageError } from './errors/usage-error.ts';
import type { ServerApi } from './server-api.ts';

/** From where calls are read: a running server, or the store of one that is down. */
export interface CallSource {
  list(filter: CallFilter): Promise<CallListView>;
  show(id: string): Promise<CallReport>;
  journal(id: string): Promise<JournalExport>;
  close(): Promise<void>;
}

/** Reads calls of a running server. */
export function serverCalls(api: ServerApi): CallSource {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    list: ({ status, startedAfter, startedBefore, tags, ...same }) =>
      api.list({
        ...same,
        ...(status === undefined ? {} : { status: status.join(',') }),
        ...(tags === undefined ? {} : { tag: tags.map(writeTagCondition) }),
        ...(startedAfter === undefined ? {} : { startedAfter: iso(startedAfter) }),
        ...(startedBefore === undefined ? {} : { startedBefore: iso(startedBefore) }),
      }),
    show: api.show,
    journal: api.journal,
    close: () => Promise.resolve(),
  };
}

/** Reads calls of a store, beside a server that may be using it. Throws what the store throws. */
export async function storeCalls(url: string | Store, config: HookswitchConfig): Promise<CallSource> {
  if (url === 'memory')
    throw new UsageError('A store in memory is gone with its server, or inside it: leave --store out to ask the server.');
  const store = typeof url === 'object' ? url : openStore(url, { sqlite: { readOnly: true } });
  const showNumbers = config.showNumbers ?? false;
  const reports = createReports({ store, sealer: createSealer(parseDataKeys(config.dataKeys)), showNumbers });
  await store.open();
  return {
    async list(filter) {
      const problem = filter.number === undefined ? null : numberProblem(filter.number, showNumbers);
      if (problem !== null) throw new UsageError(problem);
      return reports.list(filter);
    },
    show: async (id) => (await reports.show(id)) ?? missing(id),
    journal: async (id) => (await reports.journal(id)) ?? missing(id),
    close: () => store.close(),
  };
}

function missing(id: string): never {
  throw new UsageError(
    `There is no call ${JSON.stringify(id)} in the store, or it was pruned. hookswitch calls list shows which there are.`,
  );
}
