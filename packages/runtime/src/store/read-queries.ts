import type { CheckedFilter } from './check-filter.ts';
import { CALL_COLUMNS, type Value } from './call-row.ts';
import { LIVE, literals, OPEN, UNNUMBERED } from './status-groups.ts';
import { toStored } from './stored-text.ts';

/** SQL in the words that SQLite and Postgres share. Each parameter, `$1` and on, stands in the text once and in order, so that `?` can replace it. */
export interface Query {
  readonly text: string;
  readonly values: readonly Value[];
}

const TURN_COLUMNS = 'turns.turn, turns.event_id, turns.event, turns.answer, turns.at';

/** What both stores read with, their tables being named by `table`. Texts among the values must have gone through `toStored`. */
export function readQueries(table: (name: string) => string) {
  const calls = `${table('calls')} AS calls`;
  const columns = CALL_COLUMNS.map((name) => `calls.${name}`).join(', ');
  const turns = `SELECT ${TURN_COLUMNS} FROM ${table('turns')} AS turns WHERE turns.call = (SELECT number FROM ${calls} WHERE calls.id = $1)`;
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
    /** One row more than the page has, where there is one. */
    list: (filter: CheckedFilter): Query => listQuery(calls, columns, filter),
  };
}

function listQuery(calls: string, columns: string, filter: CheckedFilter): Query {
  const { flow, site, status, startedAfter, startedBefore, digits, wholeNumber, after, limit } = filter;
  const values: Value[] = [];
  const conditions: string[] = [];
  const add = (condition: string, ...given: Value[]): void => {
    conditions.push(condition.replace(/\?/g, () => `$${values.push(given.shift() ?? null)}`));
  };
  if (flow !== undefined) add('flow = ?', toStored(flow));
  if (site !== undefined) add('(site = ? OR last_site = ?)', toStored(site), toStored(site));
  if (status?.every((one) => OPEN.includes(one)) === true) add(`status IN (${literals(OPEN)})`);
  if (status !== undefined) add(`status IN (${status.map(() => '?').join(', ') || 'NULL'})`, ...status);
  if (startedAfter !== undefined) add('started_at >= ?', startedAfter);
  if (startedBefore !== undefined) add('started_at < ?', startedBefore);
  if (digits !== '' && wholeNumber) {
    const either = [digits, `+${digits}`];
    add('(from_number IN (?, ?) OR to_number IN (?, ?))', ...either, ...either);
  } else if (digits !== '') add('(from_number LIKE ? OR to_number LIKE ?)', `%${digits}%`, `%${digits}%`);
  if (after !== null) add('(started_at, number) < (?, ?)', after.startedAt, after.number);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  values.push(limit + 1);
  return {
    text: `SELECT ${columns}, calls.number FROM ${calls}${where} ORDER BY started_at DESC, number DESC LIMIT $${values.length}`,
    values,
  };
}

function withoutPlus(number: string): string {
  return number.replace(/^\++/, '');
}
