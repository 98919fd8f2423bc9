import { type CallFilter, type JournalExport, openStore, type Store, type StoredCall } from '@hookswitch/runtime';
import {
  type CallDetail,
  type CallList,
  callTimeline,
  createSealer,
  exportJournal,
  numberFilter,
  numberProblem,
  parseDataKeys,
  viewCall,
  viewTimeline,
} from '@hookswitch/runtime/inside';
import type { Static } from 'typebox';
import type { HookswitchConfig } from './config/define-config.ts';
import { UsageError } from './errors/usage-error.ts';
import type { ServerApi } from './server-api.ts';

/** From where calls are read: a running server, or the store of one that is down. */
export interface CallSource {
  list(filter: CallFilter): Promise<Static<typeof CallList>>;
  show(id: string): Promise<Static<typeof CallDetail>>;
  journal(id: string): Promise<JournalExport>;
  close(): Promise<void>;
}

/** Reads calls of a running server. */
export function serverCalls(api: ServerApi): CallSource {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    list: ({ status, startedAfter, startedBefore, ...same }) =>
      api.list({
        ...same,
        ...(status === undefined ? {} : { status: status.join(',') }),
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
  const sealer = createSealer(parseDataKeys(config.dataKeys));
  await store.open();
  const load = async (id: string): Promise<StoredCall> => {
    const stored = await store.load({ id });
    if (stored === null)
      throw new UsageError(
        `There is no call ${JSON.stringify(id)} in the store, or it was pruned. hookswitch calls list shows which there are.`,
      );
    return stored;
  };
  return {
    async list({ number, ...filter }) {
      const problem = number === undefined ? null : numberProblem(number, showNumbers);
      if (problem !== null) throw new UsageError(problem);
      const page = await store.list({ ...filter, ...(number === undefined ? {} : numberFilter(number, showNumbers)) });
      return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
    },
    async show(id) {
      const { call, journal } = await load(id);
      const [turns, rows] = await Promise.all([store.turns(id), callTimeline(store, call)]);
      return { call: viewCall(call, showNumbers), timeline: viewTimeline(call, turns, journal, rows, showNumbers) };
    },
    journal: async (id) => exportJournal(await load(id), sealer, showNumbers),
    close: () => store.close(),
  };
}
