import { CALL_COLUMNS, MOVING_COLUMNS, movingValues, STEADY_COLUMNS, steadyValues, tagValues, type Value } from '../call-row.ts';
import { slotOf } from '../due-slot.ts';
import type { CallRecord, Commit, InboxRow, JournalRow, PutOptions, SignalRow, TimelineRow, TurnRow } from '../store.ts';
import { toStored, toStoredOrNull } from '../stored-text.ts';
import { CountStatements } from './count-statements.ts';
import type { Database, Statement } from './driver.ts';
import { InboxStatements } from './inbox-statements.ts';

const THE_CALL = '(SELECT number FROM calls WHERE id = ?)';

/** What changes a SQLite store. Each method runs inside a transaction of `GroupCommit` and never waits. */
export class WriteStatements {
  readonly #insert: Statement;
  readonly #move: Statement;
  readonly #update: Statement;
  readonly #journal: Statement;
  readonly #turn: Statement;
  readonly #tag: Statement;
  readonly #signal: Statement;
  readonly #timeline: Statement;
  readonly #rewriteJournal: Statement;
  readonly #rewriteTurn: Statement;
  readonly #touch: Statement;
  readonly #touchSlot: Statement;
  readonly #orphan: Statement;
  readonly #beat: Statement;
  readonly #overrides: Statement;
  readonly #inbox: InboxStatements;
  readonly counts: CountStatements;

  constructor(database: Database) {
    const set = (columns: readonly string[]): string => columns.map((name) => `${name} = ?`).join(', ');
    const same = STEADY_COLUMNS.map((name) => `${name} IS ?`).join(' AND ');
    const expected = 'id = ? AND revision = ? AND journal_length = ?';
    this.#insert = database.prepare(
      `INSERT INTO calls (${CALL_COLUMNS.join(', ')}) VALUES (${CALL_COLUMNS.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    );
    // SQLite rewrites the indexes of every column that an UPDATE names, changed or not: a turn that changes none of them should name none.
    this.#move = database.prepare(`UPDATE calls SET ${set(MOVING_COLUMNS)} WHERE ${expected} AND ${same}`);
    this.#update = database.prepare(`UPDATE OR IGNORE calls SET ${set([...STEADY_COLUMNS, ...MOVING_COLUMNS])} WHERE ${expected}`);
    this.#journal = database.prepare(`INSERT INTO journal (call, position, data) VALUES (${THE_CALL}, ?, ?)`);
    this.#turn = database.prepare(`INSERT INTO turns (call, turn, event_id, event, answer, at) VALUES (${THE_CALL}, ?, ?, ?, ?, ?)
      ON CONFLICT (call, turn) DO UPDATE SET event_id = excluded.event_id, event = excluded.event, answer = excluded.answer, at = excluded.at
      WHERE turns.answer IS NULL`);
    this.#tag = database.prepare(`INSERT INTO call_tags (call, name, text, number, started_at) VALUES (${THE_CALL}, ?, ?, ?, ?)
      ON CONFLICT (call, name) DO UPDATE SET text = excluded.text, number = excluded.number`);
    this.#signal = database.prepare(`INSERT INTO signals (call, number, name, key, digest, at, data) VALUES (${THE_CALL}, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (call, number) DO UPDATE SET name = excluded.name, key = excluded.key, digest = excluded.digest, at = excluded.at, data = excluded.data`);
    this.#timeline = database.prepare('INSERT INTO timeline (call_id, at, kind, data) VALUES (?, ?, ?, ?)');
    this.#rewriteJournal = database.prepare(`UPDATE journal SET data = ? WHERE call = ${THE_CALL} AND position = ?`);
    this.#rewriteTurn = database.prepare(
      `UPDATE turns SET event_id = ?, event = ?, answer = ?, at = ? WHERE call = ${THE_CALL} AND turn = ?`,
    );
    this.#touch = database.prepare(`UPDATE calls SET seen_at = max(seen_at, ?1),
      due_at = CASE WHEN due_at >= ?1 AND due_at < ?2 THEN ?2 ELSE due_at END WHERE id = ?3 AND due_slot IS ?4`);
    this.#touchSlot = database.prepare(`UPDATE calls SET seen_at = max(seen_at, ?1),
      due_slot = CASE WHEN due_at >= ?1 AND due_at < ?2 THEN ?4 ELSE due_slot END,
      due_at = CASE WHEN due_at >= ?1 AND due_at < ?2 THEN ?2 ELSE due_at END WHERE id = ?3`);
    this.#orphan = database.prepare(`INSERT INTO orphans (call_id, at) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM calls WHERE id = ?1)
      ON CONFLICT (call_id) DO UPDATE SET at = max(at, excluded.at)`);
    this.#beat = database.prepare('UPDATE pulse SET beats = beats + 1');
    this.#overrides = database.prepare('SELECT 1 FROM overrides_state WHERE revision = ?');
    this.#inbox = new InboxStatements(database);
    this.counts = new CountStatements(database);
  }

  /** Everything of a change, or `conflict`: then what was written before must be undone. */
  commit({
    call,
    journal = [],
    turn,
    timeline = [],
    rewrite,
    takes,
    overrides,
    tags = [],
    counts,
    signals = [],
  }: Commit): 'committed' | 'conflict' {
    const id = toStored(call.id);
    if (overrides !== undefined && this.#overrides.get(overrides) === undefined) return 'conflict';
    if (takes !== undefined && call.sessionId !== null && !this.#inbox.take(call.subAccountId, call.sessionId, takes)) return 'conflict';
    if (!this.#writeCall(id, call, call.journalLength - journal.length)) return 'conflict';
    if (turn !== undefined && !changed(this.#turn.run(id, turn.turn, ...turnValues(turn)))) return 'conflict';
    for (const row of journal) this.#journal.run(id, row.index, toStored(row.data));
    for (const name of tags) this.#tag.run(id, toStored(name), ...tagValues(call.tags[name]), call.startedAt);
    for (const row of signals) this.#signal.run(id, row.number, ...signalValues(row));
    this.#addToTimeline(id, timeline);
    if (counts !== undefined) this.counts.add(counts);
    if (rewrite !== undefined) this.#rewrite(id, rewrite.journal, rewrite.turns);
    return 'committed';
  }

  #writeCall(id: string, call: CallRecord, journalLength: number): boolean {
    const steady = steadyValues(call);
    const moving = movingValues(call);
    if (call.revision === 1) return changed(this.#insert.run(id, ...steady, ...moving));
    const expected: Value[] = [id, call.revision - 1, journalLength];
    return changed(this.#move.run(...moving, ...expected, ...steady)) || changed(this.#update.run(...steady, ...moving, ...expected));
  }

  #rewrite(id: string, journal: readonly JournalRow[], turns: readonly TurnRow[]): void {
    for (const row of journal) this.#rewriteJournal.run(toStored(row.data), id, row.index);
    for (const row of turns) this.#rewriteTurn.run(...turnValues(row), id, row.turn);
  }

  touch(callId: string, seenAt: number, dueAt: number): void {
    const values = [seenAt, dueAt, toStored(callId), slotOf(dueAt)];
    if (!changed(this.#touch.run(...values))) this.#touchSlot.run(...values);
  }

  append(callId: string, rows: readonly TimelineRow[]): void {
    const id = toStored(callId);
    this.#addToTimeline(id, rows);
    this.#orphan.run(id, Math.max(...rows.map(({ at }) => at)));
  }

  put(row: InboxRow, { pending, seen }: PutOptions): 'stored' | 'present' | 'conflict' {
    const outcome = this.#inbox.put(row, pending);
    if (outcome === 'stored' && seen !== undefined) this.touch(seen.callId, seen.seenAt, seen.dueAt);
    return outcome;
  }

  #addToTimeline(id: string, rows: readonly TimelineRow[]): void {
    for (const { at, kind, data } of rows) this.#timeline.run(id, at, toStored(kind), toStored(data));
  }

  /** Writes something, to see whether it can be done. */
  beat(): void {
    this.#beat.run();
  }
}

function turnValues({ eventId, event, answer, at }: TurnRow): [Value, Value, Value, Value] {
  return [toStoredOrNull(eventId), toStored(event), toStoredOrNull(answer), at];
}

function signalValues({ name, key, digest, at, data }: SignalRow): [Value, Value, Value, Value, Value] {
  return [toStored(name), toStoredOrNull(key), toStored(digest), at, toStoredOrNull(data)];
}

function changed({ changes }: { readonly changes: number | bigint }): boolean {
  return Number(changes) > 0;
}
