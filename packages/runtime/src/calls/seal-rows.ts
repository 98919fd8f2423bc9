/** What `decide` has marked as secret is sealed here, for sealing draws random bytes, and erased here once the call is over, for that needs what is stored. */
import type { Entry } from '@hookswitch/dsl';
import { isSealed, type Sealer, type SealPlace } from '../security/seal.ts';
import type { Commit, JournalRow, SignalRow, Store } from '../store/store.ts';
import type { Change } from './call.ts';
import { ERASED, eraseEntry } from './hidden/erase-entry.ts';

/** The rows of a change whose secrets are to be sealed, or whose call is over. */
export async function sealedRows(
  store: Store,
  sealer: Sealer,
  { commit, secret, erases }: Extract<Change, { kind: 'call' }>,
): Promise<Commit> {
  const { call, journal, turn, signals } = commit;
  const { id } = call;
  const seal = (row: JournalRow): JournalRow =>
    secret?.journal.includes(row.index) === true ? { ...row, data: sealer.seal(row.data, { callId: id, index: row.index }) } : row;
  const answer = turn?.answer ?? null;
  const rows: Commit = {
    ...commit,
    ...(journal === undefined ? {} : { journal: journal.map(seal) }),
    ...(turn === undefined || answer === null || secret?.turn !== true
      ? {}
      : { turn: { ...turn, answer: sealer.seal(answer, answerPlace(id, turn.turn)) } }),
    ...(signals === undefined || secret?.signals === undefined
      ? {}
      : { signals: signals.map((row) => sealSignal(sealer, id, row, secret.signals)) }),
  };
  return erases ? withErasure(store, sealer, rows) : rows;
}

/** A value that is sensitive, and what would tell whether another one is the same. */
function sealSignal(sealer: Sealer, callId: string, row: SignalRow, secret: readonly number[] = []): SignalRow {
  if (!secret.includes(row.number)) return row;
  const { number, digest, data } = row;
  return {
    ...row,
    digest: sealer.seal(digest, signalPlace(callId, number, 'digest')),
    data: data === null ? null : sealer.seal(data, signalPlace(callId, number, 'data')),
  };
}

/** A signal as it was before it was sealed. */
export function openedSignal(sealer: Sealer, callId: string, row: SignalRow): SignalRow & { readonly secret: boolean } {
  const { number, digest, data } = row;
  return {
    ...row,
    digest: opened(sealer, digest, signalPlace(callId, number, 'digest')),
    data: data === null ? null : opened(sealer, data, signalPlace(callId, number, 'data')),
    secret: isSealed(digest),
  };
}

function signalPlace(callId: string, number: number, what: 'digest' | 'data'): SealPlace {
  return { callId, index: `signal-${number}-${what}` };
}

/** What is sealed becomes what may stay: nobody needs to replay a session that is over. */
async function withErasure(store: Store, sealer: Sealer, rows: Commit): Promise<Commit> {
  const { id } = rows.call;
  const [stored, turns, signals] = await Promise.all([store.load({ id }), store.turns(id), store.signals(id)]);
  // Those of a call that can't be read here are sealed still.
  const left = signals.filter(
    ({ number, data }) => data !== null && isSealed(data) && rows.signals?.some((row) => row.number === number) !== true,
  );
  const erase = (row: JournalRow): JournalRow =>
    isSealed(row.data) ? { ...row, data: erased(sealer, row.data, { callId: id, index: row.index }) } : row;
  const sealed = (stored?.journal ?? []).filter(({ data }) => isSealed(data));
  const answered = turns.filter(({ answer }) => answer !== null && isSealed(answer));
  return {
    ...rows,
    ...(rows.journal === undefined ? {} : { journal: rows.journal.map(erase) }),
    ...(left.length === 0 ? {} : { signals: [...(rows.signals ?? []), ...left.map((row) => ({ ...row, data: null }))] }),
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
