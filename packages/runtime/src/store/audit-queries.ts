import { type AuditBounds, type AuditPage, type AuditRow, REFUSED } from './audit-row.ts';
import type { CheckedAuditFilter } from './check-audit.ts';
import type { Query, Value } from './call-row.ts';
import { writeCursor } from './check-filter.ts';
import { fromStored, fromStoredOrNull, toStored, toStoredOrNull } from './stored-text.ts';

/** A row of `audit`. */
export interface StoredAuditRow {
  readonly number: number;
  readonly id: string;
  readonly at: number;
  readonly label: string;
  readonly role: string;
  readonly action: string;
  readonly call_id: string | null;
  readonly flow: string | null;
  readonly to_number: string | null;
  readonly result: number | null;
  readonly request_id: string | null;
  readonly detail: string | null;
}

const COLUMNS = [
  'id',
  'at',
  'label',
  'role',
  'action',
  'call_id',
  'flow',
  'to_number',
  'result',
  'request_id',
  'detail',
  'refused',
] as const;

/** What SQLite and Postgres keep the audit list with, in the words that both share. `table` names the tables. */
export function auditQueries(table: (name: string) => string) {
  const audit = `${table('audit')} AS audit`;
  const columns = `number, ${COLUMNS.filter((name) => name !== 'refused').join(', ')}`;
  const put = `INSERT INTO ${audit} (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${COLUMNS.slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`;
  const some = (condition: string): string =>
    `DELETE FROM ${table('audit')} WHERE number IN (SELECT number FROM ${audit} WHERE ${condition} LIMIT $2) RETURNING number`;
  const beyond = (refused: 0 | 1): string =>
    some(
      `refused = ${refused} AND number <= (SELECT number FROM ${audit} WHERE refused = ${refused} ORDER BY number DESC LIMIT 1 OFFSET $1) ORDER BY number`,
    );

  return {
    put: (row: AuditRow): Query => ({ text: put, values: valuesOf(row) }),
    one: (id: string): Query => ({ text: `SELECT ${columns} FROM ${audit} WHERE id = $1`, values: [toStored(id)] }),
    /** One row more than the page has, where there is one. */
    list: (filter: CheckedAuditFilter): Query => listQuery(audit, columns, filter),
    /** Each deletes up to `limit` entries, and gives their numbers. */
    prune: ({ before, keep }: AuditBounds) =>
      [
        { text: some('at < $1 ORDER BY at'), first: before },
        { text: beyond(0), first: keep },
        { text: beyond(1), first: keep },
      ].map(({ text, first }) => (limit: number): Query => ({ text, values: [first, limit] })),
  };
}

function listQuery(audit: string, columns: string, filter: CheckedAuditFilter): Query {
  const { label, action, callId, flow, after, before, place, limit } = filter;
  const values: Value[] = [];
  const add = (condition: string, ...given: Value[]): string => condition.replace(/\?/g, () => `$${values.push(given.shift() ?? null)}`);
  const texts = Object.entries({ label, action, call_id: callId, flow }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const conditions = [
    ...texts.map(([name, text]) => add(`${name} = ?`, toStored(text))),
    ...(after === undefined ? [] : [add('at >= ?', after)]),
    ...(before === undefined ? [] : [add('at < ?', before)]),
    ...(place === null ? [] : [add('(at, number) < (?, ?)', place.startedAt, place.number)]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  values.push(limit + 1);
  return { text: `SELECT ${columns} FROM ${audit}${where} ORDER BY at DESC, number DESC LIMIT $${values.length}`, values };
}

function valuesOf(row: AuditRow): Value[] {
  return [
    toStored(row.id),
    row.at,
    toStored(row.label),
    toStored(row.role),
    toStored(row.action),
    toStoredOrNull(row.callId),
    toStoredOrNull(row.flow),
    toStoredOrNull(row.to),
    row.result,
    toStoredOrNull(row.requestId),
    toStoredOrNull(row.detail),
    row.result === REFUSED ? 1 : 0,
  ];
}

/** A page from the rows of `list`, of which there is one more than the page holds where the page is not the last. */
export function toAuditPage(rows: readonly StoredAuditRow[], { limit }: CheckedAuditFilter): AuditPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const cursor = last === undefined || rows.length <= limit ? null : writeCursor({ startedAt: last.at, number: last.number });
  return { entries: page.map(toAuditRow), cursor };
}

/** The entry that a row holds. */
export function toAuditRow(row: StoredAuditRow): AuditRow {
  return {
    id: fromStored(row.id),
    at: row.at,
    label: fromStored(row.label),
    role: fromStored(row.role),
    action: fromStored(row.action),
    callId: fromStoredOrNull(row.call_id),
    flow: fromStoredOrNull(row.flow),
    to: fromStoredOrNull(row.to_number),
    result: row.result,
    requestId: fromStoredOrNull(row.request_id),
    detail: fromStoredOrNull(row.detail),
  };
}
