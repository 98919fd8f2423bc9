import type { AuditBounds, AuditFilter, AuditPage, AuditRow } from './audit-row.ts';
import type { OverrideChange, Overrides } from './override-row.ts';

/** The part of a store that operators work with: what they have set, and the list of what they did. */
export interface OperatorStore {
  /** What operators have set, all of it as of one moment. */
  overrides(): Promise<Overrides>;
  /**
   * Changes overrides together, and keeps `audit` as `putAudit` does, in one atomic change. `conflict`, with nothing changed, where one of them has another version than the
   * expected one. A commit that begins after it has resolved, and relies on an earlier revision, conflicts. Rejects with `StoreArgumentError` for no change, two of one setting, and texts that are too long.
   */
  changeOverrides(changes: readonly OverrideChange[], audit: AuditRow): Promise<'changed' | 'conflict'>;
  /** One entry of the audit list, or null. */
  auditEntry(id: string): Promise<AuditRow | null>;

  /** Keeps an entry of the audit list, or replaces the one with the same id in its place. Rejects with `StoreArgumentError` for texts that are too long. */
  putAudit(row: AuditRow): Promise<void>;
  /** Newest first; entries of the same moment, last inserted first. Rejects with `StoreArgumentError` for a limit out of range or a foreign cursor. */
  listAudit(filter: AuditFilter): Promise<AuditPage>;
  /** Deletes up to `limit` entries that are too old or too many, oldest first; says how many. The newest `keep` are those that were inserted last. */
  pruneAudit(bounds: AuditBounds, limit: number): Promise<number>;
}
