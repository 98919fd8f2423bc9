import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import type { auditQueries } from '../audit-queries.ts';
import type { Query } from '../call-row.ts';
import type { overrideQueries } from '../override-queries.ts';
import type { AuditRow, OverrideChange } from '../store.ts';
import type { PostgresConnections, RunInTransaction } from './connections.ts';
import { isRace } from './failure.ts';

interface Queries {
  readonly overrides: ReturnType<typeof overrideQueries>;
  readonly audit: ReturnType<typeof auditQueries>;
}

/** Changes overrides and keeps the entry that says so, in one transaction of `timeout` ms at most. Changes wait for each other at the row of the revision. */
export async function changeOverrides(
  connections: PostgresConnections,
  queries: Queries,
  timeout: number,
  changes: readonly OverrideChange[],
  audit: AuditRow,
): Promise<'changed' | 'conflict'> {
  try {
    return await connections.transaction('changeOverrides', timeout, (run) => change(run, queries, changes, audit));
  } catch (error) {
    if (error instanceof StoreUnavailableError && isRace(error.cause)) return 'conflict';
    throw error;
  }
}

async function change(
  run: RunInTransaction,
  { overrides, audit }: Queries,
  changes: readonly OverrideChange[],
  row: AuditRow,
): Promise<'changed' | 'conflict'> {
  const send = <Row>({ text, values }: Query): Promise<Row[]> => run<Row>(text, values);
  await run(`${overrides.revision().text} FOR UPDATE`);
  for (const one of changes) {
    const [known] = await send<{ readonly version: number }>(overrides.versionOf(one));
    if ((known?.version ?? 0) !== one.expected) return 'conflict';
  }
  const [state] = await send<{ readonly revision: number }>(overrides.grow());
  for (const one of changes) {
    await send(overrides.remove(one));
    if (one.to !== null) await send(overrides.insert(one, one.to, state?.revision ?? 0));
  }
  await send(audit.put(row));
  return 'changed';
}
