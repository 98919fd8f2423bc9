import { type StoredInboxRow, toInboxRow } from '../rows.ts';
import type { KeptInboxRow } from '../store.ts';
import { toStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { Parameters, type Statement } from './parameters.ts';

/** A session of the platform. */
export interface Session {
  readonly subAccountId: string;
  readonly sessionId: string;
}

/** Reads the inboxes of sessions, those that are asked for together in one statement: each new call looks. `timeout` in ms. */
export function inboxes(
  connections: PostgresConnections,
  table: (name: string) => string,
  timeout: number,
): Batches<Session, readonly KeptInboxRow[]> {
  const together = async (sessions: readonly Session[], deadline: number): Promise<(readonly KeptInboxRow[])[]> => {
    const rows = await connections.query<StoredInboxRow & { readonly place: number }>({
      operation: 'inbox',
      ...inboxesQuery(table, sessions),
      deadline,
    });
    const found = sessions.map((): KeptInboxRow[] => []);
    for (const row of rows) found[row.place - 1]?.push(toInboxRow(row));
    return found;
  };
  return new Batches<Session, readonly KeptInboxRow[]>(timeout, { together }, connections.now);
}

/** Rows in the order of their insertion, with the `place` of their session, from 1. */
export function inboxesQuery(table: (name: string) => string, sessions: readonly Session[]): Statement {
  const parameters = new Parameters();
  const given = parameters.table('given', [
    ['account', 'text', sessions.map(({ subAccountId }) => toStored(subAccountId))],
    ['session', 'text', sessions.map(({ sessionId }) => toStored(sessionId))],
  ]);
  const text = `SELECT given.place, kept.* FROM ${given}, LATERAL (
    SELECT sub_account_id, session_id, kind, digest, at, data, pending::int AS pending, number FROM ${table('inbox')} AS inbox
    WHERE session_id = given.session AND sub_account_id = given.account OFFSET 0) AS kept ORDER BY given.place, kept.number`;
  return { text, values: parameters.values };
}
