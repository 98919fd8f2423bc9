import { checkHours, checkImport, demandRows } from '../../outbound/check-outbound.ts';
import {
  type AttemptRow,
  type RecipientCountRow,
  type RecipientRow,
  toAttempt,
  toRecipientCount,
  toRecipientPage,
  toZoneWindow,
  type WindowRow,
} from '../../outbound/outbound-rows.ts';
import type { AttemptCount, ImportRow, OutboundReports } from '../../outbound/outbound-reports.ts';
import type { OutboundStore, Suppression } from '../../outbound/outbound-store.ts';
import { fromStored } from '../../stored-text.ts';
import type { Statement } from '../parameters.ts';
import { reportQueries } from './report-queries.ts';

/** Recipients that are deleted in one transaction. */
const STEP = 500;

/** How a Postgres store reads and writes. */
export interface PostgresWork {
  readonly table: (name: string) => string;
  /** A `rare` statement is planned each time. */
  read<Row>(operation: string, statement: Statement, rare?: boolean): Promise<Row[]>;
  write<Row>(operation: string, statement: Statement, rare?: boolean): Promise<Row[]>;
}

/** A row of `people` as it is looked at. */
export interface SuppressionRow {
  readonly person: string;
  readonly scopes: string;
  readonly stopped_at: number;
}

export function toSuppression({ person, scopes, stopped_at }: SuppressionRow): Suppression {
  return { person: fromStored(person), scopes: (JSON.parse(scopes) as string[]).map(fromStored), at: stopped_at };
}

/** What operators look at of the campaigns of the Postgres store. */
export function postgresReports({ table, read, write }: PostgresWork): OutboundReports & Pick<OutboundStore, 'recipients'> {
  const queries = reportQueries(table);
  return {
    recipients: async (campaign, page) => {
      demandRows('recipients.limit', page.limit, 1);
      return toRecipientPage(await read<RecipientRow>('recipients', queries.recipients(campaign, page), true), page.limit);
    },
    recipientCounts: async (campaign) =>
      (await read<RecipientCountRow>('recipientCounts', queries.recipientCounts(campaign))).map(toRecipientCount),
    attemptCounts: async (campaign, between) => {
      checkHours(between);
      const rows = await read<AttemptCount>('attemptCounts', queries.attemptCounts(campaign, between));
      return rows.map((row) => ({ ...row, outcome: fromStored(row.outcome) }));
    },
    attempts: async (recipient) => (await read<AttemptRow>('attempts', queries.attempts(recipient))).map(toAttempt),
    openAttempts: async (campaign, limit) => {
      demandRows('openAttempts.limit', limit, 1);
      return (await read<AttemptRow>('openAttempts', queries.openAttempts(campaign, limit))).map(toAttempt);
    },
    windows: async (campaign) => (await read<WindowRow>('windows', queries.windows(campaign))).map(toZoneWindow),
    suppressed: async (people) => {
      demandRows('suppressed', people.length);
      return (await read<SuppressionRow>('suppressed', queries.suppressed(people))).map(toSuppression);
    },
    putImport: async (campaign, row) => {
      checkImport(row);
      await write('putImport', queries.putImport(campaign, row));
    },
    imports: async (campaign) =>
      (await read<ImportRow>('imports', queries.imports(campaign))).map(({ name, at, data }) => ({
        name: fromStored(name),
        at,
        data: fromStored(data),
      })),
    deleteCampaign: async (id) => {
      const [row] = await write<{ changed: number }>('deleteCampaign', queries.beginDelete(id));
      if (row?.changed !== 1) return (await read('deleteCampaign', queries.known(id))).length === 0 ? 'unknown' : 'begun';
      for (let count = STEP; count === STEP;)
        count = (await write<{ count: number }>('deleteCampaign', queries.deleteSome(id, STEP), true))[0]?.count ?? 0;
      await write('deleteCampaign', queries.deleteRest(id), true);
      return 'deleted';
    },
  };
}
