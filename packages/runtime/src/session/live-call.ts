import type { CompiledFlow, Entry, FlowEvent, Log, Position } from '@hookswitch/dsl';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { maskText } from '../observe/mask-text.ts';
import { maskWebhook } from '../observe/redact.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import { isSealed, type Sealer, type SealPlace } from '../security/seal.ts';
import type { CallRecord, Commit, JournalRow, StoredCall, TimelineRow, TurnRow } from '../store/store.ts';
import type { CallActionEvent } from './events.ts';
import { lastSite } from './last-site.ts';
import { Secrets } from './secrets.ts';
import { callOf, readState, type SessionState, writeState } from './session-state.ts';
import type { SessionContext } from './settings.ts';

/** What a commit changes besides the machine's position. */
export interface Change {
  readonly state?: Partial<SessionState>;
  readonly record?: Partial<CallRecord>;
  readonly turn?: TurnRow;
  readonly timeline?: readonly TimelineRow[];
  readonly rewrite?: Commit['rewrite'];
}

/** Steps that run for a call in this process. */
export interface Work {
  /** Resolves when the steps are through, whatever came of them. Never rejects. */
  readonly done: Promise<void>;
  /** Aborts when the caller has gone. */
  readonly gone: AbortController;
}

/**
 * A call in this process: what the store keeps of it, and its machine's position, which is ahead of the store by `#unsaved` entries while
 * a turn is being worked on. `commit` makes both one again; whoever changes a call does so inside `exclusive`.
 */
export class LiveCall {
  readonly compiled: CompiledFlow;
  record: CallRecord;
  state: SessionState;
  position: Position;
  work: Work | null = null;
  /** It began on a newer version than any that is served here, and others may have it: nothing has moved it here yet. */
  isAhead = false;
  /** The registry has forgotten this object: whoever still holds it looks the call up again. */
  dropped = false;
  /** The last answer, so that a duplicate on its heels needs no look into the store. */
  lastAnswer: { readonly turn: number; readonly body: string } | null = null;
  /** What is sensitive of it, to know what speaks of that. */
  readonly secrets = new Secrets();
  #unsaved: JournalRow[] = [];
  /** Lines that the flow logged since the last commit. */
  #unlogged: readonly Log[] = [];
  #tail: Promise<unknown> = Promise.resolve();
  readonly #context: SessionContext;

  constructor(context: SessionContext, compiled: CompiledFlow, record: CallRecord, state: SessionState, position: Position) {
    this.#context = context;
    this.compiled = compiled;
    this.record = record;
    this.state = state;
    this.position = position;
  }

  /** A call that begins: what its flow has logged by now is saved by the first commit. */
  static begin(context: SessionContext, compiled: CompiledFlow, record: CallRecord, state: SessionState, position: Position): LiveCall {
    const call = new LiveCall(context, compiled, record, state, position);
    call.#unlogged = position.logs;
    return call;
  }

  /** A call from what the store keeps: the flow is replayed over its journal. */
  static restore(context: SessionContext, compiled: CompiledFlow, { call, journal }: StoredCall): LiveCall {
    const state = readState(call.state);
    const entries = journal.map((row) => JSON.parse(opened(context.sealer, row.data, { callId: call.id, index: row.index })) as Entry);
    const live = new LiveCall(context, compiled, call, state, compiled.restore(callOf(call, state), entries, call.site));
    journal.forEach((row, index) => {
      const entry = entries[index] as Entry;
      if (isSealed(row.data) && 'value' in entry) live.secrets.note(entry.value);
    });
    live.isAhead = context.store.shared && context.flows.isAhead(call.flow, call.flowVersion);
    return live;
  }

  /** Runs `task` while nobody else changes this call in this process. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Tells the machine what happened. The entry is saved by the next commit. */
  advance(event: FlowEvent): void {
    const sensitive = isSensitive(this.position.effect);
    const next = this.compiled.next(this.position, event);
    const entry = next.journal.entry;
    if (next.journal.length > this.position.journal.length && entry !== null) {
      const index = next.journal.length - 1;
      const text = JSON.stringify(entry);
      // What failed, or was given back, may quote what the caller keyed in before.
      const quotes = this.state.sealed && (('error' in entry && hidesDigits(this)) || this.secrets.areIn(entry));
      const hidden = (sensitive || quotes) && !this.#isBare(entry);
      this.#unsaved.push({ index, data: hidden ? this.#context.sealer.seal(text, { callId: this.record.id, index }) : text });
      if (sensitive && hidden) this.state = { ...this.state, sealed: true };
      if (sensitive && 'value' in entry) this.secrets.note(entry.value);
    }
    this.#unlogged = [...this.#unlogged, ...next.logs];
    this.position = next;
    this.isAhead = false;
  }

  /**
   * Whether an entry may be kept as it is though there is no key: without one no sensitive step runs, so its failure is our own refusal, and silence and the end of
   * the session say nothing.
   */
  #isBare(entry: Entry): boolean {
    return !this.#context.sealer.canSeal && ('error' in entry || !('value' in entry) || entry.value == null);
  }

  /** Remembers where the call stands; the function that it gives takes back what `advance` was told since, as long as it was not saved. */
  mark(): () => void {
    const { position, isAhead } = this;
    const { sealed } = this.state;
    const unsaved = [...this.#unsaved];
    const unlogged = this.#unlogged;
    return () => {
      this.position = position;
      this.isAhead = isAhead;
      this.state = { ...this.state, sealed };
      this.#unsaved = unsaved;
      this.#unlogged = unlogged;
    };
  }

  /** Saves `change` and what the machine has been told since the last commit, in one transaction. Throws `CallChangedError` when somebody else was faster. */
  async commit(change: Change = {}): Promise<void> {
    const journal = this.#unsaved;
    const logs = this.#unlogged;
    const timeline = [...logs.map((line) => this.#logRow(line)), ...(change.timeline ?? [])];
    const place = { ...this.record, ...(this.isAhead ? {} : this.#place()), ...change.record };
    const siteSince = place.site === this.record.site ? this.state.siteSince : this.#context.clock.now();
    const state = { ...this.state, sensitive: hidesDigits(this), ...change.state, siteSince };
    const draft: CallRecord = {
      ...place,
      revision: this.record.revision + 1,
      state: writeState(state),
    };
    const call = { ...draft, dueAt: dueAt(draft, state, this.#context) };
    const outcome = await this.#context.store.commit({
      call,
      ...(journal.length > 0 ? { journal } : {}),
      ...(change.turn !== undefined ? { turn: change.turn } : {}),
      ...(timeline.length > 0 ? { timeline } : {}),
      ...(change.rewrite !== undefined ? { rewrite: change.rewrite } : {}),
    });
    if (outcome === 'conflict') throw new CallChangedError('another process has changed this call');
    this.record = call;
    this.state = state;
    this.#unsaved = [];
    this.#unlogged = [];
    for (const line of logs) this.#context.observer.logged(call, line);
    if (typeof change.turn?.answer === 'string') this.lastAnswer = { turn: change.turn.turn, body: change.turn.answer };
    this.#context.observer.changed?.(call);
  }

  /** Where the call stands, and on what code. */
  #place(): Pick<CallRecord, 'flowVersion' | 'site' | 'lastSite' | 'journalLength'> {
    const { compiled, position } = this;
    return {
      flowVersion: compiled.flow.options.version,
      site: position.site,
      lastSite: lastSite(compiled, position),
      journalLength: position.journal.length,
    };
  }

  #logRow({ message, fields }: Log): TimelineRow {
    const data = hidesDigits(this) || this.secrets.areIn(fields) ? maskWebhook(fields, { digits: 'mask', numbers: 'keep' }) : fields;
    return toTimelineRow(this.#context.clock.now(), { kind: 'log', level: 'info', message: shownText(this, message), data });
  }

  /** Takes over what others have saved while our lease kept them from the journal. False when the lease is no longer ours. */
  async catchUp(token: string): Promise<boolean> {
    const stored = await this.#context.store.load({ id: this.record.id });
    if (stored === null) return false;
    const state = readState(stored.call.state);
    if (state.lease?.token !== token) return false;
    this.record = stored.call;
    this.state = { ...state, sealed: state.sealed || this.state.sealed };
    this.lastAnswer = null;
    return true;
  }
}

/** Whether digits of this call's webhooks may not be stored: it stands at a sensitive site, or has not said yet what it says to the answer. */
export function hidesDigits({ state, position: { effect } }: LiveCall): boolean {
  return state.sensitive || isSensitive(effect);
}

/** A webhook as it is stored: keys are masked in the sensitive part, and wherever they are what was keyed in there. */
export function storedEvent(call: LiveCall, event: CallActionEvent): string {
  const text = event.stored({ digits: hidesDigits(call) });
  const keys = /"dtmf":\s*"([^"]*)"/i.exec(text)?.[1] ?? '';
  return call.secrets.areIn(keys) ? event.stored({ digits: true }) : text;
}

/** A text of the flow's own, e.g. an error's message: it may quote what the caller keyed in, which is masked where it may not be stored. */
export function shownText(call: LiveCall, text: string): string {
  return hidesDigits(call) || call.secrets.areIn(text) ? maskText(text, 'strict') : text;
}

export function isSensitive(effect: Position['effect']): boolean {
  return effect !== null && effect.kind !== 'bridge' && effect.sensitive;
}

/** Where the answer of a turn is sealed. */
export function answerPlace(callId: string, turn: number): SealPlace {
  return { callId, index: `turn-${turn}` };
}

/** A stored text as it was before it was sealed; most never were. */
export function opened(sealer: Sealer, text: string, place: SealPlace): string {
  return isSealed(text) ? sealer.open(text, place) : text;
}

/** When the sweeper is to look at a call. */
function dueAt(record: CallRecord, state: SessionState, { settings }: SessionContext): number | null {
  if (state.lease !== null) return state.lease.until;
  if (state.summary !== null) return state.summary.applied && state.summary.told ? null : Math.max(record.seenAt, state.tellAfter);
  if (record.endedAt !== null) return null;
  return record.seenAt + (state.bridged ? settings.bridgedIdle : settings.idle);
}
