import { auditQueries } from '../audit-queries.ts';
import { overrideQueries } from '../override-queries.ts';
import { CALL_COLUMNS, type Query } from '../call-row.ts';
import { countQueries } from '../count-queries.ts';
import { readQueries } from '../read-queries.ts';
import { SEPARATOR } from '../stored-text.ts';

const load = `SELECT ${CALL_COLUMNS.map((name) => `calls.${name}`).join(', ')}, (SELECT string_agg(data, CAST($1 AS text)) FROM
  (SELECT data FROM journal WHERE journal.call = calls.number ORDER BY position) AS ordered) AS journal FROM calls`;

/** What the SQLite store reads with. Texts among the values must have gone through `toStored`. */
export const QUERIES = {
  ...readQueries((table) => table),
  audit: auditQueries((table) => table),
  counts: countQueries((table) => table),
  overrides: overrideQueries((table) => table),
  /** The call's columns, and its journal as one text. */
  loadById: (id: string): Query => ({ text: `${load} WHERE calls.id = $2`, values: [SEPARATOR, id] }),
  loadBySession: (subAccountId: string, sessionId: string): Query => ({
    text: `${load} WHERE calls.session_id = $2 AND calls.sub_account_id = $3`,
    values: [SEPARATOR, sessionId, subAccountId],
  }),
  inbox: (subAccountId: string, sessionId: string): Query => ({
    text: `SELECT sub_account_id, session_id, kind, digest, at, data, pending FROM inbox WHERE session_id = $1 AND sub_account_id = $2 ORDER BY number`,
    values: [sessionId, subAccountId],
  }),
  /** In the order of insertion. */
  timeline: (id: string): Query => ({ text: 'SELECT at, kind, data FROM timeline WHERE call_id = $1 ORDER BY rowid', values: [id] }),
};
