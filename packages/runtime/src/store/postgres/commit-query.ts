/**
 * Owns the one statement by which calls change in Postgres: one round trip and one transaction for any number of them.
 * It never runs anything, keeps nothing in a session, and leaves decisions to rows that are locked, not to what was read before.
 * Invariants: a call is written only where revision, length of the journal and turn are as expected, and everything else of a change hangs on that row;
 * sessions are locked before calls, calls before rows; a change without `takes` does not touch the inbox.
 */
import { CALL_COLUMNS, MOVING_COLUMNS, movingValues, STEADY_COLUMNS, steadyValues, tagValues, type Value } from '../call-row.ts';
import type { Commit, SignalRow } from '../store.ts';
import { toStored, toStoredOrNull } from '../stored-text.ts';
import { refusing, taking } from './inbox-takes.ts';
import { countData } from '../count-queries.ts';
import type { CountRow } from '../count-row.ts';
import { ending } from './outbound/end-query.ts';
import { type Column, type Locked, Parameters, type Statement, timelineColumns } from './parameters.ts';

/** Columns whose values are no texts. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ started_at: 'bigint', ended_at: 'bigint', due_slot: 'bigint', seen_at: 'bigint', due_at: 'bigint', revision: 'bigint' },
  ...{ turn: 'integer', journal_length: 'integer', counted: 'integer' },
};
/** What the statement is given of a change besides the call's columns: how long the journal is before it, the revision of overrides that it relies on, and its turn. */
const BESIDES = {
  journal_before: 'integer',
  overrides: 'bigint',
  answered: 'integer',
  event_id: 'text',
  event: 'text',
  answer: 'text',
  at: 'bigint',
};
const GIVEN = [...CALL_COLUMNS.map((name) => [name, TYPES[name] ?? 'text'] as const), ...Object.entries(BESIDES)];

/**
 * Changes of different calls as one statement, so that they take one round trip, one transaction and one flush to the disk: each call's row is written where it is
 * as expected, and everything else hangs on that. Two changes of one call meet at its row, where the later one finds another revision.
 * The answer has the `id` of each call that was changed; the others conflict, or were skipped. The text is the same for any number of changes.
 */
export function commitQuery(table: (name: string) => string, changes: readonly Commit[], locked: Locked): Statement {
  const rewrites = changes.filter(({ rewrite }) => rewrite !== undefined);
  const takes = changes.filter(({ takes }) => takes !== undefined);
  const parameters = new Parameters();
  const given = changes.map(givenOf);
  const journal = changes.flatMap(({ call, journal = [] }) => journal.map((row) => ({ ...row, call: call.id })));
  const timeline = changes.flatMap(({ call, timeline = [] }) => timeline.map((row) => ({ ...row, call: call.id })));
  const tags = changes.flatMap(({ call, tags = [] }) => tags.map((name) => ({ call, name, values: tagValues(call.tags[name]) })));
  const counted = changes.flatMap(({ call, counts }) => (counts === undefined ? [] : [{ call: call.id, row: counts }]));
  const ends = changes.flatMap(({ call, outbound }) => (outbound?.end === undefined ? [] : [{ call: call.id, given: outbound.end }]));
  const stops = changes.flatMap(({ call, outbound }) => (outbound?.stops ?? []).map((given) => ({ call: call.id, given })));
  const signals = changes.flatMap(({ call, signals = [] }) => signals.map((row) => ({ ...row, call: call.id })));
  const conditions = [
    ...(takes.length > 0 ? ['given.id NOT IN (SELECT id FROM refused)'] : []),
    // Read once for all of them.
    ...(changes.some(({ overrides }) => overrides !== undefined)
      ? [`coalesce(given.overrides = (SELECT revision FROM ${table('overrides_state')}), true)`]
      : []),
  ];
  const parts = [
    ...(takes.length > 0 ? [refusing(table, parameters, takes)] : []),
    `given AS (SELECT * FROM ${parameters.table(
      'given',
      GIVEN.map(([name, type], column) => [name, type, given.map((row) => row[column] ?? null)]),
    )}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''})`,
    `inserted AS (${insert(table)} RETURNING number, id)`,
    `updated AS (${update(table, locked)} RETURNING number, id)`,
    'changed AS (SELECT number, id FROM inserted UNION ALL SELECT number, id FROM updated)',
    ...(journal.length === 0
      ? []
      : [
          `journal_added AS (INSERT INTO ${table('journal')} (call, position, data) SELECT changed.number, entry.position, entry.data
      FROM changed JOIN ${parameters.table('entry', [
        ['call', 'text', journal.map(({ call }) => toStored(call))],
        ['position', 'integer', journal.map(({ index }) => index)],
        ['data', 'text', journal.map(({ data }) => toStored(data))],
      ])} ON entry.call = changed.id)`,
        ]),
    `turns_stored AS (INSERT INTO ${table('turns')} AS turns (call, turn, event_id, event, answer, at)
      SELECT changed.number, given.answered, given.event_id, given.event, given.answer, given.at FROM changed JOIN given USING (id)
      WHERE given.answered IS NOT NULL
      ON CONFLICT (call, turn) DO UPDATE SET event_id = excluded.event_id, event = excluded.event, answer = excluded.answer, at = excluded.at
      WHERE turns.answer IS NULL)`,
    ...(timeline.length === 0
      ? []
      : [
          `timeline_added AS (INSERT INTO ${table('timeline')} (call_id, at, kind, data) SELECT changed.id, line.at, line.kind, line.data
      FROM changed JOIN ${parameters.table('line', [['call', 'text', timeline.map(({ call }) => toStored(call))], ...timelineColumns(timeline)])}
      ON line.call = changed.id ORDER BY line.place)`,
        ]),
    ...(tags.length === 0
      ? []
      : [
          `tags_set AS (INSERT INTO ${table('call_tags')} AS call_tags (call, name, text, number, started_at)
      SELECT changed.number, tag.name, tag.text, tag.number, tag.started_at FROM changed JOIN ${parameters.table('tag', [
        ['call', 'text', tags.map(({ call }) => toStored(call.id))],
        ['name', 'text', tags.map(({ name }) => toStored(name))],
        ['text', 'text', tags.map(({ values }) => values[0])],
        ['number', 'double precision', tags.map(({ values }) => values[1])],
        ['started_at', 'bigint', tags.map(({ call }) => call.startedAt)],
      ])} ON tag.call = changed.id
      ON CONFLICT (call, name) DO UPDATE SET text = excluded.text, number = excluded.number)`,
        ]),
    ...(counted.length === 0
      ? []
      : [
          `counts_added AS (INSERT INTO ${table('count_rows')} (flow, version, line, hour, data)
      SELECT counts.flow, counts.version, counts.line, counts.hour, counts.data FROM changed JOIN ${parameters.table('counts', countColumns(counted))} ON counts.call = changed.id)`,
        ]),
    ...(signals.length > 0 ? [signalling(table, parameters, signals)] : []),
    ...(rewrites.length > 0 ? rewriting(table, parameters, rewrites) : []),
    ...(ends.length > 0 || stops.length > 0 ? ending(table, parameters, { ends, stops, now: null, changed: 'changed' }) : []),
  ];
  const taken = takes.some(({ takes }) => takes?.length !== 0) ? taking(table, parameters, takes) : '';
  return { text: `WITH ${parts.join(',\n')}\nSELECT id${taken} FROM changed`, values: parameters.values };
}

function countColumns(counted: readonly { readonly call: string; readonly row: CountRow }[]): Column[] {
  return [
    ['call', 'text', counted.map(({ call }) => toStored(call))],
    ['flow', 'text', counted.map(({ row }) => toStored(row.flow))],
    ['version', 'text', counted.map(({ row }) => toStored(row.version))],
    ['line', 'text', counted.map(({ row }) => toStored(row.number))],
    ['hour', 'bigint', counted.map(({ row }) => row.hour)],
    ['data', 'text', counted.map(({ row }) => countData(row))],
  ];
}

/** Values in the order of `GIVEN`. */
function givenOf({ call, journal = [], turn, overrides }: Commit): Value[] {
  const answered =
    turn === undefined ? [] : [turn.turn, toStoredOrNull(turn.eventId), toStored(turn.event), toStoredOrNull(turn.answer), turn.at];
  return [
    toStored(call.id),
    ...steadyValues(call),
    ...movingValues(call),
    call.journalLength - journal.length,
    overrides ?? null,
    ...answered,
  ];
}

/** In one order everywhere: two servers that begin the same sessions in different orders would wait for each other. */
function insert(table: (name: string) => string): string {
  return `INSERT INTO ${table('calls')} (${CALL_COLUMNS.join(', ')})
    SELECT ${CALL_COLUMNS.join(', ')} FROM given WHERE given.revision = 1 ORDER BY given.session_id ON CONFLICT DO NOTHING`;
}

/**
 * An insert that always finds its row there: an UPDATE would have to be joined with what is given, which Postgres may do by reading all calls. Two subqueries that can't become
 * joins look each row up, lock it, and see that nobody has answered the turn.
 */
function update(table: (name: string) => string, locked: Locked): string {
  const columns = [...STEADY_COLUMNS, ...MOVING_COLUMNS];
  return `INSERT INTO ${table('calls')} AS calls (number, ${CALL_COLUMNS.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT stored.number, ${CALL_COLUMNS.map((name) => `given.${name}`).join(', ')} FROM given, LATERAL (
      SELECT calls.number FROM ${table('calls')} AS calls
      WHERE calls.id = given.id AND calls.revision = given.revision - 1 AND calls.journal_length = given.journal_before
        AND coalesce((SELECT turns.answer IS NULL FROM ${table('turns')} AS turns WHERE turns.call = calls.number AND turns.turn = given.answered), true)
      FOR NO KEY UPDATE${locked === 'skip' ? ' SKIP LOCKED' : ''}) AS stored
    WHERE given.revision > 1
    ON CONFLICT (number) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

/** Signals, new ones and those that were taken. */
function signalling(
  table: (name: string) => string,
  parameters: Parameters,
  signals: readonly (SignalRow & { readonly call: string })[],
): string {
  return `signals_kept AS (INSERT INTO ${table('signals')} AS signals (call, number, name, key, digest, at, data)
      SELECT changed.number, signal.number, signal.name, signal.key, signal.digest, signal.at, signal.data FROM changed JOIN ${parameters.table(
        'signal',
        [
          ['call', 'text', signals.map(({ call }) => toStored(call))],
          ['number', 'integer', signals.map(({ number }) => number)],
          ['name', 'text', signals.map(({ name }) => toStored(name))],
          ['key', 'text', signals.map(({ key }) => toStoredOrNull(key))],
          ['digest', 'text', signals.map(({ digest }) => toStored(digest))],
          ['at', 'bigint', signals.map(({ at }) => at)],
          ['data', 'text', signals.map(({ data }) => toStoredOrNull(data))],
        ],
      )} ON signal.call = changed.id
      ON CONFLICT (call, number) DO UPDATE SET name = excluded.name, key = excluded.key, digest = excluded.digest, at = excluded.at, data = excluded.data)`;
}

/** Rows that are there already, erased in place. */
function rewriting(table: (name: string) => string, parameters: Parameters, changes: readonly Commit[]): string[] {
  const journal = changes.flatMap(({ call, rewrite }) => (rewrite?.journal ?? []).map((row) => ({ ...row, call: call.id })));
  const turns = changes.flatMap(({ call, rewrite }) => (rewrite?.turns ?? []).map((row) => ({ ...row, call: call.id })));
  return [
    `journal_rewritten AS (UPDATE ${table('journal')} AS journal SET data = old.data FROM changed JOIN ${parameters.table('old', [
      ['call', 'text', journal.map(({ call }) => toStored(call))],
      ['position', 'integer', journal.map(({ index }) => index)],
      ['data', 'text', journal.map(({ data }) => toStored(data))],
    ])} ON old.call = changed.id WHERE journal.call = changed.number AND journal.position = old.position)`,
    `turns_rewritten AS (UPDATE ${table('turns')} AS turns SET event_id = past.event_id, event = past.event, answer = past.answer, at = past.at
      FROM changed JOIN ${parameters.table('past', [
        ['call', 'text', turns.map(({ call }) => toStored(call))],
        ['turn', 'integer', turns.map(({ turn }) => turn)],
        ['event_id', 'text', turns.map(({ eventId }) => toStoredOrNull(eventId))],
        ['event', 'text', turns.map(({ event }) => toStored(event))],
        ['answer', 'text', turns.map(({ answer }) => toStoredOrNull(answer))],
        ['at', 'bigint', turns.map(({ at }) => at)],
      ])} ON past.call = changed.id WHERE turns.call = changed.number AND turns.turn = past.turn)`,
  ];
}
