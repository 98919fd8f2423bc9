import { HookswitchError } from '@hookswitch/dsl';
import { storeName } from './store-name.ts';

/** Why a store could not do what it was asked. */
export type StoreFailure =
  /** The store was not opened, or has been closed. */
  | 'closed'
  /** The server could not be reached, or hung up. */
  | 'unreachable'
  /** The server does not let us in: password, database or rights. */
  | 'refused'
  /** The server has no connection to spare. */
  | 'overloaded'
  /** All connections of this server were in use until the time was up. */
  | 'exhausted'
  /** No answer in time. */
  | 'timeout'
  /** Somebody else holds the database's lock for longer than we wait. */
  | 'busy'
  /** The disk is full. */
  | 'full'
  /** The file, the disk or the server accepts no writes. */
  | 'read-only'
  /** The file can't be opened. */
  | 'not-openable'
  /** The file has several names, so that several servers could have it. */
  | 'linked'
  /** The file was removed or replaced while it was open. */
  | 'gone'
  /** The file is no database, or it is damaged. */
  | 'damaged'
  /** The database can't keep every text: its encoding is not UTF-8. */
  | 'encoding'
  /** The disk failed. */
  | 'disk'
  /** Anything else that the database says. */
  | 'failed';

const FAILURES: Readonly<Record<StoreFailure, string>> = {
  closed: 'it is not open. Call open() first; a store that was closed can be opened again.',
  unreachable: 'the server could not be reached, or hung up. It is tried again with the next operation; check that it runs.',
  refused: 'the server does not let us in. Check user, password, database name and rights.',
  overloaded: 'the server has no connection to spare. Lower maxConnections, or put a pooler between.',
  exhausted:
    'all connections to it were in use until the time was up. Look at the load, for locks and for slow disks; raise maxConnections where there are some to spare.',
  timeout: 'no answer came in time. It is tried again with the next operation; look for locks and slow disks.',
  busy: 'somebody else holds the lock of the database. Look for tools that have it open for writing.',
  full: 'the disk is full. Free some space; no restart is needed.',
  'read-only':
    'it accepts no writes. Check the rights of the file and its folder, how the disk is mounted, or whether the server is a standby.',
  'not-openable': 'the file could not be opened. Check that its folder exists and may be written.',
  linked:
    'the file has several names (hard links), and whoever opens it by another one would damage it. Remove the other names, or copy the file. A symbolic link does no harm.',
  gone: 'its file was removed or replaced while it was open, so that a restart would forget the calls in progress. Put it back, or restart.',
  damaged: 'the file is not a database, or it is damaged. Restore a backup, or move the file away.',
  encoding:
    "the encoding of the database is not UTF8, so that it can't keep every text. Give it another one: CREATE DATABASE calls ENCODING 'UTF8' TEMPLATE template0.",
  disk: 'the disk failed. Look at the system log.',
  failed: 'the database refused. The cause says why.',
};

/** What is known of an operation that failed. */
export interface StoreTrouble {
  /** The `kind` of the store. */
  readonly store: string;
  /** The method of the store, e.g. `commit`. */
  readonly operation: string;
  readonly reason: StoreFailure;
  /** `unchanged`: nothing was written. `unknown`: the connection was lost in the middle and the change may have happened; the same commit again conflicts if it has. */
  readonly outcome: 'unchanged' | 'unknown';
  /** What the database says of itself, e.g. `SQLITE_FULL` or a SQLSTATE; null where it said nothing. */
  readonly detail: string | null;
  readonly cause?: unknown;
}

/** A store could not do what it was asked, for a reason that may pass. The message holds no secret; `cause` is what the database said. */
export class StoreUnavailableError extends HookswitchError {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'HS_STORE_UNAVAILABLE';

  readonly store: StoreTrouble['store'];
  readonly operation: string;
  readonly reason: StoreFailure;
  readonly outcome: StoreTrouble['outcome'];
  readonly detail: string | null;

  constructor({ store, operation, reason, outcome, detail, cause }: StoreTrouble) {
    const said = detail === null ? '' : ` (${detail})`;
    super(
      `The ${storeName(store)} store failed at "${operation}"${said}: ${FAILURES[reason]}`,
      cause === undefined ? undefined : { cause },
    );
    this.store = store;
    this.operation = operation;
    this.reason = reason;
    this.outcome = outcome;
    this.detail = detail;
  }
}
