import { StoreArgumentError } from '../errors/store-argument-error.ts';
import type { AuditFilter, AuditRow } from './audit-row.ts';
import { type CallPlace, checkPage } from './check-filter.ts';
import { MAX_KEY } from './max-key.ts';

/** A filter as stores apply it. */
export interface CheckedAuditFilter extends Omit<AuditFilter, 'cursor' | 'limit'> {
  readonly limit: number;
  readonly place: CallPlace | null;
}

const MAX_SHORT = 64;
const SHORT = ['label', 'role', 'action'] as const satisfies readonly (keyof AuditRow)[];
const MAX_DETAIL = 200_000;
const LONG = ['id', 'callId', 'flow', 'to', 'requestId'] as const satisfies readonly (keyof AuditRow)[];

/** Throws `StoreArgumentError` for texts that are too long. */
export function checkAuditRow(row: AuditRow): void {
  const tooLong = (key: keyof AuditRow, most: number): void => {
    if (String(row[key] ?? '').length > most) throw new StoreArgumentError(`putAudit.${key}`, `has more than ${most} characters.`);
  };
  for (const key of SHORT) tooLong(key, MAX_SHORT);
  for (const key of LONG) tooLong(key, MAX_KEY);
  tooLong('detail', MAX_DETAIL);
}

/** Throws `StoreArgumentError` for a limit out of range, or a cursor that is none. */
export function checkAuditFilter({ cursor, limit, ...rest }: AuditFilter): CheckedAuditFilter {
  const { limit: checked, after } = checkPage('listAudit', limit, cursor);
  return { ...rest, limit: checked, place: after };
}
