import { StoreArgumentError } from '../errors/store-argument-error.ts';
import { checkCountRow } from './check-counts.ts';
import { MAX_KEY } from './max-key.ts';
import { checkOutboundChange } from './outbound/check-outbound.ts';
import type { CallRecord, Commit, InboxRow, SignalRow } from './store.ts';

const MAX_KIND = 64;
/** Characters of a signal's name. */
const MAX_SIGNAL = 64;
/** Characters of a tag's name, and of its text. */
const MAX_TAG = { name: 64, text: MAX_KEY } as const;
export const KEYS = ['id', 'subAccountId', 'sessionId', 'clientRequestId'] as const satisfies readonly (keyof CallRecord)[];
const INBOX_KEYS = { subAccountId: MAX_KEY, sessionId: MAX_KEY, kind: MAX_KIND, digest: MAX_KEY } as const satisfies Partial<
  Record<keyof InboxRow, number>
>;

/**
 * Throws `StoreArgumentError` for a change that contradicts itself: a journal with gaps, rows that it both adds and rewrites, ids, tags or signals that are too long,
 * tags that the call does not have, inbox rows for a call without a session.
 */
export function checkCommit({ call, journal = [], turn, rewrite, takes, tags = [], counts, outbound, signals = [] }: Commit): void {
  if (!Number.isInteger(call.revision) || call.revision < 1)
    throw new StoreArgumentError('commit.call.revision', `must be a whole number from 1 (which inserts the call), not ${call.revision}.`);
  for (const key of KEYS)
    if ((call[key]?.length ?? 0) > MAX_KEY) throw new StoreArgumentError(`commit.call.${key}`, `has more than ${MAX_KEY} characters.`);
  const first = call.journalLength - journal.length;
  if (first < 0 || journal.some((row, index) => row.index !== first + index))
    throw new StoreArgumentError(
      'commit.journal',
      `its rows must be numbered without gaps up to call.journalLength, the length of the journal with them (${call.journalLength}).`,
    );
  if (call.revision === 1 && first !== 0)
    throw new StoreArgumentError(
      'commit.journal',
      `inserts a call with ${call.journalLength} entries without all of them. Give its rows from 0.`,
    );
  if (takes !== undefined && call.sessionId === null)
    throw new StoreArgumentError('commit.takes', 'takes what is pending for a session, and the call has none. Leave it out.');
  checkTags(call, tags);
  if (counts !== undefined) checkCountRow(counts);
  if (counts !== undefined && !call.counted)
    throw new StoreArgumentError('commit.counts', 'counts a call that does not say so. Set call.counted with it.');
  if (outbound !== undefined) checkOutboundChange(outbound);
  checkSignals(signals);
  if (rewrite === undefined) return;
  if (rewrite.journal.some((row) => row.index >= first && row.index < call.journalLength))
    throw new StoreArgumentError('commit.rewrite.journal', 'rewrites a row that the same change adds. Add it as it is to be.');
  if (turn !== undefined && rewrite.turns.some((row) => row.turn === turn.turn))
    throw new StoreArgumentError('commit.rewrite.turns', 'rewrites the turn that the same change stores. Store it as it is to be.');
}

function checkTags({ tags, revision }: CallRecord, set: readonly string[]): void {
  const missing =
    set.find((name) => !Object.hasOwn(tags, name)) ?? (revision === 1 && Object.keys(tags).find((name) => !set.includes(name)));
  if (typeof missing === 'string')
    throw new StoreArgumentError('commit.tags', 'must be names of call.tags, and of an insert all of them: one is missing.');
  for (const name of set) {
    const value = tags[name];
    const isFine = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && value.length <= MAX_TAG.text;
    if (!isFine || name.length > MAX_TAG.name)
      throw new StoreArgumentError(
        'commit.call.tags',
        `must be finite numbers, or texts of at most ${MAX_TAG.text} characters, by names of at most ${MAX_TAG.name}.`,
      );
  }
}

function checkSignals(signals: readonly SignalRow[]): void {
  const isOff = ({ number, name, key }: SignalRow): boolean =>
    !Number.isInteger(number) || number < 0 || name.length > MAX_SIGNAL || (key?.length ?? 0) > MAX_KEY;
  if (signals.some(isOff))
    throw new StoreArgumentError(
      'commit.signals',
      `must be numbered from 0, with names of at most ${MAX_SIGNAL} characters and keys of at most ${MAX_KEY}.`,
    );
  if (new Set(signals.map(({ number }) => number)).size < signals.length)
    throw new StoreArgumentError('commit.signals', 'has two signals of one number.');
}

/** Throws `StoreArgumentError` for the name of a timeline that is too long: our own ids are not, nor `session:<subAccountId>/<sessionId>`. */
export function checkTimeline(callId: string): void {
  if (callId.length > 2 * MAX_KEY + 20)
    throw new StoreArgumentError('append.callId', 'is too long for an id, or for session:<subAccountId>/<sessionId>.');
}

/** Throws `StoreArgumentError` for keys of an inbox row that are too long. */
export function checkPut(row: InboxRow): void {
  for (const [key, most] of Object.entries(INBOX_KEYS) as [keyof typeof INBOX_KEYS, number][])
    if (row[key].length > most) throw new StoreArgumentError(`put.${key}`, `has more than ${most} characters.`);
}
