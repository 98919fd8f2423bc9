import type { CallflowResponse } from '@hookswitch/dsl';
import type { CallerLine } from '../callers/caller.ts';
import type { FullParty } from '../callers/party.ts';
import {
  CALM,
  drawDelivery,
  drawSummary,
  drawTurn,
  STAYS,
  TOLD_ONCE,
  type DeliveryPlan,
  type SummaryPlan,
  type TurnPlan,
} from '../chaos/delivery-plan.ts';
import type { Timeline } from '../clock/clock.ts';
import type { Fault } from '../faults.ts';
import { randomFrom, type Random } from '../random/random.ts';
import type { WebhookType } from '../registry/webhooks.ts';
import { ERROR_MESSAGES, type ErrorCode } from '../rules/status-codes.ts';
import type { Leg } from '../wire/leg.ts';
import type { PlatformContext } from './context.ts';
import type { EndedBy, SessionEnd, SessionEvent, SessionHappening } from './events.ts';
import type { Ending, SessionStart } from './session-start.ts';

/** What a wait gives when the session ended meanwhile. */
export const OVER = Symbol('over');

/** One session: its legs, its time, who listens to it, and how it ends. What it does is in the files beside this one. */
export class CallSession {
  readonly context: PlatformContext;
  readonly start: SessionStart;
  readonly id: string;
  readonly timeline: Timeline;
  readonly legs: Leg[] = [];
  /** All that the caller heard: texts as they were spoken, files as `file: URL`. */
  readonly heard: string[] = [];
  /** Kinds of actions that have run; the last is what the summary names. */
  lastAction: string | undefined;
  /** Number of the outstanding turn. */
  turn = 0;
  /** The answer that is being carried out. */
  answer: CallflowResponse | null = null;
  /** Whether that answer only buys time. */
  holding = false;
  /** The party that an outbound session calls first. */
  callee: FullParty | null = null;
  /** What an outbound session fails with in place of calling anybody. */
  calleeError: ErrorCode | null = null;
  /** How long an outbound session waits for its turn, ms. */
  queuedMs = 0;
  /** How long an outbound session may still be started, ms. */
  validMs = Number.POSITIVE_INFINITY;
  /** Whether the trunk had no room for the session. */
  crowdedOut = false;
  recordingAsked = false;
  ending: Ending | null = null;
  /** How the session ended, once it has. */
  end: SessionEnd | null = null;
  /** Where keys go while something listens. */
  keys: ((key: string) => void) | null = null;
  /** Where a decision about a ringing or talking party goes while it is taken by hand. */
  decide: ((decision: FullParty | 'hangs-up') => void) | null = null;
  /** What is delivered only after the summary. */
  readonly afterSummary: (() => Promise<void>)[] = [];

  readonly #ids: Random;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #interrupts = new Set<() => void>();
  /** Repetitions that wait for a later webhook. */
  readonly #late: (() => Promise<void>)[] = [];
  #finished = false;
  #pending = 1;
  readonly #deliveries: Partial<Record<WebhookType, number>> = {};
  #pressed = 0;
  #pressing: Promise<void> | null = null;

  constructor(context: PlatformContext, start: SessionStart) {
    this.context = context;
    this.start = start;
    this.#ids = randomFrom(context.idSeed, start.call);
    this.id = this.#ids.uuid();
    this.timeline = context.clock.timeline();
  }

  /** The leg that the session began with. */
  get firstLeg(): Leg {
    return this.legs[0] as Leg;
  }

  get isOver(): boolean {
    return this.ending !== null;
  }

  /** Puts the caller on the line. */
  lift(): void {
    const { caller, call, thinkMs, thinking } = this.start;
    const random = randomFrom(this.context.seed, call, 'caller');
    const line: CallerLine = {
      sessionId: this.id,
      now: () => this.timeline.now(),
      after: (ms, act) => this.timeline.after(ms, act),
      think: (within) => Math.min(0.8 * within, thinking === 'fixed' || thinkMs === 0 ? thinkMs : random.exponential(thinkMs)),
      press: (key) => this.press(key),
      hangUp: () => this.stop({ by: 'caller' }),
      wrong: (message) => this.fault({ kind: 'wrong-prompt', message }),
      random,
      hold: () => this.timeline.hold(),
      heard: this.heard,
    };
    this.#listeners.add(caller.begin(line));
  }

  listen(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(happening: SessionHappening): void {
    const event = { at: this.timeline.now(), ...happening } as SessionEvent;
    for (const listener of this.#listeners) listener(event);
  }

  /** Records what was wrong. */
  fault(fault: Pick<Fault, 'kind' | 'message'> & Partial<Pick<Fault, 'turn' | 'code' | 'path'>>): void {
    const full: Fault = {
      sessionId: this.id,
      call: this.start.call,
      turn: null,
      code: null,
      path: null,
      at: this.timeline.now(),
      ...fault,
    };
    this.context.onFault(full);
    this.emit({ type: 'fault', fault: full });
  }

  newId(): string {
    return this.#ids.uuid();
  }

  /** Ends the session, once; whatever waits goes on with `OVER`. */
  stop(ending: { by: EndedBy; error?: Ending['error']; cutBy?: string }): void {
    if (this.ending !== null) return;
    this.ending = { by: ending.by, error: ending.error ?? null, cutBy: ending.cutBy ?? null };
    for (const interrupt of [...this.#interrupts]) interrupt();
  }

  /** Ends the session with `ERROR`. */
  fail(code: ErrorCode, reason: string, cutBy?: string): void {
    this.stop({ by: 'platform', error: { code, reason: `${ERROR_MESSAGES[code]}: ${reason}` }, ...(cutBy === undefined ? {} : { cutBy }) });
  }

  /** Waits for `work`, unless the session ends first. */
  orOver<T>(work: Promise<T>): Promise<T | typeof OVER> {
    if (this.isOver) return Promise.resolve(OVER);
    return new Promise((resolve, reject) => {
      const interrupt = (): void => resolve(OVER);
      this.#interrupts.add(interrupt);
      void work.then(resolve, reject).finally(() => this.#interrupts.delete(interrupt));
    });
  }

  /** Lets time pass. Gives `OVER` where the session ended meanwhile. */
  pass(ms: number): Promise<void | typeof OVER> {
    if (this.isOver) return Promise.resolve(OVER);
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.timeline.after(ms, () => done(undefined));
      const interrupt = (): void => done(OVER);
      const done = (how: void | typeof OVER): void => {
        timer.cancel();
        this.#interrupts.delete(interrupt);
        resolve(how);
      };
      this.#interrupts.add(interrupt);
    });
  }

  /** Lets time pass, also once the session is over. */
  later(ms: number): Promise<void> {
    return new Promise((resolve) => void this.timeline.after(ms, resolve));
  }

  /** Does `act` when the session ends, unless the returned function was called before. */
  onStop(act: () => void): () => void {
    this.#interrupts.add(act);
    return () => void this.#interrupts.delete(act);
  }

  /** A key of the caller's telephone. Between two keys the server may be restarted. */
  press(key: string): void {
    const { chaos, seed, gate } = this.context;
    const restart = chaos?.restart ?? null;
    const number = this.#pressed++;
    if (chaos === null || restart === null) return this.#deliverKey(key);
    const due = number > 0 && randomFrom(seed, this.start.call, 'key', number).chance(chaos.rates.restarts);
    const release = this.timeline.hold();
    this.#pressing = (this.#pressing ?? Promise.resolve())
      .then(() => (due ? gate.restart(restart, chaos.drain) : undefined))
      .catch((error: unknown) => this.fault({ kind: 'connection', message: `the restart of the server failed: ${String(error)}` }))
      .then(() => {
        this.#deliverKey(key);
        release();
      });
  }

  #deliverKey(key: string): void {
    if (this.isOver) return;
    if (this.keys === null) this.emit({ type: 'key', key, heard: false });
    else this.keys(key);
  }

  /** What will go wrong with the next webhook. */
  planDelivery(type: WebhookType): DeliveryPlan {
    const { chaos, seed } = this.context;
    if (chaos === null) return CALM;
    const number = this.#deliveries[type] ?? 0;
    this.#deliveries[type] = number + 1;
    return drawDelivery(chaos, randomFrom(seed, this.start.call, type, number), type === 'VCA');
  }

  /** What the caller will do out of turn. */
  planTurn(): TurnPlan {
    const { chaos, seed } = this.context;
    return chaos === null ? STAYS : drawTurn(chaos, randomFrom(seed, this.start.call, 'turn', this.turn));
  }

  /** What will go wrong with the summary. */
  planSummary(): SummaryPlan {
    const { chaos, seed } = this.context;
    return chaos === null ? TOLD_ONCE : drawSummary(chaos, randomFrom(seed, this.start.call, 'summary'));
  }

  /** Keeps a repetition until a later webhook has been sent; after the last one it goes out at once. */
  postpone(repeat: () => Promise<void>): void {
    if (this.#finished) this.track(repeat());
    else this.#late.push(repeat);
  }

  /** Takes what was postponed. */
  takePostponed(): (() => Promise<void>)[] {
    return this.#late.splice(0);
  }

  /** The session itself is done; what goes on beside it may take longer. */
  finish(): void {
    this.#finished = true;
    for (const repeat of this.takePostponed()) this.track(repeat());
    this.#settle();
  }

  /** Takes note of work that goes on beside the session; the session is closed when all is done. */
  track(work: Promise<void>): void {
    this.#pending++;
    void work.finally(() => this.#settle());
  }

  /** One piece of work is done. */
  #settle(): void {
    if (--this.#pending > 0) return;
    this.emit({ type: 'closed' });
    this.timeline.close();
    this.#listeners.clear();
    this.start.onClosed();
  }
}
