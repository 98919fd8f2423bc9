import type { Call, Entry, HeardBatch } from '@hookswitch/dsl';
import { maskNumber, maskText } from '../observe/mask-text.ts';
import { isSealed, type Sealer } from '../security/seal.ts';
import { type ErasedEntry, eraseEntry } from '../calls/hidden/erase-entry.ts';
import { callOf, type CallState, readState } from '../calls/state.ts';
import type { CallRecord, CallStatus, JournalRow, StoredCall, TimelineRow, TurnRow } from '../store/store.ts';
import { viewNoted } from './call-view.ts';
import { heardOf } from './heard.ts';
import { type TurnPlace, turnPlaces } from './turn-places.ts';

/** Where an entry stands that can't be read: it is sealed with a key that is not here, or was erased by an older version. */
const UNREADABLE: ErasedEntry = { erased: true, site: '•', at: 0, value: '•' };

/** A call's journal as a file: what `hookswitch calls export` writes and `hookswitch replay` reads. Sensitive values are `•` and a length. */
export interface JournalExport {
  readonly format: 'hookswitch-journal';
  readonly version: 1;
  readonly flow: string;
  readonly flowVersion: string;
  readonly status: CallStatus;
  /** Of a call that was `cancelled`: the reason for which its flow declined it; null where it gave none, and for all other calls. Absent in exports of earlier releases. */
  readonly declined?: string | null;
  /** Where the flow stands. */
  readonly site: string;
  /** What the flow has noted on it, and what it has returned; null for nothing. */
  readonly tags: CallRecord['tags'];
  readonly result: unknown;
  /** The call as its flow knows it; numbers masked unless the server shows them. */
  readonly call: Call;
  readonly entries: readonly (Entry | ErasedEntry)[];
  /** What the caller heard of the flow, with its words, as far as that is known and not sealed; numbers masked likewise. Absent in exports of earlier releases. */
  readonly heard?: readonly HeardBatch[];
  /** For each callflow that was answered, how many answers the call had then; absent in exports of earlier releases. */
  readonly turns?: readonly TurnPlace[];
}

/** All rows of a call that an export is made of. */
export interface ExportedRows extends StoredCall {
  readonly turns: readonly TurnRow[];
  readonly rows: readonly TimelineRow[];
}

/** Exports a journal. `sealer` opens what is sealed, only to tell its length. */
export function exportJournal({ call: record, journal, turns, rows }: ExportedRows, sealer: Sealer, showNumbers: boolean): JournalExport {
  const state = readState(record.state);
  const call = callOf(record, state);
  const entries = journal.map((row) => exportEntry(row, record.id, sealer));
  const number = (text: string): string => (showNumbers ? text : maskNumber(text));
  const text = (words: string): string => (showNumbers ? words : maskText(words, 'numbers'));
  return {
    format: 'hookswitch-journal',
    version: 1,
    flow: record.flow,
    flowVersion: record.flowVersion,
    status: record.status,
    ...declinedOf(record, state.error, text),
    site: record.site,
    ...viewNoted(record, showNumbers),
    call: { ...call, from: call.from === null ? null : number(call.from), to: number(call.to) },
    entries,
    heard: heardOf({ turns, rows, entries, named: state.actionSites ?? {}, site: record.site }, showNumbers),
    turns: turnPlaces({ turns, entries, named: state.actionSites ?? {} }),
  };
}

/** Why nobody was called; nothing where an error of later stands in place of that. */
function declinedOf({ status }: CallRecord, error: CallState['error'], text: (words: string) => string): Pick<JournalExport, 'declined'> {
  if (status !== 'cancelled' || error?.code === 'not-placed') return { declined: null };
  return error?.code === 'declined' ? { declined: text(error.message) } : {};
}

function exportEntry({ index, data }: JournalRow, callId: string, sealer: Sealer): Entry | ErasedEntry {
  if (isSealed(data)) {
    try {
      return eraseEntry(JSON.parse(sealer.open(data, { callId, index })) as Entry);
    } catch {
      return UNREADABLE;
    }
  }
  const entry = JSON.parse(data) as Entry | ErasedEntry;
  return 'erased' in entry ? { ...UNREADABLE, ...entry } : entry;
}
