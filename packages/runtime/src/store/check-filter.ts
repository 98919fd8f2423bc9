import { StoreArgumentError } from '../errors/store-argument-error.ts';
import type { CallFilter } from './store.ts';
import { checkTagFilters } from './tag-filter.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
const MAX_COUNT = 100_000;

/** Where the page before ended: the start of its last call, and the call's own number in the store. */
export interface CallPlace {
  readonly startedAt: number;
  readonly number: number;
}

/** A filter as stores apply it. */
export interface CheckedFilter extends Omit<CallFilter, 'cursor' | 'limit' | 'number' | 'wholeNumber'> {
  /** Digits only; empty for any number. */
  readonly digits: string;
  readonly wholeNumber: boolean;
  readonly limit: number;
  readonly after: CallPlace | null;
}

/** Throws `StoreArgumentError` for a limit out of range, a cursor that is none, or conditions on tags that none could meet. */
export function checkFilter({ cursor, limit, number = '', wholeNumber = false, ...rest }: CallFilter): CheckedFilter {
  checkTagFilters(rest.tags ?? []);
  return { ...rest, digits: number.replace(/\D/g, ''), wholeNumber, ...checkPage('list', limit, cursor) };
}

/** A filter for `countCalls`. Throws `StoreArgumentError` for a bound out of range, and as `checkFilter` does. */
export function checkCount(filter: Omit<CallFilter, 'limit' | 'cursor'>, most: number): CheckedFilter {
  if (!Number.isInteger(most) || most < 1 || most > MAX_COUNT)
    throw new StoreArgumentError('countCalls.most', `must be a whole number from 1 to ${MAX_COUNT}, not ${most}.`);
  return { ...checkFilter(filter), limit: most };
}

/** Which page of a list is asked for. Throws `StoreArgumentError`, which names the operation. */
export function checkPage(
  operation: 'list' | 'listAudit',
  limit = DEFAULT_LIMIT,
  cursor?: string,
): { readonly limit: number; readonly after: CallPlace | null } {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new StoreArgumentError(`${operation}.limit`, `must be a whole number from 1 to ${MAX_LIMIT}, not ${limit}.`);
  return { limit, after: cursor === undefined ? null : readCursor(operation, cursor) };
}

/** The cursor that leads on from a call. */
export function writeCursor({ startedAt, number }: CallPlace): string {
  return `${startedAt}_${number}`;
}

function readCursor(operation: string, cursor: string): CallPlace {
  const [, startedAt, number] = /^(-?\d{1,16})_(\d{1,16})$/.exec(cursor) ?? [];
  if (startedAt === undefined || number === undefined)
    throw new StoreArgumentError(`${operation}.cursor`, 'is not one that a page of this list brought. Leave it out for the first page.');
  return { startedAt: Number(startedAt), number: Number(number) };
}
