import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import type { InboxRow, PutOptions } from '../store.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { isOfOneRow, isRace } from './failure.ts';
import type { Locked } from './parameters.ts';
import { type Put, putQuery, waitQuery } from './put-query.ts';

type Outcome = 'stored' | 'present' | 'conflict';

/** Keeps webhooks, those that arrive together in one transaction; pending ones, which lock their sessions, apart from the others. `timeout` in ms. */
export function puts(connections: PostgresConnections, table: (name: string) => string, timeout: number) {
  const keyOf = ({ row }: Put): string => JSON.stringify([row.subAccountId, row.sessionId]);
  const send = async (given: readonly Put[], pending: boolean, locked: Locked, deadline: number): Promise<(Outcome | undefined)[]> => {
    // Rows are added in one order everywhere, so that no two servers wait for each other.
    const sorted = given.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const query = pending ? waitQuery(table, sorted) : putQuery(table, sorted, locked);
    const rows = await connections.query<{ place: number; outcome: Outcome }>({ operation: 'put', ...query, outcome: 'unknown', deadline });
    const outcomes = new Map(rows.map(({ place, outcome }) => [sorted[place - 1], outcome]));
    return given.map((put) => outcomes.get(put));
  };
  const alone = async (one: Put, pending: boolean, deadline: number): Promise<Outcome> => {
    try {
      return (await send([one], pending, 'wait', deadline))[0] ?? 'present';
    } catch (error) {
      // Where isolation is strict, a call may have begun.
      if (pending && error instanceof StoreUnavailableError && isRace(error.cause)) return 'conflict';
      throw error;
    }
  };
  const of = (pending: boolean): Batches<Put, Outcome> =>
    new Batches<Put, Outcome>(
      timeout,
      {
        keyOf,
        together: (given, deadline) => send(given, pending, 'skip', deadline),
        alone: (one, deadline) => alone(one, pending, deadline),
        isOfOne: isOfOneRow,
      },
      connections.now,
    );
  const [kept, waiting] = [of(false), of(true)];
  return {
    put: (row: InboxRow, { pending, seen }: PutOptions): Promise<Outcome> => (pending ? waiting : kept).add({ row, seen }),
    settled: (): Promise<unknown> => Promise.all([kept.settled(), waiting.settled()]),
  };
}
