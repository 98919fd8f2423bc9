import type { InboxRow } from '../store.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { Database, Statement } from './driver.ts';

type Key = Pick<InboxRow, 'kind' | 'digest'>;

/** What changes the inbox of a SQLite store. Each method runs inside a transaction of `GroupCommit`. */
export class InboxStatements {
  readonly #isCall: Statement;
  readonly #isPresent: Statement;
  readonly #add: Statement;
  readonly #pending: Statement;
  readonly #take: Statement;

  constructor(database: Database) {
    this.#isCall = database.prepare('SELECT 1 FROM calls WHERE session_id = ? AND sub_account_id = ?');
    this.#isPresent = database.prepare('SELECT 1 FROM inbox WHERE session_id = ? AND sub_account_id = ? AND kind = ? AND digest = ?');
    this.#add = database.prepare(
      'INSERT INTO inbox (session_id, sub_account_id, kind, digest, at, data, pending) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#pending = database.prepare('SELECT kind, digest FROM inbox WHERE session_id = ? AND sub_account_id = ? AND pending = 1');
    this.#take = database.prepare('UPDATE inbox SET pending = 0 WHERE session_id = ? AND sub_account_id = ? AND pending = 1');
  }

  put({ subAccountId, sessionId, kind, digest, at, data }: InboxRow, pending: boolean): 'stored' | 'present' | 'conflict' {
    const session = [toStored(sessionId), toStored(subAccountId)];
    const key = [...session, toStored(kind), toStored(digest)];
    if (this.#isPresent.get(...key) !== undefined) return 'present';
    if (pending && this.#isCall.get(...session) !== undefined) return 'conflict';
    this.#add.run(...key, at, toStored(data), pending ? 1 : 0);
    return 'stored';
  }

  /** Takes what is pending for a session; false where that is anything else than `keys`. */
  take(subAccountId: string, sessionId: string, keys: readonly Key[]): boolean {
    const session = [toStored(sessionId), toStored(subAccountId)];
    const pending = (this.#pending.all(...session) as Key[]).map(({ kind, digest }) => ({
      kind: fromStored(kind),
      digest: fromStored(digest),
    }));
    const isThere = (rows: readonly Key[], key: Key): boolean => rows.some((row) => row.kind === key.kind && row.digest === key.digest);
    if (!pending.every((row) => isThere(keys, row)) || !keys.every((key) => isThere(pending, key))) return false;
    if (pending.length > 0) this.#take.run(...session);
    return true;
  }
}
