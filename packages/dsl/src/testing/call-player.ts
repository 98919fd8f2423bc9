import type { Action, CallflowResponse } from '../callflow/actions.ts';
import { checkCallflow } from '../callflow/check-callflow.ts';
import type { Violation } from '../callflow/violation.ts';
import type { BridgeResult } from '../effects/bridge.ts';
import type { Step } from '../effects/step.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import { DivergenceError, StepFailedError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import { declines } from '../generator/declines.ts';
import type { Position } from '../machine/compile.ts';
import type { FlowEvent } from '../machine/events.ts';
import type { CaptureState } from './capture-engine.ts';
import { capturedAnswer } from './captured-answer.ts';
import { CallflowRefusedError } from './errors/callflow-refused-error.ts';
import { FlowFailedError } from './errors/flow-failed-error.ts';
import { ReplayDiffersError } from './errors/replay-differs-error.ts';
import { StepStubError } from './errors/step-stub-error.ts';
import { keepQuiet, typeKeys } from './handset.ts';
import { NotedLines } from './noted-lines.ts';
import { asSpeech, performAction } from './perform-action.ts';
import type { PhoneKey } from './phone-keys.ts';
import type { PlayerOptions } from './player-options.ts';
import { Signals } from './signals.ts';
import { Transcript } from './transcript.ts';

/** The platform's and the server's part of a test call: speaks callflows, runs captures and steps, reports what came of them. */
export class CallPlayer {
  readonly transcript = new Transcript();
  readonly sent: CallflowResponse[] = [];
  readonly warnings: Violation[] = [];
  /** Virtual time: milliseconds since 1970, UTC. */
  now: number;
  /** Whether the flow has declined an outbound call, which is never placed then. */
  declined = false;
  /** The capture that listens now. */
  capture: CaptureState | null = null;
  /** True while the stub of a step is called, which may look at the call. */
  inStub = false;
  readonly #options: PlayerOptions;
  readonly #signals = new Signals();
  /** Actions of the batch that were sent already. */
  #cursor = 0;
  readonly #noted: NotedLines;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.now = this.call.startedAt;
    this.#noted = new NotedLines(this.transcript, options.driver.declaredSettings);
  }

  get call(): Call {
    return this.#options.driver.call;
  }

  get flow(): string {
    return this.#options.driver.flow;
  }

  /** The waits for each signal that exploration has found. */
  get signals(): ReadonlyMap<string, readonly WaitFor[]> {
    return this.#options.driver.signals;
  }

  /** Names of the tags that the flow declares. */
  get knownTags(): readonly string[] {
    return this.#options.driver.knownTags;
  }

  get position(): Position {
    return this.#options.driver.position;
  }

  /** Says at which line the author may look where the call is another one each time. */
  whereToLook(): string {
    return this.#options.driver.whereToLook();
  }

  /** The call begins, up to the first answer. */
  async begin(): Promise<void> {
    this.transcript.begins(this.call);
    await this.#goOn(this.#options.driver.start());
  }

  /** Presses keys, all of which the capture takes. */
  async press(keys: readonly PhoneKey[]): Promise<void> {
    await this.#captured(typeKeys(this.capture as CaptureState, keys, this.transcript).capture);
  }

  /** Presses nothing until the capture gives up. */
  async keepQuiet(): Promise<void> {
    await this.#captured(keepQuiet(this.capture as CaptureState, this.transcript));
  }

  /** Lets `ms` pass in which nobody presses anything. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    while (this.now < until) {
      const { wait, effect } = this.position;
      if (this.capture !== null) await this.#captured(keepQuiet(this.capture, this.transcript, until));
      else if (wait === 'signal') await this.#hold(effect as WaitFor, until);
      else break;
    }
    this.now = Math.max(this.now, until);
  }

  /** Lets all the time pass that the flow waits for a signal. */
  async timeOut(): Promise<void> {
    const { timeout } = this.position.effect as WaitFor;
    await this.pass(this.#signals.waitAt(this.now).since + timeout - this.now);
  }

  /** A signal is sent: the flow goes on with it, or finds it when it waits for it. */
  async signal(name: string, value: unknown): Promise<void> {
    const { wait, effect } = this.position;
    this.#signals.keep(name, value);
    if (wait !== 'signal' || effect?.kind !== 'waitFor' || effect.name !== name) return;
    await this.#goOn(this.position, this.position.site);
  }

  /** Goes on to the end of a piece, or to the end of the wait, whichever comes first. */
  async #hold({ name, timeout }: WaitFor, until: number): Promise<void> {
    const { since, pieceEnds } = this.#signals.waitAt(this.now);
    const deadline = since + timeout;
    this.now = Math.max(this.now, Math.min(pieceEnds, deadline, until));
    if (this.now >= deadline) {
      this.transcript.signal(name, null);
      await this.#send({ type: 'SIGNAL_TIMED_OUT', at: this.#at(), site: this.position.site });
    } else if (this.now >= pieceEnds) this.#playPiece(this.position);
  }

  /** What the flow has said before it waits, and the next piece of what is played meanwhile. */
  #playPiece(position: Position): void {
    const piece = this.#signals.nextPiece(position, this.now);
    const unsent = position.actions.slice(this.#cursor);
    this.#cursor = position.actions.length;
    this.#answer([...unsent, ...piece], true);
  }

  async bridgeEnds(result: BridgeResult): Promise<void> {
    this.#bridged(result);
    await this.#send({ type: 'ACTION_COMPLETED', at: this.#at(), answer: result, site: this.position.site });
  }

  /** The session ends: the caller has gone. `bridge`: how the second leg had ended. */
  async sessionEnds(bridge?: BridgeResult): Promise<void> {
    this.capture = null;
    if (bridge !== undefined) this.#bridged(bridge);
    this.transcript.ends('caller');
    await this.#send({ type: 'SESSION_ENDED', at: this.#at(), ...(bridge === undefined ? {} : { bridge }) });
  }

  #bridged(result: BridgeResult): void {
    this.now += (result.duration ?? 0) * 1_000;
    this.transcript.bridged(result);
  }

  async #captured(capture: CaptureState): Promise<void> {
    this.capture = capture;
    this.now = Math.max(this.now, capture.result?.at ?? capture.at);
    if (capture.result === null) return;
    this.capture = null;
    const answer = capturedAnswer(capture.result.dtmf);
    await this.#send({ type: 'ACTION_COMPLETED', at: this.#at(), answer, site: this.position.site });
  }

  #at(): number {
    return this.#options.times?.(this.position.journal.length) ?? this.now;
  }

  async #send(event: FlowEvent): Promise<void> {
    const before = this.position.site;
    if (event.type === 'SESSION_ENDED') this.#cursor = 0;
    await this.#goOn(this.#options.driver.send(event), before);
  }

  /** Runs steps until the platform is asked for something, or the call is over. */
  async #goOn(start: Position, before: string | null = null): Promise<void> {
    let position = start;
    let from = before;
    this.#noted.write(position);
    while (position.wait === 'step' || position.wait === 'signal') {
      from = position.site;
      const next = position.wait === 'step' ? await this.#step(position) : this.#take(position);
      if (next === null && position.wait === 'step') return;
      if (next === null) break;
      position = next;
      this.#noted.write(position);
    }
    if (position.wait !== 'signal') this.#signals.done();
    this.#checkReplay();
    if (position.error !== null) this.#fail(position, from);
    if (position.resultError !== null) this.#fail({ ...position, error: position.resultError }, from);
    if (position.wait === 'signal') return this.#playPiece(position);
    if (position.wait !== 'platform' && position.wait !== 'ended') return;
    if (this.sent.length === 0 && declines(this.call, position)) return this.#notPlaced();
    const unsent = position.actions.slice(this.#cursor);
    this.#cursor = 0;
    this.#answer(unsent);
    if (position.wait === 'ended') await this.#flowHungUp();
  }

  /** Goes on with a signal that has come; null where none has. */
  #take({ effect, site }: Position): Position | null {
    const { name } = effect as WaitFor;
    const taken = this.#signals.take(effect as WaitFor);
    if (taken === null) return null;
    this.#signals.done();
    this.transcript.signal(name, { value: taken.raw });
    return this.#options.driver.send({ type: 'SIGNAL_RECEIVED', at: this.#at(), value: taken.value, site });
  }

  async #step(position: Position): Promise<Position | null> {
    const { driver, desk } = this.#options;
    const effect = position.effect as Step<unknown>;
    const abort = new AbortController();
    let running = true;
    const hangUp = (): void => {
      if (!running) throw this.#tooLate(effect.name);
      if (driver.position.ending) return;
      this.transcript.ends('caller');
      driver.send({ type: 'SESSION_ENDED', at: this.#at() });
      if (!position.uninterruptible) abort.abort();
    };
    const context = { signal: abort.signal, idempotencyKey: position.stepKey ?? '', attempt: 1, call: this.call, hangUp };
    this.inStub = true;
    const performed = desk.perform(effect, context, this.transcript.toString());
    this.inStub = false;
    const outcome = await performed;
    running = false;
    if (outcome === null) return null;
    this.transcript.step(effect.name, outcome);
    return driver.send({ type: 'STEP_SETTLED', at: this.#at(), outcome, site: position.site });
  }

  #tooLate(step: string): StepStubError {
    const message = `The stub of step "${step}" called hangUp() after it had given its result. Call it before, or use call.hangUp().`;
    return new StepStubError(step, message, this.transcript.toString());
  }

  /** The platform ends the session after the flow's last words, and reports it. */
  async #flowHungUp(): Promise<void> {
    this.transcript.ends('flow');
    await this.#send({ type: 'SESSION_ENDED', at: this.#at() });
  }

  /** The server places no call; the flow is told that it is over. */
  async #notPlaced(): Promise<void> {
    this.declined = true;
    this.transcript.notPlaced(this.position.declined);
    await this.#send({ type: 'SESSION_ENDED', at: this.#at() });
  }

  /** `holds`: the caller's keys are not listened to. */
  #answer(actions: readonly Action[], holds = false): void {
    const via = this.call.direction === 'outbound' && this.sent.length === 0 ? 'api' : 'vca';
    const response: CallflowResponse = { callflow: via === 'api' ? [this.#dial(), ...actions] : actions };
    this.sent.push(response);
    const violations = checkCallflow(response, { via });
    this.warnings.push(...violations.filter(({ severity }) => severity === 'warning'));
    const errors = violations.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new CallflowRefusedError(this.flow, errors, this.transcript.toString());
    for (const action of actions) this.#perform(holds ? asSpeech(action) : action);
  }

  /** An outbound session begins with the call to the one who is to hear the flow. */
  #dial(): Action {
    return { action: 'makeCall', params: { source: this.call.from ?? '', destination: this.call.to } };
  }

  #perform(action: Action): void {
    const { now, capture } = performAction(action, this.now, this.#options.behaviour, this.transcript);
    this.now = now;
    if (capture !== null) this.capture = capture;
  }

  #checkReplay(): void {
    const { driver } = this.#options;
    const found = driver.mode === 'live' ? null : driver.disagreement();
    if (found !== null) throw new ReplayDiffersError(this.flow, found, this.whereToLook(), this.transcript.toString());
  }

  #fail({ wait, error }: Position, from: string | null): void {
    this.transcript.fails(error);
    // Once the session is over, a step that failed disturbs nobody: its signal has aborted, and the caller hears nothing any more.
    if (wait === 'closed' && error instanceof StepFailedError) return;
    const where = error instanceof DivergenceError ? this.whereToLook() : '';
    throw new FlowFailedError(this.flow, from, error, this.transcript.toString(), where);
  }
}
