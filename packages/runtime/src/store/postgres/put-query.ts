import { slotOf } from '../due-slot.ts';
import type { InboxRow, PutOptions } from '../store.ts';
import { toStored } from '../stored-text.ts';
import { type Column, type Locked, Parameters, type Statement } from './parameters.ts';
import { touching } from './touches.ts';

/** A webhook that is to be kept. */
export interface Put {
  readonly row: InboxRow;
  readonly seen: PutOptions['seen'];
}

/**
 * Keeps webhooks of different sessions that wait for no call. What they note on calls is part of the same change, so that one whose call somebody has locked is left out
 * or waits as a whole. Calls are locked before the first row is added, here as in `waitQuery`: nobody waits for a call and holds a row that its holder may wait for.
 * The answer has `outcome` by `place`.
 */
export function putQuery(table: (name: string) => string, puts: readonly Put[], locked: Locked): Statement {
  const parameters = new Parameters();
  const seen = puts.some((put) => put.seen !== undefined);
  const parts = [
    `asked AS MATERIALIZED (SELECT * FROM ${parameters.table('asked', [...rowColumns(puts), ...(seen ? seenColumns(puts) : [])])})`,
    seen
      ? `held AS MATERIALIZED (SELECT asked.place FROM asked, LATERAL (
      SELECT FROM ${table('calls')} AS calls WHERE calls.id = asked.call FOR NO KEY UPDATE${locked === 'skip' ? ' SKIP LOCKED' : ''}) AS stored),
    given AS MATERIALIZED (SELECT * FROM asked WHERE asked.call IS NULL OR asked.place IN (SELECT place FROM held)
      OR NOT EXISTS (SELECT FROM ${table('calls')} AS calls WHERE calls.id = asked.call OFFSET 0))`
      : 'given AS (SELECT * FROM asked)',
    `added AS (INSERT INTO ${table('inbox')} AS inbox (sub_account_id, session_id, kind, digest, at, data, pending)
      SELECT given.account, given.session, given.kind, given.digest, given.at, given.data, false FROM given
      ORDER BY given.place ON CONFLICT DO NOTHING RETURNING sub_account_id, session_id)`,
    'stored AS (SELECT given.* FROM given JOIN added ON added.session_id = given.session AND added.sub_account_id = given.account)',
    ...(seen ? [`touched AS (${touching(table, 'stored AS given', locked)})`] : []),
  ];
  const text = `WITH ${parts.join(',\n')}
    SELECT place, CASE WHEN place IN (SELECT place FROM stored) THEN 'stored' ELSE 'present' END AS outcome FROM given`;
  return { text, values: parameters.values };
}

/** The same for webhooks that wait for a call, by a function of the schema, which locks their sessions and looks whether they are calls by now. */
export function waitQuery(table: (name: string) => string, puts: readonly Put[]): Statement {
  const parameters = new Parameters();
  const seen = puts.some((put) => put.seen !== undefined);
  const calls = seen ? puts.map((put) => (put.seen === undefined ? null : toStored(put.seen.callId))) : [];
  const arrays = [
    ...rowColumns(puts).map(([, type, values]) => `${parameters.add(values)}::${type}[]`),
    `${parameters.add(calls)}::text[]`,
  ];
  const kept = `SELECT place, outcome FROM ${table('inbox_wait')}(${arrays.join(', ')})`;
  if (!seen) return { text: kept, values: parameters.values };
  const text = `WITH kept AS MATERIALIZED (${kept}),
    given AS (SELECT asked.* FROM ${parameters.table('asked', seenColumns(puts))} WHERE asked.place IN (SELECT place FROM kept WHERE outcome = 'stored')),
    touched AS (${touching(table, 'given', 'wait')})
    SELECT place, outcome FROM kept`;
  return { text, values: parameters.values };
}

function rowColumns(puts: readonly Put[]): Column[] {
  return [
    ['account', 'text', puts.map(({ row }) => toStored(row.subAccountId))],
    ['session', 'text', puts.map(({ row }) => toStored(row.sessionId))],
    ['kind', 'text', puts.map(({ row }) => toStored(row.kind))],
    ['digest', 'text', puts.map(({ row }) => toStored(row.digest))],
    ['at', 'bigint', puts.map(({ row }) => row.at)],
    ['data', 'text', puts.map(({ row }) => toStored(row.data))],
  ];
}

function seenColumns(puts: readonly Put[]): Column[] {
  return [
    ['call', 'text', puts.map(({ seen }) => (seen === undefined ? null : toStored(seen.callId)))],
    ['seen_at', 'bigint', puts.map(({ seen }) => seen?.seenAt ?? null)],
    ['due_at', 'bigint', puts.map(({ seen }) => seen?.dueAt ?? null)],
    ['due_slot', 'bigint', puts.map(({ seen }) => slotOf(seen?.dueAt ?? null))],
  ];
}
