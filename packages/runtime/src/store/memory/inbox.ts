import type { Commit, InboxRow, KeptInboxRow } from '../store.ts';

type Key = Pick<InboxRow, 'kind' | 'digest'>;

/** The inbox of the in-memory store: rows by session, in the order in which they were added. Sessions are told apart by whatever key the store gives them. */
export class Inbox {
  /** Empty as long as nothing has come. */
  readonly rows = new Map<string, KeptInboxRow[]>();

  of(session: string): KeptInboxRow[] {
    return [...(this.rows.get(session) ?? [])];
  }

  has(session: string, key: Key): boolean {
    return this.of(session).some((row) => isSame(row, key));
  }

  add(session: string, row: InboxRow, pending: boolean): void {
    this.rows.set(session, [...this.of(session), { ...row, pending }]);
  }

  /** Whether these rows are pending, and no others. */
  hasPending(session: string, keys: NonNullable<Commit['takes']>): boolean {
    const pending = this.of(session).filter((row) => row.pending);
    return pending.every((row) => keys.some((key) => isSame(row, key))) && keys.every((key) => pending.some((row) => isSame(row, key)));
  }

  /** Nothing of the session is pending any longer. */
  take(session: string): void {
    const rows = this.rows.get(session);
    if (rows?.some(({ pending }) => pending) === true)
      this.rows.set(
        session,
        rows.map((row) => ({ ...row, pending: false })),
      );
  }

  delete(session: string): void {
    this.rows.delete(session);
  }

  /** Deletes up to `limit` rows that came before a time, oldest first, of sessions that are no call. */
  prune(before: number, limit: number, isNoCall: (session: string) => boolean): void {
    const old = [...this.rows].flatMap(([session, rows]) => (isNoCall(session) ? rows.filter(({ at }) => at < before) : []));
    const gone = new Set(old.sort((a, b) => a.at - b.at).slice(0, limit));
    for (const [session, rows] of this.rows) {
      const left = rows.filter((row) => !gone.has(row));
      if (left.length === 0) this.rows.delete(session);
      else if (left.length < rows.length) this.rows.set(session, left);
    }
  }
}

function isSame(one: Key, other: Key): boolean {
  return one.kind === other.kind && one.digest === other.digest;
}
