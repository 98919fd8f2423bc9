import { CALL_COLUMNS } from '../call-row.ts';
import { type LoadedRow, toStoredCall } from '../rows.ts';
import type { CallKey, StoredCall } from '../store.ts';
import { SEPARATOR, toStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { Parameters, type Statement } from './parameters.ts';

/** What a call is found by: its id, or subaccount and session. */
type Keys = 'id' | 'session';

/** Reads calls with their journals, those that are asked for together in one statement. `timeout` in ms. */
export function loads(connections: PostgresConnections, table: (name: string) => string, timeout: number) {
  const by = (keys: Keys): Batches<CallKey, StoredCall | null> => {
    const together = async (asked: readonly CallKey[], deadline: number): Promise<(StoredCall | null)[]> => {
      const rows = await connections.query<LoadedRow & { readonly place: number }>({
        operation: 'load',
        ...loadQuery(table, keys, asked),
        deadline,
      });
      const found = new Map(rows.map((row) => [row.place, toStoredCall(row)]));
      return asked.map((_, index) => found.get(index + 1) ?? null);
    };
    return new Batches(timeout, { together }, connections.now);
  };
  const [byId, bySession] = [by('id'), by('session')];
  return {
    load: (key: CallKey): Promise<StoredCall | null> => ('id' in key ? byId : bySession).add(key),
    settled: (): Promise<unknown> => Promise.all([byId.settled(), bySession.settled()]),
  };
}

/** Each call's columns, its journal as one text, and the `place` of its key, from 1. OFFSET keeps Postgres from joining, which may be done by reading all calls. */
export function loadQuery(table: (name: string) => string, keys: Keys, asked: readonly CallKey[]): Statement {
  const parameters = new Parameters();
  const journal = `(SELECT string_agg(data, ${parameters.add(SEPARATOR)}::text) FROM
    (SELECT data FROM ${table('journal')} AS journal WHERE journal.call = calls.number ORDER BY position) AS ordered) AS journal`;
  const given =
    keys === 'id'
      ? parameters.table('given', [['id', 'text', asked.map((key) => ('id' in key ? toStored(key.id) : null))]])
      : parameters.table('given', [
          ['account', 'text', asked.map((key) => ('id' in key ? null : toStored(key.subAccountId)))],
          ['session', 'text', asked.map((key) => ('id' in key ? null : toStored(key.sessionId)))],
        ]);
  const where = keys === 'id' ? 'calls.id = given.id' : 'calls.session_id = given.session AND calls.sub_account_id = given.account';
  const text = `SELECT given.place, stored.* FROM ${given}, LATERAL (
    SELECT ${CALL_COLUMNS.map((name) => `calls.${name}`).join(', ')}, ${journal} FROM ${table('calls')} AS calls WHERE ${where} OFFSET 0) AS stored`;
  return { text, values: parameters.values };
}
