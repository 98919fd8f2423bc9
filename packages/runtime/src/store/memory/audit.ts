import { type AuditBounds, type AuditFilter, type AuditPage, type AuditRow, REFUSED } from '../audit-row.ts';
import { checkAuditFilter, checkAuditRow } from '../check-audit.ts';
import { writeCursor } from '../check-filter.ts';

interface Kept {
  /** In the order of insertion, from 1. */
  readonly number: number;
  row: AuditRow;
}

/** The audit list of the in-memory store. */
export class Audit {
  readonly #kept = new Map<string, Kept>();
  #inserted = 0;

  put(row: AuditRow): void {
    checkAuditRow(row);
    const known = this.#kept.get(row.id);
    if (known === undefined) this.#kept.set(row.id, { number: ++this.#inserted, row: { ...row } });
    else known.row = { ...row };
  }

  one(id: string): AuditRow | null {
    return this.#kept.get(id)?.row ?? null;
  }

  list(filter: AuditFilter): AuditPage {
    const { label, action, callId, flow, after, before, place, limit } = checkAuditFilter(filter);
    const passes = ({ row, number }: Kept): boolean =>
      (label === undefined || row.label === label) &&
      (action === undefined || row.action === action) &&
      (callId === undefined || row.callId === callId) &&
      (flow === undefined || row.flow === flow) &&
      (after === undefined || row.at >= after) &&
      (before === undefined || row.at < before) &&
      (place === null || row.at < place.startedAt || (row.at === place.startedAt && number < place.number));
    const found = [...this.#kept.values()].filter(passes).sort((a, b) => b.row.at - a.row.at || b.number - a.number);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const cursor = last === undefined || found.length <= limit ? null : writeCursor({ startedAt: last.row.at, number: last.number });
    return { entries: page.map(({ row }) => row), cursor };
  }

  prune({ before, keep }: AuditBounds, limit: number): number {
    const old = this.#rows(({ at }) => at < before).sort((a, b) => a.at - b.at);
    let pruned = this.#delete(old.slice(0, limit));
    for (const isRefused of [false, true]) {
      const ofKind = this.#rows(({ result }) => (result === REFUSED) === isRefused);
      pruned += this.#delete(ofKind.slice(0, Math.max(0, Math.min(ofKind.length - keep, limit - pruned))));
    }
    return pruned;
  }

  #rows(isWanted: (row: AuditRow) => boolean): AuditRow[] {
    return [...this.#kept.values()].map(({ row }) => row).filter(isWanted);
  }

  #delete(rows: readonly AuditRow[]): number {
    for (const { id } of rows) this.#kept.delete(id);
    return rows.length;
  }
}
