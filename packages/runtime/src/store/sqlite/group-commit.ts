/**
 * Owns the transactions of SQLite: everything that is written to a file goes through here, what arrives in one turn of the event loop in one transaction.
 * It never waits inside the process for another program's lock, and knows nothing of calls: what is written is somebody else's function, which must not wait either.
 * Invariants: a write resolves once it is on the disk, in the order of arrival; one that fails or says `conflict` leaves nothing behind and disturbs no other;
 * while the lock is somebody else's, nothing of the group has happened, and each write is given up at its own time.
 */
import type { Database, Statement } from './driver.ts';
import { isLocked, sqliteFailure } from './failure.ts';
import { type LockWait, LOCK_WAIT } from './lock-wait.ts';

/** Writes in one transaction at most; the rest of a rush has the next one, so that webhooks that came meanwhile are read between. */
const MAX_WRITES = 256;

interface Waiting {
  readonly operation: string;
  /** Until when another program's lock is waited for. */
  readonly until: number;
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs writes that arrive in the same turn of the event loop in one transaction, so that one flush to the disk serves many calls.
 * Each has a savepoint of its own: one that fails, or says `conflict`, leaves nothing behind and disturbs nobody. A write resolves when it is on the disk. While another
 * program holds the lock, writes wait for it beside everything else that the process does, each as long as it may.
 */
export class GroupCommit {
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  readonly #savepoint: Statement;
  readonly #release: Statement;
  readonly #undo: Statement;
  readonly #lockWait: LockWait;
  #queue: Waiting[] = [];
  #isWaiting = false;
  #whenEmpty: (() => void)[] = [];

  /** The database itself must not wait for locks: `PRAGMA busy_timeout = 0`. */
  constructor(database: Database, lockWait: LockWait = LOCK_WAIT) {
    this.#lockWait = lockWait;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#savepoint = database.prepare('SAVEPOINT work');
    this.#release = database.prepare('RELEASE work');
    this.#undo = database.prepare('ROLLBACK TO work');
  }

  /** Runs `work`, which must not wait for anything, in the next transaction. */
  write<T>(operation: string, work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const until = this.#lockWait.clock.now() + this.#lockWait.lockTimeout;
      this.#queue.push({ operation, until, work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#queue.length === 1 && !this.#isWaiting) setImmediate(() => this.flush());
    });
  }

  /** Resolves when nothing waits any longer. */
  async settled(): Promise<void> {
    if (this.#queue.length > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  /** Runs what waits, as much as fits into one transaction. */
  flush(): void {
    if (!this.#isWaiting) this.#flush();
    if (this.#queue.length > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  #flush(): void {
    const group = this.#queue.splice(0, MAX_WRITES);
    if (group.length === 0) return;
    let settled: (() => void)[];
    try {
      settled = this.#run(group);
    } catch (error) {
      this.#rollBack();
      if (isLocked(error)) return this.#wait(group, error);
      for (const { operation, reject } of group) reject(sqliteFailure(operation, error));
      if (this.#queue.length > 0) setImmediate(() => this.flush());
      return;
    }
    if (this.#queue.length > 0) setImmediate(() => this.flush());
    for (const settle of settled) settle();
  }

  /** Somebody else holds the lock, and nothing has happened: those who may still wait are tried again soon. */
  #wait(group: readonly Waiting[], error: unknown): void {
    const { clock, retry } = this.#lockWait;
    const now = clock.now();
    this.#queue = [...group, ...this.#queue].filter(({ operation, until, reject }) => {
      if (until <= now) reject(sqliteFailure(operation, error));
      return until > now;
    });
    if (this.#queue.length === 0) return;
    this.#isWaiting = true;
    clock.timer(retry, () => {
      this.#isWaiting = false;
      this.flush();
    });
  }

  #run(group: readonly Waiting[]): (() => void)[] {
    this.#begin.run();
    const settled = group.map((waiting) => this.#runOne(waiting));
    this.#commit.run();
    return settled;
  }

  #runOne({ operation, work, resolve, reject }: Waiting): () => void {
    this.#savepoint.run();
    try {
      const result = work();
      if (result === 'conflict') this.#undo.run();
      this.#release.run();
      return () => resolve(result);
    } catch (error) {
      this.#undoOne(error);
      return () => reject(sqliteFailure(operation, error));
    }
  }

  #undoOne(reason: unknown): void {
    try {
      this.#undo.run();
      this.#release.run();
    } catch {
      // SQLite has given up the whole transaction: everybody in it is told why.
      throw reason;
    }
  }

  #rollBack(): void {
    try {
      this.#rollback.run();
    } catch {
      // SQLite has rolled back already.
    }
  }
}
