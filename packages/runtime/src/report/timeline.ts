import { match } from 'ts-pattern';
import type { Action, Entry, StepFailure } from '@hookswitch/dsl';
import { readState } from '../calls/state.ts';
import { decodeActionId } from '../calls/reply/answers.ts';
import { type ErasedEntry, isErased } from '../calls/hidden/erase-entry.ts';
import { maskNumber, maskText } from '../observe/mask-text.ts';
import { maskWebhook } from '../observe/redact.ts';
import { describeTags, describeTimeline, fromTimelineRow, type TimelineEvent } from '../observe/timeline.ts';
import { isSealed } from '../security/seal.ts';
import type { CallRecord, JournalRow, TimelineRow, TurnRow } from '../store/store.ts';
import { iso } from './call-view.ts';
import { answeredWith, broughtBy } from './came.ts';
import { describeAction, spokenIn } from './describe-action.ts';
import { type EntryLine, type EventLine, HIDDEN, type StepLine, type TimelineLine, type TurnLine } from './lines.ts';

/** All rows of one call. */
export interface CallRows {
  readonly call: CallRecord;
  readonly journal: readonly JournalRow[];
  readonly turns: readonly TurnRow[];
  /** Those of its session, too; see `callTimeline`. */
  readonly rows: readonly TimelineRow[];
}

/** A line with its time as the store has it, by which lines are sorted. */
type Timed<T extends TimelineLine = TimelineLine> = Omit<T, 'at'> & { readonly at: number };

/** An entry of the journal that can be read, with the line that is about to be told of it. */
interface ReadEntry {
  readonly index: number;
  readonly entry: Entry | ErasedEntry;
  isTold: boolean;
}

/** What a turn has asked: the last action of its answer, `hidden` where that is sealed, and the site that waits. */
interface Asked {
  readonly action: Action['action'] | 'hidden' | null;
  readonly site: string | null;
}

/** All that happened in a call, in order: its turns, its steps, the entries of its journal, and everything else. Numbers are masked unless `showNumbers`. */
export function timelineOf(rows: CallRows, showNumbers: boolean): TimelineLine[] {
  const teller = new Teller(rows, showNumbers);
  // Steps take their entries first: what is left was answered by callers and second parties.
  const events = teller.events();
  const turns = teller.turns();
  return [...turns, ...teller.entries(), ...events, ...teller.end()]
    .toSorted((a, b) => a.at - b.at)
    .map((line) => ({ ...line, at: iso(line.at) }) as TimelineLine);
}

class Teller {
  readonly #rows: CallRows;
  readonly #numbers: 'keep' | 'mask';
  /** The sites of callflows that their author has named. */
  readonly #named: Readonly<Record<string, string>>;
  readonly #legId: string | null;
  readonly #entries: readonly ReadEntry[];

  constructor(rows: CallRows, showNumbers: boolean) {
    this.#rows = rows;
    this.#numbers = showNumbers ? 'keep' : 'mask';
    const { actionSites, legId } = readState(rows.call.state);
    this.#named = actionSites ?? {};
    this.#legId = legId;
    this.#entries = rows.journal.flatMap(readEntry);
  }

  turns(): readonly Timed<TurnLine>[] {
    const answers = this.#entries.filter(({ isTold, entry }) => !isTold && !('ended' in entry) && !('diverged' in entry));
    let asked: Asked = { action: null, site: null };
    return this.#rows.turns.map((row) => {
      const event = parse(row.event);
      const [next] = row.turn === 0 ? [] : answers;
      const isIts = next !== undefined && asked.action !== null && (asked.site === null || asked.site === next.entry.site);
      if (isIts) {
        next.isTold = true;
        answers.shift();
      }
      const answer = row.answer === null ? null : this.#answerOf(row.answer);
      const brought = broughtBy(row, event, {
        asked: asked.action,
        isOutbound: this.#rows.call.direction === 'outbound',
        legId: this.#legId,
      });
      const line: Timed<TurnLine> = {
        kind: 'turn',
        at: row.at,
        text: row.answer === null ? `Turn ${row.turn} is being worked on` : `Turn ${row.turn} answered`,
        turn: row.turn,
        came: isIts ? (answeredWith(next.entry) ?? brought) : brought,
        askedAt: isIts ? next.entry.site : null,
        site: answer?.site ?? null,
        state: row.answer === null ? 'working' : answer === null ? 'hidden' : 'answered',
        said: answer === null ? [] : answer.actions.map((action) => describeAction(action, (text) => this.#number(text))),
        spoken: answer === null ? [] : answer.actions.map(spokenIn),
        data: {
          turn: row.turn,
          event: this.#masked(event),
          answer: row.answer === null ? null : answer === null ? HIDDEN : this.#masked(answer.raw),
        },
      };
      asked = { action: answer === null ? 'hidden' : (answer.actions.at(-1)?.action ?? null), site: answer?.site ?? null };
      return line;
    });
  }

  /** Everything beside the turns and the journal; steps with their results from the journal. */
  events(): readonly Timed<StepLine | EventLine>[] {
    const results = new Map<string, ReadEntry[]>();
    for (const read of this.#entries)
      if (!('ended' in read.entry)) results.set(read.entry.site, [...(results.get(read.entry.site) ?? []), read]);
    return this.#rows.rows
      .toSorted((a, b) => a.at - b.at)
      .map((row) => {
        const event = fromTimelineRow(row);
        if (event?.kind === 'step') return this.#step(row, event, results.get(event.site)?.shift());
        return {
          kind: event?.kind ?? 'other',
          at: row.at,
          text: event === null ? row.kind : this.#described(event),
          tone: event === null ? 'plain' : toneOf(event),
          data: this.#masked(parse(row.data)),
        };
      });
  }

  #step({ at, data }: TimelineRow, event: Extract<TimelineEvent, { kind: 'step' }>, read: ReadEntry | undefined): Timed<StepLine> {
    const { site, outcome, ms, attempts, error } = event;
    if (read !== undefined) read.isTold = true;
    const isDone = outcome === 'done';
    const entry = read?.entry;
    const result = entry === undefined || isErased(entry) ? HIDDEN : 'value' in entry ? this.#masked(entry.value) : null;
    return {
      kind: 'step',
      at,
      text: describeTimeline(event),
      site,
      ms,
      attempts,
      error: isDone ? null : (error ?? outcome),
      result: isDone ? result : null,
      data: this.#masked(parse(data)),
    };
  }

  entries(): readonly Timed<EntryLine>[] {
    return this.#entries.map(({ index, entry, isTold }) => ({
      kind: 'entry',
      at: entry.at,
      text: this.#numbers === 'mask' ? maskText(describeEntry(entry), 'numbers') : describeEntry(entry),
      isTold,
      // A time of its own would be taken for a number, and masked.
      data: { ...(this.#masked({ index, ...entry, at: null }) as object), at: entry.at },
    }));
  }

  /** The end of the session as the platform reported it, or as we concluded it. */
  end(): readonly Timed<EventLine>[] {
    const { summary } = readState(this.#rows.call.state);
    if (summary === null) return [];
    const { status, errorCode, errorMessage, at, bridge, raw } = summary;
    const why = [errorCode === null ? null : `error ${errorCode}`, errorMessage].filter((part) => part !== null).join(': ');
    return [
      {
        kind: 'summary',
        // The platform's clock may be another one.
        at: this.#rows.call.endedAt ?? at,
        text: `Session over: ${status}${why === '' ? '' : ` (${why})`}`,
        tone: status === 'ERROR' || status === 'FAILED' ? 'bad' : 'plain',
        data: this.#masked({ bridge, webhook: raw }),
      },
    ];
  }

  /** A stored answer; null where it is sealed, or was erased. */
  #answerOf(text: string): StoredAnswer | null {
    const raw = isSealed(text) ? null : (parse(text) as { readonly clientActionId?: unknown; readonly callflow?: unknown } | null);
    if (raw === null || !Array.isArray(raw.callflow)) return null;
    const id = typeof raw.clientActionId === 'string' ? raw.clientActionId : null;
    return { actions: raw.callflow as readonly Action[], site: id === null ? null : this.#siteOf(id), raw };
  }

  /** The site at which a callflow ends; null for repetitions, and for fallbacks that transfer. */
  #siteOf(id: string): string | null {
    if (Object.hasOwn(this.#named, id)) return this.#named[id] ?? null;
    return decodeActionId(id)?.kind === 'turn' ? id.slice(0, id.lastIndexOf('.')) : null;
  }

  /** Tags may be texts of any kind; whatever else is told is told in our own words. */
  #described(event: TimelineEvent): string {
    const text = describeTimeline(event);
    return event.kind === 'tags' && this.#numbers === 'mask' ? maskText(text, 'numbers') : text;
  }

  #number(text: string): string {
    return this.#numbers === 'keep' ? text : maskNumber(text);
  }

  #masked(value: unknown): unknown {
    return maskWebhook(value, { digits: 'keep', numbers: this.#numbers });
  }
}

interface StoredAnswer {
  readonly actions: readonly Action[];
  readonly site: string | null;
  readonly raw: unknown;
}

/** Entries that are sealed, or that nothing could be made of, are left out. */
function readEntry({ index, data }: JournalRow): readonly ReadEntry[] {
  const entry = isSealed(data) ? null : (parse(data) as Partial<Entry> | null);
  return typeof entry?.site === 'string' && typeof entry.at === 'number' ? [{ index, entry: entry as Entry, isTold: false }] : [];
}

function describeEntry(entry: Entry | ErasedEntry): string {
  if ('ended' in entry) return `The session ended at ${entry.site}`;
  if ('diverged' in entry) return `Journal and code disagree at ${entry.site}`;
  if ('turnedAway' in entry) return 'Turned away: intake was closed';
  if (isSettings(entry)) return `Settings read: ${describeTags(entry.value as Readonly<Record<string, string>>)}`;
  if ('error' in entry) return `${entry.site} failed: ${(entry.error as StepFailure).message}`;
  return `${entry.site} answered`;
}

/** Settings are read at a site of their own; no other answer there is an object, unless an author has called a bridge or a step so. */
function isSettings(entry: Entry | ErasedEntry): entry is Extract<Entry, { readonly value?: unknown }> & { readonly value: object } {
  const isThere = entry.site === 'settings' || entry.site.endsWith('/settings');
  return isThere && 'value' in entry && typeof entry.value === 'object' && entry.value !== null && !('outcome' in entry.value);
}

function toneOf(event: TimelineEvent): EventLine['tone'] {
  return match(event.kind)
    .returnType<EventLine['tone']>()
    .with('fallback', 'divergence', () => 'bad')
    .with('hold', 'takeover', 'turned-away', () => 'warn')
    .otherwise(() => 'plain');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
