import type { Entry } from '@hookswitch/dsl';
import { parseDataKeys } from '../../security/key-ring.ts';
import { createSealer, isSealed, type Sealer } from '../../security/seal.ts';
import type { CallRecord, Commit, InboxRow, SignalRow } from '../../store/store.ts';
import { DATA_KEY } from '../calls.test-support.ts';
import { ERASED } from '../hidden/erase-entry.ts';
import { answerPlace } from '../seal-rows.ts';
import { type CallState, readState } from '../state.ts';
import { FIGURES } from './faults.test-support.ts';
import { SECRET } from './random-flow.test-support.ts';
import { type Arrived, arrivedIn, keptIn } from './signal-rows.test-support.ts';
import type { StoreWatcher } from './watched-store.test-support.ts';

interface Committed {
  readonly change: Commit;
  readonly state: CallState;
  /** Its entries, before they were sealed or erased. */
  readonly entries: readonly Entry[];
  /** The signals that it keeps, before they were sealed. */
  readonly kept: readonly SignalRow[];
  /** The answer of its turn, likewise. */
  readonly answer: string | null;
  readonly at: number;
}

const HANGUP = '"callflow":[{"action":"hangup"}]';

/** All that was stored in a world, and what must hold of it: the invariants of the rows, by number. */
export class History implements StoreWatcher {
  readonly #sealer = createSealer(parseDataKeys(DATA_KEY));
  readonly #now: () => number;
  readonly #shared: boolean;
  readonly #commits: Committed[] = [];
  readonly #rows: InboxRow[] = [];
  readonly #revisions = new Map<string, number>();
  /** What was sealed, by its place. */
  readonly #sealed = new Map<number | string, string[]>();
  readonly #told = new Map<string, number>();
  /** How much was stored when a caller was told without a commit that the call is over. */
  #overSince = Infinity;

  constructor(now: () => number, shared: boolean) {
    this.#now = now;
    this.#shared = shared;
  }

  /** The sealer of the world's processes. */
  get sealer(): Sealer {
    const sealer = this.#sealer;
    return {
      ...sealer,
      seal: (text, place) => {
        this.#sealed.set(place.index, [...(this.#sealed.get(place.index) ?? []), text]);
        return sealer.seal(text, place);
      },
    };
  }

  committed(change: Commit): void {
    const { call, journal = [], turn } = change;
    this.loaded(call);
    const entries = journal.map(({ index, data }) => this.#entry(call.id, index, data));
    const body = turn?.answer ?? null;
    const answer = body === null || turn === undefined || !isSealed(body) ? body : this.#sealer.open(body, answerPlace(call.id, turn.turn));
    const kept = keptIn(this.#sealer, call.id, change.signals);
    this.#commits.push({ change, state: readState(call.state), entries, kept, answer, at: this.#now() });
  }

  loaded({ id, revision }: CallRecord): void {
    this.#revisions.set(id, Math.max(revision, this.revisionOf(id)));
  }

  conflicted(): void {
    FIGURES.conflicts++;
  }

  put(row: InboxRow): void {
    this.#rows.push(row);
  }

  /** A hook was called for a status or a recording. */
  tell(what: string): void {
    FIGURES.told++;
    this.#told.set(what, (this.#told.get(what) ?? 0) + 1);
  }

  toldOver(): void {
    this.#overSince = Math.min(this.#overSince, this.#commits.length);
  }

  revisionOf(id: string): number {
    return this.#revisions.get(id) ?? 0;
  }

  hasSession(sessionId: string): boolean {
    return this.#commits.some(({ change }) => change.call.sessionId === sessionId);
  }

  /** The state and record of the newest commit; null where nothing is stored. */
  get last(): { readonly call: CallRecord; readonly state: CallState } | null {
    const { change, state } = this.#sorted.at(-1) ?? {};
    return change === undefined || state === undefined ? null : { call: change.call, state };
  }

  /** A turn's answer as it was sent; null where there is none. */
  answerOf(turn: number): string | null {
    return this.#commits.find(({ change, answer }) => change.turn?.turn === turn && answer !== null)?.answer ?? null;
  }

  /** The call as each commit left it, and its journal up to there. */
  get standings(): readonly { readonly call: CallRecord; readonly journal: readonly Entry[] }[] {
    let journal: readonly Entry[] = [];
    return this.#sorted.map(({ change: { call }, entries }) => ({ call, journal: (journal = [...journal, ...entries]) }));
  }

  /** What each commit did to signals, in order. */
  get changes(): readonly {
    readonly call: CallRecord;
    readonly state: CallState;
    readonly arrived: readonly Arrived[];
    readonly kept: readonly SignalRow[];
  }[] {
    return this.#sorted.map(({ change: { call }, state, entries, kept }) => ({ call, state, arrived: arrivedIn(entries), kept }));
  }

  get journal(): readonly Entry[] {
    return this.#sorted.flatMap(({ entries }) => entries);
  }

  hasRow(kind: string): boolean {
    return this.#rows.some((row) => row.kind === kind);
  }

  /** What is wrong with it. `isSteady`: no process has died, and no store has failed. */
  problems(isSteady: boolean): string[] {
    const commits = this.#sorted;
    const wrong: string[] = [];
    commits.forEach(({ change }, index) => {
      if (change.call.revision !== index + 1) wrong.push(`4: revision ${change.call.revision} is commit ${index + 1}`);
    });
    commits.forEach((one, index) => wrong.push(...this.#problemsOf(one, commits[index - 1] ?? null)));
    if (this.journal.filter((entry) => 'ended' in entry).length > 1) wrong.push('8: the flow is told twice that its session is over');
    this.#commits.slice(this.#overSince).forEach(({ answer }) => {
      if (answer !== null) wrong.push('7: a caller is answered who was told that the call is over');
    });
    const asked = commits.findIndex(({ state }) => state.endRequested);
    const after = asked === -1 ? [] : commits.slice(asked).filter(({ answer }) => answer !== null && !answer.includes(HANGUP));
    // A turn that was waiting for a step when the end was asked for has asked before.
    if (after.length > 1) wrong.push('7: a call goes on whose end was asked for');
    for (const [what, times] of this.#told) if (times > 1) wrong.push(`4: ${what} is told ${times} times`);
    const keys = this.#rows.map(({ kind, digest }) => `${kind} ${digest}`);
    if (new Set(keys).size !== keys.length) wrong.push('4: a webhook is kept twice');
    if (isSteady && this.#told.size !== this.#rows.length) wrong.push(`3: of ${this.#rows.length} webhooks ${this.#told.size} are told`);
    if (JSON.stringify([this.#commits.map(({ change }) => change), this.#rows]).includes(SECRET)) wrong.push('a secret is stored as it is');
    return wrong;
  }

  #problemsOf({ change, state, entries, answer, at }: Committed, before: Committed | null): string[] {
    const wrong: string[] = [];
    const { call, turn, rewrite } = change;
    const [was, is] = [before?.state.lease ?? null, state.lease];
    const isTaken = was !== null && is !== null && was.token !== is.token;
    if (isTaken) FIGURES.takeovers++;
    if (isTaken && this.#shared && was.until > at) wrong.push('2: a lease was taken before it had run out');
    if (is !== null && !call.site.startsWith('step')) wrong.push(`2: a lease is held at ${call.site}`);
    if (is === null && call.site.startsWith('step') && call.endedAt === null && state.error === null)
      wrong.push(`2: nobody holds a lease at ${call.site}`);
    wrong.push(...settingsRead(change, entries));
    const settled = entries.filter((entry) => entry.site.startsWith('step') && !('ended' in entry)).length;
    if (settled > 0 && was === null) wrong.push(`2: what came of ${entries[0]?.site} is stored without a lease`);
    if (settled > 1) wrong.push('2: one commit has the outcome of two steps');
    if (was !== null && settled === 0 && entries.some(({ site }) => site !== 'settings'))
      wrong.push('8: the flow went on while its step was outstanding');
    if (turn?.answer != null && this.answerOf(turn.turn) !== answer) wrong.push('1: a stored answer was replaced');
    if (rewrite?.turns.some((row) => row.answer !== ERASED) === true) wrong.push('1: a stored answer was changed');
    if (rewrite !== undefined && call.endedAt === null) wrong.push('1: an answer is erased before the end');
    return wrong;
  }

  get #sorted(): readonly Committed[] {
    return [...this.#commits].sort((one, other) => one.change.call.revision - other.change.call.revision);
  }

  #entry(callId: string, index: number, data: string): Entry {
    const text = isSealed(data) ? this.#sealer.open(data, { callId, index }) : data;
    if (!text.includes('"erased":true')) return JSON.parse(text) as Entry;
    const texts = (this.#sealed.get(index) ?? []).map((one) => JSON.parse(one) as Entry);
    const erased = JSON.parse(text) as { readonly site?: string; readonly at?: number };
    return texts.findLast(({ site, at }) => site === erased.site && at === erased.at) as Entry;
  }
}

/** Operators set `level` to the revision that their change makes: what a call has read is what held when it was committed. */
function settingsRead({ overrides }: Commit, entries: readonly Entry[]): readonly string[] {
  const read = entries.filter(({ site }) => site === 'settings');
  if (read.length === 0) return [];
  FIGURES.read++;
  const values = read.map((entry) => ('value' in entry ? (entry.value as { readonly level: number }).level : null));
  if (values.length > 1) return ['4: a call reads its settings twice'];
  return values[0] === overrides ? [] : [`4: a call has read ${values[0]}, and was committed at revision ${overrides}`];
}
