import { type JournalFile, readJournalFile } from '@hookswitch/dsl';
import { type CallView, STATUSES } from '@hookswitch/runtime/inside';
import { ServerRefusedError } from '../errors/server-refused-error.ts';
import type { ServerApi } from '../server-api.ts';
import { type CallPage, type GateSource, type ListedCall, type OldChart, OPEN_STATUSES } from './gate-source.ts';

const OPEN = OPEN_STATUSES.join(',');
const PAST = STATUSES.filter((status) => !OPEN_STATUSES.includes(status)).join(',');
const PAGE = 500;
const GONE = 404;

/** The calls of a running server: all open ones, and those that began since `since`. */
export function serverSource(api: ServerApi, since: number): GateSource {
  return {
    name: api.url,
    async *pages() {
      yield* listed(api, { status: OPEN }, true);
      yield* listed(api, { status: PAST, startedAfter: new Date(since).toISOString() }, false);
    },
    journal: (id) => unlessGone(async () => readJournalFile(JSON.stringify(await api.journal(id)), `call ${id}`)),
    oldChart: (flow) => chartOf(api, flow),
  };
}

async function* listed(
  api: ServerApi,
  query: { readonly status: string; readonly startedAfter?: string },
  isOpen: boolean,
): AsyncGenerator<CallPage> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<ServerApi['list']>> = await api.list({ ...query, limit: PAGE, ...(cursor === '' ? {} : { cursor }) });
    yield { calls: page.calls.map((call) => listedCall(call, isOpen)), broken: [] };
    cursor = page.cursor;
  }
}

function listedCall({ id, flow, flowVersion, site, lastSite, endedBy, status }: CallView, isOpen: boolean): ListedCall {
  return { id, isOpen, flow, flowVersion, arrow: `${lastSite ?? site} ${endedBy ?? status}` };
}

async function unlessGone(read: () => Promise<JournalFile>): Promise<JournalFile | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServerRefusedError && error.status === GONE) return null;
    throw error;
  }
}

async function chartOf(api: ServerApi, flow: string): Promise<OldChart> {
  try {
    const { isPending, chart } = await api.flow(flow);
    if (isPending || chart.sites.length === 0)
      return { why: `The server has not explored "${flow}", so that its chart can't be compared.` };
    return { chart };
  } catch (error) {
    if (!(error instanceof ServerRefusedError) || error.status !== GONE) throw error;
    return {
      why:
        error.error === 'flow'
          ? `The server does not have "${flow}" yet.`
          : `The server has no console, which tells charts, so that the one of "${flow}" can't be compared.`,
    };
  }
}
