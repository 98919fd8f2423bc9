import { CALL_COLUMNS } from '../call-row.ts';
import { slotOf } from '../due-slot.ts';
import { fromStored, toStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { isOfOneRow } from './failure.ts';
import { type Locked, Parameters, type Statement } from './parameters.ts';

/** A webhook of a call came at `seenAt`; the call may now wait until `dueAt`. */
export interface Touch {
  readonly callId: string;
  readonly seenAt: number;
  readonly dueAt: number;
}

/** Notes when calls were last heard of, those that arrive together in one transaction. `timeout` in ms. */
export function touches(connections: PostgresConnections, table: (name: string) => string, timeout: number): Batches<Touch, 'noted'> {
  const send = async (given: readonly Touch[], locked: Locked, deadline: number): Promise<ReadonlySet<string>> => {
    const query = touchQuery(table, given, locked);
    const rows = await connections.query<{ id: string }>({ operation: 'touch', ...query, outcome: 'unknown', deadline });
    return new Set(rows.map(({ id }) => fromStored(id)));
  };
  return new Batches<Touch, 'noted'>(
    timeout,
    {
      keyOf: ({ callId }) => callId,
      together: async (given, deadline) => {
        const noted = await send(given, 'skip', deadline);
        return given.map(({ callId }) => (noted.has(callId) ? 'noted' : undefined));
      },
      alone: async (one, deadline) => {
        await send([one], 'wait', deadline);
        return 'noted';
      },
      isOfOne: isOfOneRow,
    },
    connections.now,
  );
}

const MOVES = 'calls.due_at >= given.seen_at AND calls.due_at < given.due_at';
const VALUES: Readonly<Record<string, string>> = {
  seen_at: 'greatest(calls.seen_at, given.seen_at)',
  due_at: `CASE WHEN ${MOVES} THEN given.due_at ELSE calls.due_at END`,
  due_slot: `CASE WHEN ${MOVES} THEN given.due_slot ELSE calls.due_slot END`,
};
const STORED = CALL_COLUMNS.map((name) => `${VALUES[name] ?? `calls.${name}`} AS ${name}`).join(', ');
const SET = Object.keys(VALUES)
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

/** The answer has the ids of the calls that were found. */
export function touchQuery(table: (name: string) => string, given: readonly Touch[], locked: Locked): Statement {
  const parameters = new Parameters();
  const columns = parameters.table('given', [
    ['call', 'text', given.map(({ callId }) => toStored(callId))],
    ['seen_at', 'bigint', given.map(({ seenAt }) => seenAt)],
    ['due_at', 'bigint', given.map(({ dueAt }) => dueAt)],
    ['due_slot', 'bigint', given.map(({ dueAt }) => slotOf(dueAt))],
  ]);
  return { text: `${touching(table, columns, locked)} RETURNING id`, values: parameters.values };
}

/** Notes what `given`, a table of `call`, `seen_at`, `due_at` and `due_slot`, says. An insert that always finds its row there, as in `commitQuery`. */
export function touching(table: (name: string) => string, given: string, locked: Locked): string {
  return `INSERT INTO ${table('calls')} AS calls (number, ${CALL_COLUMNS.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT stored.number, ${CALL_COLUMNS.map((name) => `stored.${name}`).join(', ')} FROM ${given}, LATERAL (
      SELECT calls.number, ${STORED} FROM ${table('calls')} AS calls WHERE calls.id = given.call FOR NO KEY UPDATE${locked === 'skip' ? ' SKIP LOCKED' : ''}) AS stored
    ON CONFLICT (number) DO UPDATE SET ${SET}`;
}
