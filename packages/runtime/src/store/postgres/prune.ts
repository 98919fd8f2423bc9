import type { PostgresConnections } from './connections.ts';

/** Calls that are deleted in one transaction. */
const STEP = 100;

interface Ended {
  readonly number: number;
  readonly id: string;
  readonly session_id: string | null;
  readonly sub_account_id: string;
}

/**
 * Deletes calls that ended before a time, and then timelines without a call to which nothing was added since; says how many calls. Once no more calls are to go, the inbox
 * rows of that age without a call follow: until then, most old ones have one, and would be looked at in vain each time. Several servers may prune at once: each passes over what another one holds. A row is locked before what belongs to it is deleted, so that nothing is added in between.
 */
export async function prunePostgres(
  connections: PostgresConnections,
  table: (name: string) => string,
  timeout: number,
  endedBefore: number,
  limit: number,
): Promise<number> {
  let pruned = 0;
  for (let more = true; more && pruned < limit;) {
    const step = Math.min(STEP, limit - pruned);
    const count = await connections.transaction('prune', timeout, async (run) => {
      const ended = await run<Ended>(
        `SELECT number, id, session_id, sub_account_id FROM ${table('calls')} WHERE ended_at < $1 ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [endedBefore, step],
      );
      if (ended.length === 0) return 0;
      const numbers = ended.map(({ number }) => number);
      await run(`DELETE FROM ${table('timeline')} WHERE call_id = ANY ($1)`, [ended.map(({ id }) => id)]);
      await run(deleteInbox(table), [ended.map(({ session_id }) => session_id), ended.map(({ sub_account_id }) => sub_account_id)]);
      await run(`DELETE FROM ${table('journal')} WHERE call = ANY ($1)`, [numbers]);
      await run(`DELETE FROM ${table('turns')} WHERE call = ANY ($1)`, [numbers]);
      await run(`DELETE FROM ${table('call_tags')} WHERE call = ANY ($1)`, [numbers]);
      await run(`DELETE FROM ${table('signals')} WHERE call = ANY ($1)`, [numbers]);
      await run(`DELETE FROM ${table('calls')} WHERE number = ANY ($1)`, [numbers]);
      return ended.length;
    });
    pruned += count;
    more = count === step;
  }
  await connections.transaction('prune', timeout, async (run) => {
    const orphans = await run<{ id: string }>(
      `SELECT call_id AS id FROM ${table('orphans')} WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [endedBefore, limit],
    );
    if (orphans.length === 0) return;
    const ids = orphans.map(({ id }) => id);
    await run(
      `DELETE FROM ${table('timeline')} AS timeline WHERE call_id = ANY ($1)
        AND NOT EXISTS (SELECT FROM ${table('calls')} AS calls WHERE calls.id = timeline.call_id)`,
      [ids],
    );
    await run(`DELETE FROM ${table('orphans')} WHERE call_id = ANY ($1)`, [ids]);
  });
  if (pruned < limit) await connections.transaction('prune', timeout, (run) => run(pruneInbox(table), [endedBefore, limit]));
  return pruned;
}

/** The inbox rows of sessions. OFFSET keeps Postgres from joining, which may be done by reading the whole inbox. */
export function deleteInbox(table: (name: string) => string): string {
  return `DELETE FROM ${table('inbox')} WHERE number = ANY (ARRAY (SELECT kept.number FROM unnest($1::text[], $2::text[]) AS ended (session, account), LATERAL (
    SELECT number FROM ${table('inbox')} AS inbox WHERE session_id = ended.session AND sub_account_id = ended.account OFFSET 0) AS kept))`;
}

/** Inbox rows that came before a time and whose session is no call, oldest first. */
export function pruneInbox(table: (name: string) => string): string {
  return `DELETE FROM ${table('inbox')} WHERE number = ANY (ARRAY (SELECT number FROM ${table('inbox')} AS inbox WHERE at < $1 AND NOT EXISTS (
    SELECT FROM ${table('calls')} AS calls WHERE calls.session_id = inbox.session_id AND calls.sub_account_id = inbox.sub_account_id OFFSET 0)
    ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED))`;
}
