import type { Entry, StepFailure } from '@hookswitch/dsl';
import { maskNumber } from '../observe/mask-text.ts';
import { maskWebhook } from '../observe/redact.ts';
import { describeTimeline, fromTimelineRow } from '../observe/timeline.ts';
import { isSealed } from '../security/seal.ts';
import { endedBy } from '../calls/ended-by.ts';
import { readState } from '../calls/state.ts';
import type { CallRecord, JournalRow, TimelineRow, TurnRow } from '../store/store.ts';
import type { CallView, TimelineView } from './schemas.ts';

/** A call for people and programs; numbers masked unless the server shows them. */
export function viewCall(call: CallRecord, showNumbers: boolean): CallView {
  const state = readState(call.state);
  const { error, endRequested, siteSince } = state;
  const number = (value: string): string => (showNumbers ? value : maskNumber(value));
  return {
    id: call.id,
    subAccountId: call.subAccountId,
    sessionId: call.sessionId,
    flow: call.flow,
    flowVersion: call.flowVersion,
    direction: call.direction,
    from: call.from === null ? null : number(call.from),
    to: number(call.to),
    status: endRequested && call.endedAt === null ? 'ending' : call.status,
    site: call.site,
    lastSite: call.lastSite,
    siteSince: siteSince === 0 ? null : iso(siteSince),
    turn: call.turn,
    startedAt: iso(call.startedAt),
    seenAt: iso(call.seenAt),
    endedAt: call.endedAt === null ? null : iso(call.endedAt),
    endedBy: endedBy(call, state),
    clientRequestId: call.clientRequestId,
    error,
  };
}

/** All that happened in a call, in order: its turns, the answers and steps of its journal, and everything else. */
export function viewTimeline(
  call: CallRecord,
  turns: readonly TurnRow[],
  journal: readonly JournalRow[],
  rows: readonly TimelineRow[],
  showNumbers: boolean,
): TimelineView[] {
  const numbers = showNumbers ? 'keep' : 'mask';
  const lines = [...turns.map(viewTurn), ...journal.map(viewEntry).filter((line) => line !== null), ...rows.map(viewRow), ...viewEnd(call)];
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map((line) => ({ ...line, at: iso(line.at), data: maskWebhook(line.data, { digits: 'keep', numbers }) }));
}

interface Line extends Omit<TimelineView, 'at'> {
  readonly at: number;
}

function viewTurn(row: TurnRow): Line {
  const answer = row.answer === null || isSealed(row.answer) ? null : (JSON.parse(row.answer) as unknown);
  const text = row.answer === null ? `Turn ${row.turn} is being worked on` : `Turn ${row.turn} answered`;
  return {
    at: row.at,
    kind: 'turn',
    text,
    data: { turn: row.turn, event: parse(row.event), answer: answer ?? (row.answer === null ? null : '•') },
  };
}

function viewEntry(row: JournalRow): Line | null {
  if (isSealed(row.data)) return null;
  const entry = JSON.parse(row.data) as Partial<Entry> & { readonly at?: number };
  if (typeof entry.at !== 'number') return null;
  return { at: entry.at, kind: 'entry', text: describeEntry(entry as Entry), data: { index: row.index, ...entry } };
}

function describeEntry(entry: Entry): string {
  if ('ended' in entry) return `The session ended at ${entry.site}`;
  if ('diverged' in entry) return `Journal and code disagree at ${entry.site}`;
  if ('error' in entry) return `${entry.site} failed: ${(entry.error as StepFailure).message}`;
  return `${entry.site} answered`;
}

function viewRow(row: TimelineRow): Line {
  const event = fromTimelineRow(row);
  return { at: row.at, kind: row.kind, text: event === null ? row.kind : describeTimeline(event), data: parse(row.data) };
}

/** The end of the session as the platform reported it, or as we concluded it. */
function viewEnd({ state, endedAt }: CallRecord): readonly Line[] {
  const { summary } = readState(state);
  if (summary === null) return [];
  const { status, errorCode, errorMessage, at, bridge, raw } = summary;
  const why = [errorCode === null ? null : `error ${errorCode}`, errorMessage].filter((part) => part !== null).join(', ');
  // The platform's clock may be another one.
  return [
    { at: endedAt ?? at, kind: 'summary', text: `Session over: ${status}${why === '' ? '' : ` (${why})`}`, data: { bridge, webhook: raw } },
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
