import { isHookswitchError } from '@hookswitch/dsl';
import { type StoreFailure, type StoreTrouble, StoreUnavailableError } from '../../errors/store-unavailable-error.ts';

/** SQLSTATEs, the longest beginning that fits: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const STATES: readonly (readonly [string, StoreFailure])[] = [
  ['08', 'unreachable'],
  ['25006', 'read-only'],
  ['28', 'refused'],
  ['3D000', 'refused'],
  ['42501', 'refused'],
  ['53100', 'full'],
  ['53300', 'overloaded'],
  ['55P03', 'timeout'],
  ['57014', 'timeout'],
  ['57P', 'unreachable'],
  ['58', 'disk'],
  ['XX00', 'damaged'],
];

/** The SQLSTATE of what the server said; null for anything else, after which the connection is of no use. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('severity' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Whether what a store has thrown is due to what one row of a statement holds or meets: classes of SQLSTATE for races, data and limits. The others may be sent again. */
export function isOfOneRow(error: unknown): boolean {
  return error instanceof StoreUnavailableError && ['21', '22', '23', '40', '54'].includes(sqlState(error.cause)?.slice(0, 2) ?? '');
}

/** Two changes met: a unique index, two transactions that wait for each other, or an isolation level that forbids it. */
const RACES = ['23505', '40001', '40P01'];

/** Whether two changes met, and this one lost: whoever asked for it loads anew. */
export function isRace(error: unknown): boolean {
  return RACES.includes(sqlState(error) ?? '');
}

/**
 * Whether a connection still serves after an error: the server has answered, and has not said that it hangs up, or that it accepts no writes, as one that was the primary
 * until a moment ago.
 */
export function isUsableAfter(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !state.startsWith('57P') && !state.startsWith('08') && !isReadOnly(error);
}

/** Whether the server accepts no writes: it is a standby now. Nothing has changed. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === '25006';
}

/** Whether the server as a whole can't serve, so that no other connection to it can: it is a standby, shuts down, starts, or recovers. */
export function isOfServer(error: unknown): boolean {
  return isReadOnly(error) || ['57P01', '57P02', '57P03'].includes(sqlState(error) ?? '');
}

/** Whether another server may let us in where this one did not: it was not there, is not up, or is a standby. A refusal counts everywhere, as in libpq. */
export function isOfHost(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || state === '57P03' || isReadOnly(error);
}

/** Whether the server knows nothing of a prepared statement, or knows it already, where this connection believes otherwise. */
export function hasForgotten(error: unknown): boolean {
  const state = sqlState(error);
  return state === '26000' || state === '42P05';
}

/**
 * What a server refuses, it undoes. Where it is told to stop while a commit waits for its standbys (`synchronous_commit`), it hangs up on a change that it has made already.
 * https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION
 */
const MAY_HAVE_COMMITTED = ['57P01', '57P02', '57P05'];

/** What a store throws for what `pg` threw. */
export function postgresFailure(operation: string, error: unknown, outcome: StoreTrouble['outcome']): Error {
  if (isHookswitchError(error)) return error;
  const state = sqlState(error);
  const system = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return new StoreUnavailableError({
    store: 'postgres',
    operation,
    reason: state === null ? 'unreachable' : (STATES.find(([beginning]) => state.startsWith(beginning))?.[1] ?? 'failed'),
    outcome: state === null || MAY_HAVE_COMMITTED.includes(state) ? outcome : 'unchanged',
    detail: state === null ? system : `SQLSTATE ${state}`,
    cause: error,
  });
}

/** What a store throws when it has waited long enough. */
export function postgresTimeout(
  operation: string,
  outcome: StoreTrouble['outcome'],
  reason: StoreFailure = 'timeout',
): StoreUnavailableError {
  return new StoreUnavailableError({ store: 'postgres', operation, reason, outcome, detail: null });
}
