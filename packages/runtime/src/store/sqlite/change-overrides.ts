import type { AuditRow, OverrideChange } from '../store.ts';
import { QUERIES } from './queries.ts';
import type { ReadStatements } from './read-statements.ts';

/** Changes overrides and keeps the entry that says so, or `conflict`: then what was written before must be undone. Runs inside a transaction of `GroupCommit`. */
export function changeOverrides(run: ReadStatements, changes: readonly OverrideChange[], audit: AuditRow): 'changed' | 'conflict' {
  const { overrides } = QUERIES;
  const revision = run.one<{ readonly revision: number }>(overrides.grow())?.revision ?? 0;
  for (const change of changes) {
    const known = run.one<{ readonly version: number }>(overrides.versionOf(change));
    if ((known?.version ?? 0) !== change.expected) return 'conflict';
    run.all(overrides.remove(change));
    if (change.to !== null) run.all(overrides.insert(change, change.to, revision));
  }
  run.all(QUERIES.audit.put(audit));
  return 'changed';
}
