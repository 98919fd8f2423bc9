import { checkAuditRow } from '../check-audit.ts';
import type { AuditBounds, AuditFilter, AuditPage, AuditRow, OperatorStore, OverrideChange, Overrides as AllOverrides } from '../store.ts';
import { Audit } from './audit.ts';
import { Overrides } from './overrides.ts';

/** The part of the in-memory store that operators work with: what they have set, and the list of what they did. */
export abstract class OperatorTables implements OperatorStore {
  readonly #audit = new Audit();
  /** A commit that relies on them compares their revision. */
  protected readonly kept = new Overrides();

  async overrides(): Promise<AllOverrides> {
    this.demandOpen('overrides');
    return this.kept.all();
  }

  async changeOverrides(changes: readonly OverrideChange[], audit: AuditRow): Promise<'changed' | 'conflict'> {
    this.demandOpen('changeOverrides');
    checkAuditRow(audit);
    const outcome = this.kept.change(changes);
    if (outcome === 'changed') this.#audit.put(audit);
    return outcome;
  }

  async auditEntry(id: string): Promise<AuditRow | null> {
    this.demandOpen('auditEntry');
    return this.#audit.one(id);
  }

  async putAudit(row: AuditRow): Promise<void> {
    this.demandOpen('putAudit');
    this.#audit.put(row);
  }

  async listAudit(filter: AuditFilter): Promise<AuditPage> {
    this.demandOpen('listAudit');
    return this.#audit.list(filter);
  }

  async pruneAudit(bounds: AuditBounds, limit: number): Promise<number> {
    this.demandOpen('pruneAudit');
    return this.#audit.prune(bounds, limit);
  }

  /** Throws where the store is not open. */
  protected abstract demandOpen(operation: string): void;
}
