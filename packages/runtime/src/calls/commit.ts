/** The one place where a change becomes rows. What `decide` has marked is sealed here, for sealing draws random bytes, and erased here, for that needs what is stored. */
import type { Entry } from '@hookswitch/dsl';
import { isSealed, type Sealer, type SealPlace } from '../security/seal.ts';
import type { Commit, JournalRow, Store, TurnRow } from '../store/store.ts';
import type { Change } from './call.ts';
import { ERASED, eraseEntry } from './hidden/erase-entry.ts';

/** Commits a change. `present`: the webhook was kept before. */
export async function commit(store: Store, sealer: Sealer, change: Change): Promise<'committed' | 'conflict' | 'present'> {
  if (change.kind === 'inbox') {
    const { row, pending, seen } = change;
    const outcome = await store.put(row, { pending, ...(seen === null ? {} : { seen }) });
    return outcome === 'stored' ? 'committed' : outcome;
  }
  const rows = toCommit(sealer, change);
  return store.commit(change.erases ? await withErasure(store, sealer, rows) : rows);
}

function toCommit(sealer: Sealer, { call, journal, turn, timeline, takes }: Extract<Change, { kind: 'call' }>): Commit {
  const { record } = call;
  const first = record.journalLength - journal.length;
  return {
    call: record,
    ...(journal.length === 0
      ? {}
      : {
          journal: journal.map(({ entry, hidden }, n): JournalRow => {
            const index = first + n;
            const text = JSON.stringify(entry);
            return { index, data: hidden ? sealer.seal(text, { callId: record.id, index }) : text };
          }),
        }),
    ...(turn === null ? {} : { turn: toTurn(sealer, record.id, turn) }),
    ...(timeline.length === 0 ? {} : { timeline }),
    ...(takes === null ? {} : { takes }),
  };
}

function toTurn(sealer: Sealer, callId: string, turn: NonNullable<Extract<Change, { kind: 'call' }>['turn']>): TurnRow {
  const { body, hidden, eventId, event, at } = turn;
  const answer = body !== null && hidden ? sealer.seal(body, answerPlace(callId, turn.turn)) : body;
  return { turn: turn.turn, eventId, event, answer, at };
}

/** What is sealed becomes what may stay: nobody needs to replay a session that is over. */
async function withErasure(store: Store, sealer: Sealer, rows: Commit): Promise<Commit> {
  const { id } = rows.call;
  const [stored, turns] = await Promise.all([store.load({ id }), store.turns(id)]);
  const erase = (row: JournalRow): JournalRow =>
    isSealed(row.data) ? { ...row, data: erased(sealer, row.data, { callId: id, index: row.index }) } : row;
  const sealed = (stored?.journal ?? []).filter(({ data }) => isSealed(data));
  const answered = turns.filter(({ answer }) => answer !== null && isSealed(answer));
  return {
    ...rows,
    ...(rows.journal === undefined ? {} : { journal: rows.journal.map(erase) }),
    rewrite: { journal: sealed.map(erase), turns: answered.map((row) => ({ ...row, answer: ERASED })) },
  };
}

/** What is left of a sealed entry: where and when something was answered, and its length; less where its key is gone. */
function erased(sealer: Sealer, data: string, place: SealPlace): string {
  try {
    return JSON.stringify(eraseEntry(JSON.parse(sealer.open(data, place)) as Entry));
  } catch {
    return ERASED;
  }
}

/** Where the answer of a turn is sealed. */
export function answerPlace(callId: string, turn: number): SealPlace {
  return { callId, index: `turn-${turn}` };
}

/** A stored text as it was before it was sealed; most never were. */
export function opened(sealer: Sealer, text: string, place: SealPlace): string {
  return isSealed(text) ? sealer.open(text, place) : text;
}
