/**
 * A decision in the making: the one place where a change to a call is put together. It works on copies of its own and is thrown away with the round; a call that was
 * found is never touched. When a call is due follows from its state, here and nowhere else.
 */
import type { FlowEvent } from '@hookswitch/dsl';
import { type TimelineEvent, toTimelineRow } from '../observe/timeline.ts';
import type { CallRecord, TimelineRow } from '../store/store.ts';
import type { Call, Decision, Env, NewEntry, NewTurn, Note, Order, Reply } from './call.ts';
import { hidesDigits, isHidden, isSensitive, shownData, shownText } from './hidden/hidden.ts';
import { lastSite } from './last-site.ts';
import { type CallState, writeState } from './state.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A decision in which nothing changes. */
export function nothing(reply: Reply | null, more: Partial<Decision> = {}): Decision {
  return { change: null, reply, wait: null, orders: [], notes: [], about: null, ...more };
}

export class Draft {
  readonly env: Env;
  readonly #found: Call;
  readonly #call: Writable<Call> & { readonly record: Writable<CallRecord>; readonly state: Writable<CallState> };
  readonly #takes: { readonly kind: string; readonly digest: string }[] | null;
  readonly #journal: NewEntry[] = [];
  readonly #logs: TimelineRow[] = [];
  readonly #timeline: TimelineRow[] = [];
  readonly #orders: Order[] = [];
  readonly #notes: Note[] = [];
  #turn: NewTurn | null = null;
  #erases = false;
  #hasSaidAll = false;
  #leftUntil: number | null = null;

  /** `takes`: what came for the session before, where this gives the call its session. */
  constructor(found: Call, env: Env, takes: readonly { readonly kind: string; readonly digest: string }[] | null = null) {
    this.env = env;
    this.#found = found;
    this.#takes = takes === null ? null : [...takes];
    this.#call = { ...found, record: { ...found.record, revision: found.record.revision + 1 }, state: { ...found.state } };
    // What a flow has logged by its first wait is saved with the call.
    if (found.record.revision === 0) this.#addLogs();
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

  /** Tells the flow what happened. */
  advance(event: FlowEvent): this {
    const { position, compiled } = this.#call;
    const next = compiled.next(position, event);
    const { entry } = next.journal;
    if (next.journal.length > position.journal.length && entry !== null) {
      const hidden = isHidden(this.#call, entry, this.env.canSeal);
      const isSecret = isSensitive(position.effect);
      this.#journal.push({ entry, hidden });
      if (isSecret && hidden) this.state({ sealed: true });
      if (isSecret && 'value' in entry) this.#call.secrets = this.#call.secrets.with(entry.value);
    }
    this.#call.position = next;
    this.#call.isAhead = false;
    this.#addLogs();
    return this;
  }

  #addLogs(): void {
    const { logs } = this.#call.position;
    for (const line of logs) {
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
    this.#hasSaidAll = true;
    return this.state({ sensitive: isSensitive(this.#call.position.effect) });
  }

  /** It is looked at again at `until`, whatever its state says. */
  leave(until: number): this {
    this.#leftUntil = until;
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
    if (!isAhead && broken === null) {
      this.record({
        flowVersion: compiled.flow.options.version,
        site: position.site,
        lastSite: lastSite(compiled, position),
        journalLength: position.journal.length,
      });
      this.state({ siteSince: position.site === this.#found.record.site ? state.siteSince : this.env.now });
    }
    if (broken === null && !this.#hasSaidAll) this.state({ sensitive: hidesDigits(this.#call) });
    this.record({ dueAt: this.#leftUntil ?? dueAt(record, state, this.env), state: writeState(state) });
    return {
      change: {
        kind: 'call',
        call: this.#call,
        journal: this.#journal,
        turn: this.#turn,
        timeline: [...this.#logs, ...this.#timeline],
        takes: this.#takes,
        erases: this.#erases,
      },
      reply,
      wait,
      orders: this.#orders,
      notes: this.#notes,
      about: record,
    };
  }
}

/** When a call is looked at though nobody asks for it. */
function dueAt(record: CallRecord, state: CallState, { settings }: Env): number | null {
  if (state.lease !== null) return state.lease.until;
  if (state.summary !== null) return state.summary.applied && state.summary.told ? null : Math.max(record.seenAt, state.tellAfter);
  if (record.endedAt !== null) return null;
  return record.seenAt + (state.bridged ? settings.bridgedIdle : settings.idle);
}
