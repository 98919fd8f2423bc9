import { auditQueries, type StoredAuditRow, toAuditPage, toAuditRow } from '../audit-queries.ts';
import type { Query } from '../call-row.ts';
import { checkAuditFilter, checkAuditRow } from '../check-audit.ts';
import { checkOverrides } from '../check-overrides.ts';
import { overrideQueries, type StoredOverrideRow, toOverrides } from '../override-queries.ts';
import type { AuditBounds, AuditFilter, AuditPage, AuditRow, OperatorStore, OverrideChange, Overrides } from '../store.ts';
import { changeOverrides } from './change-overrides.ts';
import type { PostgresConnections } from './connections.ts';

/** The part of a Postgres store that operators work with: what they have set, and the list of what they did. */
export abstract class PostgresOperators implements OperatorStore {
  readonly #audit: ReturnType<typeof auditQueries>;
  readonly #overrides: ReturnType<typeof overrideQueries>;
  readonly #timeout: number;

  /** `table` names the tables; `timeout` is what a change may take, ms. */
  constructor(table: (name: string) => string, timeout: number) {
    this.#audit = auditQueries(table);
    this.#overrides = overrideQueries(table);
    this.#timeout = timeout;
  }

  async overrides(): Promise<Overrides> {
    return toOverrides(await this.#read<StoredOverrideRow>('overrides', this.#overrides.all()));
  }

  async changeOverrides(changes: readonly OverrideChange[], audit: AuditRow): Promise<'changed' | 'conflict'> {
    checkOverrides(changes);
    checkAuditRow(audit);
    const queries = { overrides: this.#overrides, audit: this.#audit };
    return changeOverrides(this.connected('changeOverrides'), queries, this.#timeout, changes, audit);
  }

  async auditEntry(id: string): Promise<AuditRow | null> {
    const [row] = await this.#read<StoredAuditRow>('auditEntry', this.#audit.one(id));
    return row === undefined ? null : toAuditRow(row);
  }

  async putAudit(row: AuditRow): Promise<void> {
    checkAuditRow(row);
    await this.connected('putAudit').query({ operation: 'putAudit', ...this.#audit.put(row), outcome: 'unknown' });
  }

  async listAudit(filter: AuditFilter): Promise<AuditPage> {
    const checked = checkAuditFilter(filter);
    return toAuditPage(await this.#read<StoredAuditRow>('listAudit', this.#audit.list(checked)), checked);
  }

  async pruneAudit(bounds: AuditBounds, limit: number): Promise<number> {
    const connections = this.connected('pruneAudit');
    let pruned = 0;
    for (const query of this.#audit.prune(bounds))
      if (pruned < limit)
        pruned += (await connections.query({ operation: 'pruneAudit', ...query(limit - pruned), outcome: 'unknown' })).length;
    return pruned;
  }

  async #read<Row>(operation: string, query: Query): Promise<Row[]> {
    return this.connected(operation).query({ operation, ...query });
  }

  /** Throws where the store is not open. */
  protected abstract connected(operation: string): PostgresConnections;
}
