import { ATTEMPT_COLUMNS, conditionsOf, RECIPIENT_COLUMNS } from '../../outbound/outbound-rows.ts';
import type { ImportRow } from '../../outbound/outbound-reports.ts';
import type { RecipientQuery } from '../../outbound/outbound-store.ts';
import { toStored } from '../../stored-text.ts';
import { Parameters, type Statement } from '../parameters.ts';

/** What operators look at of campaigns in Postgres: a statement each. */
export function reportQueries(table: (name: string) => string) {
  const column = (name: string): string => (name === 'given_up' || name === 'corrected' ? `a.${name}::integer` : `a.${name}`);
  const attempts = `SELECT ${ATTEMPT_COLUMNS.map(column).join(', ')} FROM ${table('attempts')} AS a`;
  return {
    recipients: (campaign: string, { after, limit, find }: RecipientQuery): Statement => {
      const parameters = new Parameters();
      const id = parameters.add(toStored(campaign));
      // A literal state is what the partial index of outcomes asks for; the index of states is one of an expression.
      const state = find !== undefined && 'state' in find ? "(r.state || '')" : 'r.state';
      const also = conditionsOf(find).map(([column, value]) =>
        column === 'state' ? ` AND ${state} = '${value}'` : ` AND r.${column} = ${parameters.add(value)}`,
      );
      const text = `SELECT ${RECIPIENT_COLUMNS.map((name) => `r.${name}`).join(', ')} FROM ${table('recipients')} AS r
        WHERE r.campaign = ${id}${also.join('')} AND r.number > ${parameters.add(after ?? 0)} ORDER BY r.number LIMIT ${parameters.add(limit + 1)}`;
      return { text, values: parameters.values };
    },
    recipientCounts: (campaign: string): Statement => ({
      text: `SELECT zone, state, outcome, sum(count)::bigint AS count FROM ${table('recipient_counts')} WHERE campaign = $1 GROUP BY 1, 2, 3 HAVING sum(count) > 0`,
      values: [toStored(campaign)],
    }),
    attemptCounts: (campaign: string, { from, to }: { readonly from: number; readonly to: number }): Statement => ({
      text: `SELECT hour, outcome, sum(count)::bigint AS count FROM ${table('attempt_counts')}
        WHERE campaign = $1 AND hour >= $2::bigint AND hour < $3::bigint GROUP BY 1, 2 HAVING sum(count) > 0`,
      values: [toStored(campaign), from, to],
    }),
    attempts: (recipient: number): Statement => ({ text: `${attempts} WHERE a.recipient = $1 ORDER BY a.n`, values: [recipient] }),
    openAttempts: (campaign: string, limit: number): Statement => ({
      text: `${attempts} WHERE a.lane = (SELECT c.lane FROM ${table('campaigns')} AS c WHERE c.id = $1) AND a.campaign = $1 AND a.ended_at IS NULL
        ORDER BY a.due_at LIMIT $2`,
      values: [toStored(campaign), limit],
    }),
    windows: (campaign: string): Statement => ({
      text: `SELECT w.zone, w.opens_at, w.closes_at, (SELECT min(first.due_at) FROM (VALUES (0), (1), (2)) AS ranks (rank), LATERAL (
          SELECT r.due_at FROM ${table('recipients')} AS r WHERE r.campaign = w.campaign AND r.zone = w.zone AND r.rank = ranks.rank AND r.state = 'waiting'
          ORDER BY r.due_at LIMIT 1) AS first) AS due_at
        FROM ${table('windows')} AS w WHERE w.campaign = $1 ORDER BY w.zone`,
      values: [toStored(campaign)],
    }),
    suppressed: (people: readonly string[]): Statement => ({
      text: `SELECT p.person, array_to_json(p.stops)::text AS scopes, p.stopped_at FROM unnest($1::text[]) AS wanted (person), LATERAL (
          SELECT who.person, who.stops, who.stopped_at FROM ${table('people')} AS who WHERE who.person = wanted.person COLLATE "C" LIMIT 1) AS p
        WHERE p.stops <> '{}'`,
      values: [[...new Set(people.map(toStored))]],
    }),
    putImport: (campaign: string, { name, at, data }: ImportRow): Statement => ({
      text: `INSERT INTO ${table('imports')} (campaign, name, at, data) SELECT c.id, $2, $3::bigint, $4 FROM ${table('campaigns')} AS c WHERE c.id = $1
        ON CONFLICT (campaign, name) DO UPDATE SET at = excluded.at, data = excluded.data`,
      values: [toStored(campaign), toStored(name), at, toStored(data)],
    }),
    imports: (campaign: string): Statement => ({
      text: `SELECT name, at, data FROM ${table('imports')} WHERE campaign = $1 ORDER BY at DESC, name`,
      values: [toStored(campaign)],
    }),
    known: (campaign: string): Statement => ({
      text: `SELECT number FROM ${table('campaigns')} WHERE id = $1`,
      values: [toStored(campaign)],
    }),
    /** Waits for last looks in progress, as every change of a campaign does. */
    beginDelete: (campaign: string): Statement => ({
      text: `SELECT ${table('outbound_change')}($1, ARRAY['draft', 'deleting'], 'deleting', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::integer AS changed`,
      values: [toStored(campaign)],
    }),
    deleteSome: (campaign: string, limit: number): Statement => ({
      text: `WITH gone AS MATERIALIZED (SELECT r.number FROM ${table('recipients')} AS r
          WHERE r.campaign = (SELECT c.id FROM ${table('campaigns')} AS c WHERE c.id = $1 AND c.status = 'deleting') ORDER BY r.number LIMIT $2),
        deleted AS (DELETE FROM ${table('recipients')} WHERE number = ANY (ARRAY(SELECT number FROM gone)))
        SELECT count(*) AS count FROM gone`,
      values: [toStored(campaign), limit],
    }),
    deleteRest: (campaign: string): Statement => ({
      text: `WITH gone AS (DELETE FROM ${table('campaigns')} WHERE id = $1 AND status = 'deleting' RETURNING id),
        windows AS (DELETE FROM ${table('windows')} WHERE campaign IN (SELECT id FROM gone)),
        imports AS (DELETE FROM ${table('imports')} WHERE campaign IN (SELECT id FROM gone)),
        paces AS (DELETE FROM ${table('paces')} WHERE id IN (SELECT 'campaign/' || id FROM gone)),
        attempts AS (DELETE FROM ${table('attempt_counts')} WHERE campaign IN (SELECT id FROM gone))
        DELETE FROM ${table('recipient_counts')} WHERE campaign IN (SELECT id FROM gone)`,
      values: [toStored(campaign)],
    }),
  };
}
