import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import type { Commit } from '../store.ts';
import { fromStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import { commitQuery } from './commit-query.ts';
import type { PostgresConnections } from './connections.ts';
import { isOfOneRow, isRace } from './failure.ts';
import type { Locked } from './parameters.ts';

/** Changes of calls, those that arrive together in one transaction. `timeout` in ms. */
export function commits(
  connections: PostgresConnections,
  table: (name: string) => string,
  timeout: number,
): Batches<Commit, 'committed' | 'conflict'> {
  /** Ids of the calls that were changed. */
  const send = async (changes: readonly Commit[], locked: Locked, deadline: number): Promise<ReadonlySet<string>> => {
    const query = commitQuery(table, changes, locked);
    const rows = await connections.query<{ id: string }>({ operation: 'commit', ...query, outcome: 'unknown', deadline });
    return new Set(rows.map(({ id }) => fromStored(id)));
  };
  return new Batches(
    timeout,
    {
      keyOf: ({ call }) => call.id,
      together: async (changes, deadline) => {
        const changed = await send(changes, 'skip', deadline);
        return changes.map(({ call }) => (changed.has(call.id) ? 'committed' : undefined));
      },
      alone: async (change, deadline) => {
        try {
          return (await send([change], 'wait', deadline)).size === 1 ? 'committed' : 'conflict';
        } catch (error) {
          if (error instanceof StoreUnavailableError && isRace(error.cause)) return 'conflict';
          throw error;
        }
      },
      isOfOne: isOfOneRow,
    },
    connections.now,
  );
}
