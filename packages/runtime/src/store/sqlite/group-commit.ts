import type { Database, Statement } from './driver.ts';
import { sqliteFailure } from './failure.ts';

/** Writes in one transaction at most; the rest of a rush has the next one, so that webhooks that came meanwhile are read between. */
const MOST = 256;

interface Waiting {
  readonly operation: string;
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs writes that arrive in the same turn of the event loop in one transaction, so that one flush to the disk serves many calls.
 * Each has a savepoint of its own: one that fails, or says `conflict`, leaves nothing behind and disturbs nobody. A write resolves when it is on the disk.
 */
export class GroupCommit {
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  readonly #savepoint: Statement;
  readonly #release: Statement;
  readonly #undo: Statement;
  #queue: Waiting[] = [];

  constructor(database: Database) {
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
      this.#queue.push({ operation, work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#queue.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Runs everything that waits, now. */
  drain(): void {
    while (this.#queue.length > 0) this.flush();
  }

  /** Runs what waits, as much as fits into one transaction. */
  flush(): void {
    const group = this.#queue.splice(0, MOST);
    if (group.length === 0) return;
    if (this.#queue.length > 0) setImmediate(() => this.flush());
    let settled: (() => void)[];
    try {
      settled = this.#run(group);
    } catch (error) {
      this.#rollBack();
      for (const { operation, reject } of group) reject(sqliteFailure(operation, error));
      return;
    }
    for (const settle of settled) settle();
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
