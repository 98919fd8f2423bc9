import { CALL_COLUMNS, MOVING_COLUMNS, movingValues, STEADY_COLUMNS, steadyValues, type Value } from '../call-row.ts';
import type { CallRecord, Commit, JournalRow, TimelineRow, TurnRow } from '../store.ts';
import { toStored, toStoredOrNull } from '../stored-text.ts';

/** A parameter, or a whole column of them. */
type Parameter = Value | readonly Value[];

/** A statement and its parameters. */
export interface CommitQuery {
  readonly text: string;
  readonly values: readonly Parameter[];
}

/**
 * The whole of a change as one statement, so that it takes one round trip and needs no transaction of its own: the call's row is written where it is as
 * expected, and everything else hangs on that. Two changes of one call meet at its row, where the later one finds another revision.
 * The answer is one row, `changed`: 1, or 0 for a conflict.
 */
export function commitQuery(table: (name: string) => string, change: Commit): CommitQuery {
  return new CommitWriter(table).write(change);
}

class CommitWriter {
  readonly #table: (name: string) => string;
  readonly #values: Parameter[] = [];

  constructor(table: (name: string) => string) {
    this.#table = table;
  }

  write({ call, journal = [], turn, timeline = [], rewrite }: Commit): CommitQuery {
    const length = call.journalLength - journal.length;
    const parts = [`changed AS (${call.revision === 1 ? this.#insert(call) : this.#update(call, length, turn)} RETURNING number, id)`];
    if (journal.length > 0) parts.push(`journal_added AS (${this.#addJournal(journal)})`);
    if (turn !== undefined) parts.push(`turn_stored AS (${this.#storeTurn(turn)})`);
    if (timeline.length > 0) parts.push(`timeline_added AS (${this.#addTimeline(timeline)})`);
    if (rewrite !== undefined && rewrite.journal.length > 0) parts.push(`journal_rewritten AS (${this.#rewriteJournal(rewrite.journal)})`);
    if (rewrite !== undefined && rewrite.turns.length > 0) parts.push(`turns_rewritten AS (${this.#rewriteTurns(rewrite.turns)})`);
    return { text: `WITH ${parts.join(',\n')}\nSELECT count(*) AS changed FROM changed`, values: this.#values };
  }

  #insert(call: CallRecord): string {
    const values = [toStored(call.id), ...steadyValues(call), ...movingValues(call)].map((value) => this.#add(value));
    return `INSERT INTO ${this.#table('calls')} (${CALL_COLUMNS.join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`;
  }

  #update(call: CallRecord, journalLength: number, turn: TurnRow | undefined): string {
    const values = [...steadyValues(call), ...movingValues(call)];
    const columns = [...STEADY_COLUMNS, ...MOVING_COLUMNS].map((name, index) => `${name} = ${this.#add(values[index] ?? null)}`);
    // A value, and no NOT EXISTS: that becomes a join, which Postgres may begin at every first turn that there is.
    const unanswered =
      turn === undefined
        ? ''
        : ` AND coalesce((SELECT turns.answer IS NULL FROM ${this.#table('turns')} AS turns
            WHERE turns.call = calls.number AND turns.turn = ${this.#add(turn.turn)}), true)`;
    return `UPDATE ${this.#table('calls')} AS calls SET ${columns.join(', ')} WHERE calls.id = ${this.#add(toStored(call.id))}
      AND calls.revision = ${this.#add(call.revision - 1)} AND calls.journal_length = ${this.#add(journalLength)}${unanswered}`;
  }

  #addJournal(rows: readonly JournalRow[]): string {
    return `INSERT INTO ${this.#table('journal')} (call, position, data) SELECT changed.number, given.position, given.data
      FROM changed, ${this.#journalRows(rows)}`;
  }

  #rewriteJournal(rows: readonly JournalRow[]): string {
    return `UPDATE ${this.#table('journal')} AS journal SET data = given.data
      FROM changed, ${this.#journalRows(rows)} WHERE journal.call = changed.number AND journal.position = given.position`;
  }

  #journalRows(rows: readonly JournalRow[]): string {
    const positions = this.#add(rows.map(({ index }) => index));
    return `unnest(${positions}::integer[], ${this.#add(rows.map(({ data }) => toStored(data)))}::text[]) AS given (position, data)`;
  }

  #storeTurn({ turn, eventId, event, answer, at }: TurnRow): string {
    return `INSERT INTO ${this.#table('turns')} AS turns (call, turn, event_id, event, answer, at)
      SELECT changed.number, ${this.#add(turn)}::integer, ${this.#add(toStoredOrNull(eventId))}::text, ${this.#add(toStored(event))}::text,
        ${this.#add(toStoredOrNull(answer))}::text, ${this.#add(at)}::bigint FROM changed
      ON CONFLICT (call, turn) DO UPDATE SET event_id = excluded.event_id, event = excluded.event, answer = excluded.answer, at = excluded.at
      WHERE turns.answer IS NULL`;
  }

  #rewriteTurns(rows: readonly TurnRow[]): string {
    const columns = [
      `${this.#add(rows.map(({ turn }) => turn))}::integer[]`,
      `${this.#add(rows.map(({ eventId }) => toStoredOrNull(eventId)))}::text[]`,
      `${this.#add(rows.map(({ event }) => toStored(event)))}::text[]`,
      `${this.#add(rows.map(({ answer }) => toStoredOrNull(answer)))}::text[]`,
      `${this.#add(rows.map(({ at }) => at))}::bigint[]`,
    ];
    return `UPDATE ${this.#table('turns')} AS turns SET event_id = given.event_id, event = given.event, answer = given.answer, at = given.at
      FROM changed, unnest(${columns.join(', ')}) AS given (turn, event_id, event, answer, at)
      WHERE turns.call = changed.number AND turns.turn = given.turn`;
  }

  #addTimeline(rows: readonly TimelineRow[]): string {
    return `INSERT INTO ${this.#table('timeline')} (call_id, at, kind, data) SELECT changed.id, given.at, given.kind, given.data
      FROM changed, ${timelineRows(rows, (value) => this.#add(value))} ORDER BY given.place`;
  }

  #add(value: Parameter): string {
    return `$${this.#values.push(value)}`;
  }
}

/** Rows of a timeline as a table of parameters, in their order. */
export function timelineRows(rows: readonly TimelineRow[], add: (value: readonly Value[]) => string): string {
  const columns = [
    `${add(rows.map(({ at }) => at))}::bigint[]`,
    `${add(rows.map(({ kind }) => toStored(kind)))}::text[]`,
    `${add(rows.map(({ data }) => toStored(data)))}::text[]`,
  ];
  return `unnest(${columns.join(', ')}) WITH ORDINALITY AS given (at, kind, data, place)`;
}
