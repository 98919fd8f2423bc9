import { StoreUnavailableError } from '../../../errors/store-unavailable-error.ts';
import {
  checkCampaign,
  checkCampaignChange,
  checkCaps,
  checkEnd,
  checkLane,
  checkRecipients,
  checkStops,
  demandRows,
  intervalOf,
} from '../../outbound/check-outbound.ts';
import { attemptId, type CampaignRow, type RecipientRow, toCampaign, toRecipient } from '../../outbound/outbound-rows.ts';
import type { AttemptState, Dial, OutboundStore, StaleWindow } from '../../outbound/outbound-store.ts';
import { fromStored } from '../../stored-text.ts';
import type { PostgresConnections } from '../connections.ts';
import { isRace } from '../failure.ts';
import type { Statement } from '../parameters.ts';
import { attemptQueries } from './attempt-queries.ts';
import { campaignQueries } from './campaign-queries.ts';
import { claimQuery, paceQuery } from './claim-query.ts';
import { endQuery, suppressQuery } from './end-query.ts';
import { moment } from './moment.ts';
import { postgresReports, type SuppressionRow, toSuppression } from './postgres-reports.ts';

/** How often a statement is sent that has met others: transactions that waited for each other, or an isolation level that forbids it. Nothing has happened then. */
const TRIES = 5;
/** Recipients that are deleted in one transaction. */
const STEP = 500;

interface DialRow {
  readonly verdict: Dial['verdict'];
  readonly valid_until: number | null;
  readonly free_at: number | null;
}

interface Overdue {
  readonly id: string;
  readonly state: AttemptState;
  readonly campaign: string;
  readonly dials: number;
  readonly attempts: number;
}

/** Campaigns of the Postgres store: each method is one statement, and the database's clock is the one that counts. `opened` gives the connections, or throws. */
export function postgresOutbound(opened: (operation: string) => PostgresConnections, table: (name: string) => string): OutboundStore {
  const campaigns = campaignQueries(table);
  const attempts = attemptQueries(table);
  // What is “rare” is planned each time: a plan that was kept since the tables were empty would read all of them once a million people are in there.

  const read = async <Row>(operation: string, statement: Statement, rare = false): Promise<Row[]> =>
    opened(`outbound.${operation}`).query<Row>({ operation: `outbound.${operation}`, ...statement, rare });

  const write = async <Row>(name: string, statement: Statement, rare = false): Promise<Row[]> => {
    const operation = `outbound.${name}`;
    for (let tries = 1; ; tries++) {
      try {
        return await opened(operation).query<Row>({ operation, ...statement, outcome: 'unknown', rare });
      } catch (error) {
        if (tries === TRIES || !(error instanceof StoreUnavailableError) || !isRace(error.cause)) throw error;
      }
    }
  };
  const count = async (name: string, statement: Statement): Promise<number> =>
    (await write<{ count: number }>(name, statement, true))[0]?.count ?? 0;

  return {
    ...postgresReports({ table, read, write }),
    now: async () => (await read<{ now: number }>('now', { text: `SELECT ${moment('$1')} AS now`, values: [null] }))[0]?.now ?? 0,
    putLane: async (lane) => {
      checkLane('putLane', lane);
      await write('putLane', campaigns.putLane(lane));
    },
    lanes: async () => {
      const rows = await read<{ id: string; slots: number; per_second: string; open: number }>('lanes', campaigns.lanes());
      return rows.map(({ id, slots, per_second, open }) => ({ id: fromStored(id), slots, perSecond: Number(per_second), open }));
    },
    addCampaign: async (campaign) => {
      checkCampaign(campaign);
      const [row] = await write<{ lanes: number; added: number }>('addCampaign', campaigns.addCampaign(campaign));
      return row?.lanes === 1 ? (row.added === 1 ? 'added' : 'present') : 'unknown-lane';
    },
    campaign: async (id) => {
      const [row] = await read<CampaignRow>('campaign', campaigns.campaign(id));
      return row === undefined ? null : toCampaign(row);
    },
    campaigns: async () => (await read<CampaignRow>('campaigns', campaigns.campaigns())).map(toCampaign),
    changeCampaign: async (id, change, from) => {
      checkCampaignChange(change);
      const [row] = await write<{ changed: number }>('changeCampaign', campaigns.changeCampaign(id, change, from));
      return row?.changed === 1;
    },
    addRecipients: async (campaign, rows) => {
      checkRecipients(rows);
      const added = await write<{ added: number }>('addRecipients', campaigns.addRecipients(campaign, rows));
      return added[0]?.added ?? 0;
    },
    staleWindows: async (now, limit) => {
      const rows = await read<StaleWindow>('staleWindows', campaigns.staleWindows(now, limit));
      return rows.map(({ campaign, zone }) => ({ campaign: fromStored(campaign), zone: fromStored(zone) }));
    },
    setWindow: async (campaign, zone, window) => {
      await write('setWindow', campaigns.setWindow(campaign, zone, window));
    },
    claim: async (request, now) => {
      checkCaps('claim', request.caps);
      const rows = await write<RecipientRow>('claim', claimQuery(table, request, now), true);
      return rows.map((row) => ({ attempt: attemptId(request.campaign, row.number, row.attempts), recipient: toRecipient(row) }));
    },
    pace: async (request, now) => {
      const [permits] = await write<{ at: number; step: number; count: number }>('pace', paceQuery(table, request, now));
      return permits ?? { at: (now ?? 0) * 1_000, step: intervalOf(1), count: 0 };
    },
    dial: async (request, now) => {
      checkCaps('dial', request.caps);
      const [row] = await write<DialRow>('dial', attempts.dial(request, now));
      return toDial(row);
    },
    placed: async (attempt, patience, now) => (await write('placed', attempts.placed(attempt, patience, now))).length > 0,
    unknown: async (attempt) => (await write('unknown', attempts.unknown(attempt))).length > 0,
    end: async (end, now) => {
      checkEnd('end', end);
      const [row] = await write<{ corrected: number }>('end', endQuery(table, end, now));
      return row === undefined ? 'known' : row.corrected === 1 ? 'corrected' : 'ended';
    },
    overdue: async (now, limit) => {
      const rows = await read<Overdue>('overdue', attempts.overdue(now, limit));
      return rows.map(({ id, ...rest }) => ({ attempt: fromStored(id), ...rest }));
    },
    expire: (now, limit) => count('expire', attempts.expire(now, limit)),
    suppress: async (stops, now) => {
      checkStops('suppress', stops);
      if (stops.length === 0) opened('outbound.suppress');
      const underWay = stops.length === 0 ? [] : await write<{ id: string }>('suppress', suppressQuery(table, stops, now), true);
      return underWay.map(({ id }) => fromStored(id));
    },
    unsuppress: async (stop) => (await write('unsuppress', attempts.unsuppress(stop))).length > 0,
    suppressions: async ({ after, limit }) => {
      demandRows('suppressions.limit', limit, 1);
      return (await read<SuppressionRow>('suppressions', attempts.suppressions(after, limit))).map(toSuppression);
    },
    erase: async (person, now) => (await write('erase', attempts.erase(person, now), true)).length,
    prune: async (endedBefore, limit) => {
      let pruned = 0;
      for (let more = true; more && pruned < limit;) {
        const step = Math.min(STEP, limit - pruned);
        const gone = await count('prune', attempts.prune(endedBefore, step));
        pruned += gone;
        more = gone === step;
      }
      return pruned;
    },
  };
}

function toDial(row: DialRow | undefined): Dial {
  const { verdict, valid_until, free_at } = row ?? { verdict: 'gone', valid_until: null, free_at: null };
  if (verdict === 'granted') return { verdict, validUntil: valid_until ?? 0 };
  return verdict === 'busy' || verdict === 'capped' ? { verdict, freeAt: free_at ?? 0 } : { verdict };
}
