import type { CheckedFilter } from './check-filter.ts';
import { CALL_COLUMNS, type Query } from './call-row.ts';
import { countQuery, listQuery } from './list-query.ts';
import { LIVE, literals, OPEN, UNNUMBERED } from './status-groups.ts';

const TURN_COLUMNS = 'turns.turn, turns.event_id, turns.event, turns.answer, turns.at';

/** What both stores read with, their tables being named by `table`. Texts among the values must have gone through `toStored`. */
export function readQueries(table: (name: string) => string) {
  const calls = `${table('calls')} AS calls`;
  const columns = CALL_COLUMNS.map((name) => `calls.${name}`).join(', ');
  const turns = `SELECT ${TURN_COLUMNS} FROM ${table('turns')} AS turns WHERE turns.call = (SELECT number FROM ${calls} WHERE calls.id = $1)`;
  const signals = `SELECT number, name, key, digest, at, data FROM ${table('signals')} AS signals
    WHERE signals.call = (SELECT number FROM ${calls} WHERE calls.id = $1)`;
  const unnumbered = `SELECT ${columns} FROM ${calls} WHERE session_id IS NULL AND status IN (${literals(UNNUMBERED)})
    AND sub_account_id = $1 AND ltrim(from_number, '+') = $2 AND ltrim(to_number, '+') = $3 ORDER BY started_at, number`;
  const byRequest = `SELECT ${columns} FROM ${calls} WHERE client_request_id = $1 AND sub_account_id = $2`;
  const counts = `SELECT flow, flow_version, site, count(*) AS count FROM ${calls}
    WHERE status IN (${literals(OPEN)}) AND status IN (${literals(LIVE)}) GROUP BY flow, flow_version, site`;

  return {
    turn: (id: string, turn: number): Query => ({ text: `${turns} AND turns.turn = $2`, values: [id, turn] }),
    turns: (id: string): Query => ({ text: `${turns} ORDER BY turns.turn`, values: [id] }),
    /** From the last turn back: a second delivery mostly comes on the heels of the first. */
    turnOfEvent: (id: string, eventId: string): Query => ({
      text: `${turns} AND turns.event_id = $2 ORDER BY turns.turn DESC LIMIT 1`,
      values: [id, eventId],
    }),
    signals: (id: string): Query => ({ text: `${signals} AND signals.data IS NOT NULL ORDER BY signals.number`, values: [id] }),
    signalOfKey: (id: string, key: string): Query => ({
      text: `${signals} AND signals.key = $2 ORDER BY signals.number LIMIT 1`,
      values: [id, key],
    }),
    due: (slot: number | null, now: number, limit: number): Query => ({
      text: `SELECT calls.id FROM ${calls} WHERE due_slot <= $1 AND due_at <= $2 ORDER BY due_at LIMIT $3`,
      values: [slot, now, limit],
    }),
    byClientRequestId: (subAccountId: string, clientRequestId: string): Query => ({
      text: byRequest,
      values: [clientRequestId, subAccountId],
    }),
    unnumbered: (subAccountId: string, from: string, to: string): Query => ({
      text: unnumbered,
      values: [subAccountId, withoutPlus(from), withoutPlus(to)],
    }),
    liveCounts: (): Query => ({ text: counts, values: [] }),
    list: (filter: CheckedFilter): Query => listQuery(table, columns, filter),
    countCalls: (filter: CheckedFilter): Query => countQuery(table, filter),
  };
}

function withoutPlus(number: string): string {
  return number.replace(/^\++/, '');
}
