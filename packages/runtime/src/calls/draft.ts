/**
 * A decision in the making: the one place where a change to a call is put together. It works on copies of its own and is thrown away with the round; a call that was
 * found is never touched. What of it is secret is marked here; when a call is due follows from its state, here and nowhere else.
 */
import type { Entry, FlowEvent, Position } from '@hookswitch/dsl';
import { maskText } from '../observe/mask-text.ts';
import { maskDigitsOf } from '../observe/redact.ts';
import { type TimelineEvent, toTimelineRow } from '../observe/timeline.ts';
import type { CallRecord, Commit, CountRow, JournalRow, TimelineRow } from '../store/store.ts';
import type { Call, Decision, Env, NewTurn, Note, Order, Reply } from './call.ts';
import type { Vca } from './input.ts';
import { type KnownSignal, type Signalled, signalRows } from './kept-signal.ts';
import { lastSite } from './last-site.ts';
import { countCall } from './counting/count-call.ts';
import { notedSince } from './noted.ts';
import { settingsAt } from './overrides.ts';
import { type CallState, USUAL_STATE } from './state.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class Draft {
  readonly env: Env;
  readonly #found: Call;
  readonly #call: Writable<Omit<Call, 'record' | 'state'>> & { readonly record: Writable<CallRecord>; readonly state: Writable<CallState> };
  readonly #takes: Commit['takes'] | null;
  readonly #journal: JournalRow[] = [];
  readonly #secretEntries: number[] = [];
  readonly #logs: TimelineRow[] = [];
  readonly #timeline: TimelineRow[] = [];
  readonly #tags = new Set<string>();
  readonly #signals = new Map<number, KnownSignal>();
  readonly #orders: Order[] = [];
  readonly #notes: Note[] = [];
  #turn: NewTurn | null = null;
  #erases = false;
  #relies = false;
  #leftUntil: number | null = null;
  #isAsItWas = false;

  /** `takes`: what came for the session before, where this gives the call its session. */
  constructor(found: Call, env: Env, takes: Commit['takes'] | null = null) {
    this.env = env;
    this.#found = found;
    this.#takes = takes;
    this.#call = { ...found, record: { ...found.record, revision: found.record.revision + 1 }, state: { ...found.state } };
    if (found.record.revision === 0) {
      // Whether intake is open; and the entry of a call that is turned away, and what a flow has noted by its first wait.
      this.#relies = true;
      found.position.journal.entries().forEach((entry, index) => this.#journal.push({ index, data: JSON.stringify(entry) }));
      this.#addNoted(null);
    }
    if (found.broken === null) this.#readSettings();
  }

  /** The call as it is by now. */
  get call(): Call {
    return this.#call;
  }

  /** Now, but never before the last entry: clocks can go backwards. */
  get time(): number {
    const { position, record } = this.#call;
    return this.env.flowTime ?? Math.max(this.env.now, position.journal.entry?.at ?? record.startedAt);
  }

  record(change: Partial<CallRecord>): this {
    Object.assign(this.#call.record, change);
    return this;
  }

  state(change: Partial<CallState>): this {
    Object.assign(this.#call.state, change);
    return this;
  }

  /** A signal has come, or was taken. */
  signalled({ row, kept, signals }: Signalled): this {
    if (row !== null) this.#signals.set(row.number, row);
    this.#call.kept = kept;
    return this.state({ signals });
  }

  /** Tells the flow what happened; where it asks what operators have set, it is told that, too: nobody waits for it. */
  advance(event: FlowEvent): this {
    this.#advance(event);
    this.#readSettings();
    return this;
  }

  #readSettings(): void {
    while (this.#call.position.wait === 'settings') {
      this.#relies = true;
      const values = { ...settingsAt(this.env.overrides, this.#call.record.flow, this.time), ...this.env.flowSettings };
      this.#advance({ type: 'SETTINGS_READ', at: this.time, values });
    }
  }

  #advance(event: FlowEvent): void {
    if (this.#call.state.waiting !== null) this.state({ waiting: null });
    const { position, compiled } = this.#call;
    const next = compiled.next(position, event);
    const { entry } = next.journal;
    if (next.journal.length > position.journal.length && entry !== null) {
      const isSecret = isSensitive(position.effect);
      const index = next.journal.length - 1;
      this.#journal.push({ index, data: JSON.stringify(entry) });
      if (isHidden(this.#call, entry, this.env.canSeal)) {
        this.#secretEntries.push(index);
        this.state({ sealed: true });
      }
      if (isSecret && 'value' in entry) this.#call.secrets = this.#call.secrets.with(entry.value);
    }
    this.#call.position = next;
    this.#call.isAhead = false;
    this.#addNoted(position);
  }

  /** What the flow has noted since `before`; null where it has just begun. Most of the time that is nothing. */
  #addNoted(before: Position | null): void {
    this.#addLogs();
    const { position, record, compiled, secrets } = this.#call;
    const { tags, result, resultError } = position;
    if (result === null && resultError === null && Object.keys(tags).length === 0) return;
    if (before?.tags === tags && before.result === result && before.resultError === resultError) return;
    const noted = notedSince(before, position, compiled.flow.options, secrets);
    const names = Object.keys(noted.tags);
    if (names.length > 0) {
      this.record({ tags: { ...record.tags, ...noted.tags } });
      for (const name of names) this.#tags.add(name);
      this.#logs.push(toTimelineRow(this.env.now, { kind: 'tags', tags: noted.tags }));
    }
    if (noted.result !== null) this.record({ result: noted.result });
    if (noted.error !== null) this.note({ kind: 'result-refused', error: noted.error });
  }

  #addLogs(): void {
    for (const line of this.#call.position.logs) {
      const data = shownData(this.#call, line.fields);
      this.#logs.push(toTimelineRow(this.env.now, { kind: 'log', level: 'info', message: shownText(this.#call, line.message), data }));
      this.#notes.push({ kind: 'logged', line });
    }
  }

  turn(turn: NewTurn): this {
    this.#turn = turn;
    if (turn.body !== null) this.#call.answered = { turn: turn.turn, body: turn.body };
    return this;
  }

  row(event: TimelineEvent, at = this.env.now): this {
    this.#timeline.push(toTimelineRow(at, event));
    return this;
  }

  note(note: Note): this {
    this.#notes.push(note);
    return this;
  }

  order(order: Order): this {
    this.#orders.push(order);
    return this;
  }

  /** The sensitive part ends where all is said that follows the answer. */
  saidAll(): this {
    return this.state({ sensitive: isSensitive(this.#call.position.effect) });
  }

  /** It is looked at again at `until`, whatever its state says. */
  leave(until: number): this {
    this.#leftUntil = until;
    return this;
  }

  /** Nothing of the call itself changes, be its code here or not. */
  asItWas(): this {
    this.#isAsItWas = true;
    return this;
  }

  /** What is sealed is erased with this change. */
  erase(): this {
    this.#erases = true;
    this.#call.answered = null;
    return this;
  }

  /** The decision. Nothing is changed any more afterwards. */
  done(reply: Reply | null, wait: Decision['wait'] = null): Decision {
    const { compiled, position, isAhead, broken, record, state } = this.#call;
    if (!isAhead && broken === null && !this.#isAsItWas) {
      record.flowVersion = compiled.flow.options.version;
      record.site = position.site;
      record.lastSite = position.ending || position.effect === null ? lastSite(compiled, position) : null;
      record.journalLength = position.journal.length;
      if (position.site !== this.#found.record.site) state.siteSince = this.env.now;
    }
    state.sensitive = hidesDigits(this.#call);
    record.dueAt = this.#leftUntil ?? dueAt(record, state, this.env);
    record.state = writeState(state);
    const [counts, turn] = [this.#counts(), this.#turn];
    const timeline = [...this.#logs, ...this.#timeline];
    const signals = this.#signals.size > 0 ? signalRows(this.#signals.values()) : null;
    const isSecret = (signals?.secret.length ?? 0) > 0 || this.#secretEntries.length > 0 || turn?.hidden === true;
    return {
      change: {
        kind: 'call',
        call: this.#call,
        commit: {
          call: record,
          ...(this.#journal.length > 0 ? { journal: this.#journal } : {}),
          ...(turn === null ? {} : { turn: { turn: turn.turn, eventId: turn.eventId, event: turn.event, answer: turn.body, at: turn.at } }),
          ...(timeline.length > 0 ? { timeline } : {}),
          ...(this.#tags.size > 0 ? { tags: [...this.#tags] } : {}),
          ...(signals === null ? {} : { signals: signals.rows }),
          ...(this.#takes == null ? {} : { takes: this.#takes }),
          ...(counts === null ? {} : { counts }),
          ...(this.#relies ? { overrides: this.env.overrides.revision } : {}),
        },
        secret: isSecret
          ? { journal: this.#secretEntries, turn: turn?.hidden === true, ...(signals === null ? {} : { signals: signals.secret }) }
          : null,
        erases: this.#erases,
      },
      reply,
      wait,
      orders: this.#orders,
      notes: this.#notes,
      about: record,
    };
  }

  /** What the call is counted by, in the change by which it is over: whatever has ended it comes this way, and comes once. */
  #counts(): CountRow | null {
    const { record, state } = this.#call;
    const isOver = state.summary === null ? record.endedAt !== null : state.summary.applied;
    if (!isOver || record.counted) return null;
    record.counted = true;
    const { row, ending, exit } = countCall(this.#call);
    if (!this.#isAsItWas) this.note({ kind: 'counted', ending, exit });
    return row;
  }
}

const STATE_NAMES = Object.keys(USUAL_STATE) as (keyof CallState)[];

/** A state as the store keeps it: only what is not as usual, since it is written with each turn. */
export function writeState(state: CallState): string {
  const written: Partial<Record<keyof CallState, unknown>> = {};
  for (const name of STATE_NAMES) if (state[name] !== USUAL_STATE[name]) written[name] = state[name];
  return JSON.stringify(written);
}

/** When a call is looked at though nobody asks for it. */
function dueAt(record: CallRecord, state: CallState, env: Env): number | null {
  if (state.lease !== null) return state.lease.until;
  if (state.summary !== null) return state.summary.told ? null : Math.max(record.seenAt, state.tellAfter);
  if (record.endedAt !== null) return null;
  return idleAt(record, state, env);
}

/** When a session is taken to be over of which nothing was heard any more. */
export function idleAt({ seenAt }: CallRecord, { bridged }: CallState, { settings }: Env): number {
  return seenAt + (bridged ? settings.bridgedIdle : settings.idle);
}

/** Whether what is waited for is sensitive. */
export const isSensitive = (effect: Position['effect']): boolean => effect !== null && 'sensitive' in effect && effect.sensitive;

/** Whether digits of this call's webhooks may not be stored: it stands at a sensitive site, or has not said yet what it says to the answer. */
export function hidesDigits({ state, position: { effect } }: Call): boolean {
  return state.sensitive || isSensitive(effect);
}

/** A webhook as it is stored: keys are masked in the sensitive part, and wherever they are what was keyed in there. */
export function storedEvent(call: Call, { text, raw }: Pick<Vca, 'text' | 'raw'>): string {
  const isHidden = hidesDigits(call) || (call.state.sealed && call.secrets.areIn(/"dtmf":\s*"([^"]*)"/i.exec(text)?.[1] ?? ''));
  return isHidden ? JSON.stringify(maskDigitsOf(raw)) : text;
}

/** A text of the flow's own, e.g. an error's message: it may quote what the caller keyed in, which is masked where it may not be stored. */
export function shownText(call: Call, text: string): string {
  return hidesDigits(call) || call.secrets.areIn(text) ? maskText(text, 'strict') : text;
}

/** The same for data, e.g. the fields of a log line. */
export function shownData<T>(call: Call, data: T): unknown {
  return hidesDigits(call) || call.secrets.areIn(data) ? maskDigitsOf(data) : data;
}

/**
 * Whether an entry is sealed: what was answered at a sensitive site, and what quotes it later. `before`: the call as it stood then. Without a key no sensitive step runs, so that its
 * failure is our own refusal, and silence and the session's end say nothing.
 */
export function isHidden(before: Call, entry: Entry, canSeal: boolean): boolean {
  const quotes = before.state.sealed && (('error' in entry && hidesDigits(before)) || before.secrets.areIn(entry));
  const isBare = !canSeal && ('error' in entry || !('value' in entry) || entry.value == null);
  return (isSensitive(before.position.effect) || quotes) && !isBare;
}
