import type { Database, Statement } from './driver.ts';

interface Ended {
  readonly number: number;
  readonly id: string;
  readonly session_id: string | null;
  readonly sub_account_id: string;
}

/** What deletes from a SQLite store. Each method runs inside a transaction of `GroupCommit`. */
export class PruneStatements {
  readonly #ended: Statement;
  readonly #rowsOfCall: readonly Statement[];
  readonly #timeline: Statement;
  readonly #inbox: Statement;
  readonly #oldInbox: Statement;
  readonly #orphans: Statement;
  readonly #orphanTimeline: Statement;
  readonly #forget: Statement;

  constructor(database: Database) {
    this.#ended = database.prepare('SELECT number, id, session_id, sub_account_id FROM calls WHERE ended_at < ? ORDER BY ended_at LIMIT ?');
    this.#rowsOfCall = [
      database.prepare('DELETE FROM journal WHERE call = ?'),
      database.prepare('DELETE FROM turns WHERE call = ?'),
      database.prepare('DELETE FROM call_tags WHERE call = ?'),
      database.prepare('DELETE FROM signals WHERE call = ?'),
      database.prepare('DELETE FROM calls WHERE number = ?'),
    ];
    this.#timeline = database.prepare('DELETE FROM timeline WHERE call_id = ?');
    this.#inbox = database.prepare('DELETE FROM inbox WHERE session_id = ? AND sub_account_id = ?');
    this.#oldInbox = database.prepare(`DELETE FROM inbox WHERE number IN (SELECT inbox.number FROM inbox WHERE at < ? AND NOT EXISTS (
      SELECT 1 FROM calls WHERE calls.session_id = inbox.session_id AND calls.sub_account_id = inbox.sub_account_id) ORDER BY at LIMIT ?)`);
    this.#orphans = database.prepare('SELECT call_id AS id FROM orphans WHERE at < ? ORDER BY at LIMIT ?');
    this.#orphanTimeline = database.prepare('DELETE FROM timeline WHERE call_id = ?1 AND NOT EXISTS (SELECT 1 FROM calls WHERE id = ?1)');
    this.#forget = database.prepare('DELETE FROM orphans WHERE call_id = ?');
  }

  /** Deletes the calls that ended first; says how many. */
  calls(endedBefore: number, limit: number): number {
    const ended = this.#ended.all(endedBefore, limit) as Ended[];
    for (const { number, id, session_id, sub_account_id } of ended) {
      for (const statement of this.#rowsOfCall) statement.run(number);
      this.#timeline.run(id);
      if (session_id !== null) this.#inbox.run(session_id, sub_account_id);
    }
    return ended.length;
  }

  /** Deletes timelines without a call to which nothing was added since; says how many. */
  orphans(addedBefore: number, limit: number): number {
    const orphans = this.#orphans.all(addedBefore, limit) as { id: string }[];
    for (const { id } of orphans) {
      this.#orphanTimeline.run(id);
      this.#forget.run(id);
    }
    return orphans.length;
  }

  /** Deletes inbox rows that came before a time and whose session is no call, oldest first. */
  inbox(cameBefore: number, limit: number): void {
    this.#oldInbox.run(cameBefore, limit);
  }
}
