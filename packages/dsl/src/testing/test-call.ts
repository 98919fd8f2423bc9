import type { CallflowResponse } from '../callflow/actions.ts';
import { describeValue } from '../callflow/describe-value.ts';
import type { Violation } from '../callflow/violation.ts';
import type { Call } from '../flow/call.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { TagValue } from '../flow/tags.ts';
import type { Entry } from '../generator/journal.ts';
import type { Position } from '../machine/compile.ts';
import { type BridgeEnd, bridgeResult } from './bridge-end.ts';
import type { CallPlayer } from './call-player.ts';
import type { CaptureState } from './capture-engine.ts';
import { CallOptionError } from './errors/call-option-error.ts';
import { CallOverError } from './errors/call-over-error.ts';
import { NoBridgeError } from './errors/no-bridge-error.ts';
import { NotAwaitedError } from './errors/not-awaited-error.ts';
import { NothingListensError } from './errors/nothing-listens-error.ts';
import { typeKeys } from './handset.ts';
import { SignalError } from './errors/signal-error.ts';
import { phoneKeys } from './phone-keys.ts';
import { signalProblem } from './signals.ts';
import { Transcript } from './transcript.ts';

const BRAND = Symbol.for('hookswitch.test-call');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Tells a test call (of any loaded copy of the framework) from any other value. */
export function isTestCall(value: unknown): value is TestCall {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/**
 * A call of a flow in a test, with the caller's phone in hand; made by `startCall`.
 *
 * Time is virtual: speech, keys and steps take none, silence and pauses take what the platform's timeouts say, an answered bridge its duration.
 * What a phone couldn't do, or the platform wouldn't notice, is an error that shows the conversation.
 * A flow that throws, and a callflow that 8x8 would refuse, are errors of the action that brought them about.
 * `T` is the result that the call may have. The transcript shows all digits, sensitive ones too: use made-up ones.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- calls of flows with any result
export class TestCall<T = any> {
  readonly [BRAND] = true;
  readonly #player: CallPlayer;
  readonly #knownSites: readonly string[];
  /** What is being done right now. */
  #running: string | null = null;
  /** The error that left the call where it can't go on. */
  #stopped: unknown = null;
  /** Where the last turn begins in what was heard. */
  #turn = 0;

  constructor(player: CallPlayer, knownSites: readonly string[]) {
    this.#player = player;
    this.#knownSites = knownSites;
  }

  /** Name of the flow. */
  get flow(): string {
    return this.#player.flow;
  }

  /** What the flow knows of the call. */
  get call(): Call {
    return this.#player.call;
  }

  /** The settings that the flow has read; null as long as it has not. */
  get settings(): AnySettingValues | null {
    return this.#player.position.settings;
  }

  /** Virtual time: milliseconds since 1970, UTC. */
  get now(): number {
    return this.#player.now;
  }

  /** The conversation so far, one line for each thing said, pressed or done. */
  get transcript(): string {
    return this.#player.transcript.toString();
  }

  /** Every text and audio file that the caller has heard, oldest first. */
  get heard(): readonly string[] {
    return [...this.#player.transcript.heard];
  }

  /** The same of the last turn alone: since the caller last did something. */
  get heardLast(): readonly string[] {
    return this.#player.transcript.heard.slice(this.#turn);
  }

  /** Where the flow waits: a site, or `closed` after the end, `failed` after an error of the flow. */
  get site(): string {
    return this.#player.position.site;
  }

  /** Where the flow stands, with all that a server knows. */
  get position(): Position {
    return this.#player.position;
  }

  /** All sites of the flow that exploration found. */
  get knownSites(): readonly string[] {
    return this.#knownSites;
  }

  /** Names of the tags that the flow declares. */
  get knownTags(): readonly string[] {
    return this.#player.knownTags;
  }

  /** Whether the call is over: the flow or the caller hung up, or the flow failed. */
  get ended(): boolean {
    const { wait, ending } = this.#player.position;
    return ending || wait === 'ended' || wait === 'failed' || wait === 'closed';
  }

  /** Whether the flow declined an outbound call, by `decline` or as it ended before it said anything: nobody is called, and nothing is sent. */
  get declined(): boolean {
    return this.#player.declined;
  }

  /** The reason that the flow gave to `decline`; null where it yielded none. */
  get declineReason(): string | null {
    return this.#player.position.declined;
  }

  /** What the flow threw, or null. */
  get error(): unknown {
    return this.#player.position.error;
  }

  /** The tags that the flow has set so far: of each the last value. */
  get tags(): Readonly<Record<string, TagValue>> {
    return this.#player.position.tags;
  }

  /** What the flow has returned; null as long as it has not, and where it returned nothing. */
  get result(): T {
    return this.#player.position.result as T;
  }

  /** The action that is still going on, e.g. `press`; null where none is, and inside the stub of a step. */
  get pending(): string | null {
    return this.#player.inStub ? null : this.#running;
  }

  /** All callflows as 8x8 got them, without the `clientActionId` that the server adds; that of an outbound call begins with the `makeCall` to the one who is called. */
  get sent(): readonly CallflowResponse[] {
    return [...this.#player.sent];
  }

  /** Rules of severity `warning` that the callflows broke. Errors throw. */
  get warnings(): readonly Violation[] {
    return [...this.#player.warnings];
  }

  /** The answers of the call so far, as a server stores them. */
  get journal(): readonly Entry[] {
    return this.#player.position.journal.entries();
  }

  /**
   * Presses keys (`0` to `9`, `*`, `#`), then waits until the entry is judged: by `#`, by its length, or else by the pause that follows.
   * Keys after a failed try go into the next try; keys after the end of the capture are an error.
   *
   * @throws PhoneKeyError, NothingListensError, CallOverError, NotAwaitedError; and what the flow's next turn throws, see the class.
   */
  press(keys: string): Promise<void> {
    return this.#do('press', () => {
      if (typeof keys !== 'string')
        throw new CallOptionError('keys', `press: keys must be a text such as '12#'; got ${describeValue(keys)}. Put them into quotes.`);
      const pressed = phoneKeys(keys);
      if (pressed.length === 0) throw new CallOptionError('keys', 'press: no key was given; for no key at all use stayQuiet().');
      const { capture, taken } = typeKeys(this.#listening('press'), pressed, new Transcript());
      if (taken < pressed.length) throw this.#beyond(capture, taken, pressed.length);
      return () => this.#player.press(pressed);
    });
  }

  /** Presses nothing until the platform gives up asking: all tries that are left; where the flow waits for a signal, until its time is over. For a shorter silence see `wait`. */
  stayQuiet(): Promise<void> {
    return this.#do('stayQuiet', () => {
      if (this.#player.position.wait === 'signal') return () => this.#player.timeOut();
      this.#listening('stayQuiet');
      return () => this.#player.keepQuiet();
    });
  }

  /**
   * Sends a signal, as `POST /calls/:id/signals/:name` does: the flow goes on with it where it waits for it, and else finds it when it does. `value` is JSON, null where it is left out.
   *
   * @throws SignalError where the flow waits nowhere for it, or its schema refuses the value; CallOverError, NotAwaitedError; and what the flow's next turn throws, see the class.
   */
  signal(name: string, value: unknown = null): Promise<void> {
    return this.#do('signal', () => {
      const problem = signalProblem(this.#player.position, this.#player.signals, name, value);
      if (problem !== null) throw new SignalError(`signal: ${problem}`, this.transcript);
      return () => this.#player.signal(name, value);
    });
  }

  /** Lets `ms` pass in which the caller does nothing; timeouts that fall into it happen. While the flow waits for a signal, a piece of `hold` takes ten seconds. */
  wait(ms: number): Promise<void> {
    return this.#do('wait', () => {
      if (!Number.isFinite(ms) || ms < 0) throw new CallOptionError('ms', `wait: expected milliseconds, 0 or more; got ${String(ms)}.`);
      return () => this.#player.pass(ms);
    });
  }

  /**
   * The bridge ends: `'answered'`, `'busy'`, `'no-answer'`, `'declined'`, `'failed'`, `'unknown'`, or an outcome with SIP code and duration.
   *
   * @throws BridgeEndError for an end that no platform reports; NoBridgeError where no bridge is open.
   */
  bridgeEnds(end: BridgeEnd): Promise<void> {
    return this.#do('bridgeEnds', () => {
      const result = bridgeResult(end);
      this.#needBridge('bridgeEnds');
      return () => this.#player.bridgeEnds(result);
    });
  }

  /** The caller hangs up. While a bridge is open, `bridge` may say how the second leg had ended, as the session's summary then does. */
  hangUp(bridge?: BridgeEnd): Promise<void> {
    return this.#do('hangUp', () => {
      const result = bridge === undefined ? undefined : bridgeResult(bridge);
      if (result !== undefined) this.#needBridge(`hangUp('${result.outcome}')`);
      return () => this.#player.sessionEnds(result);
    });
  }

  toString(): string {
    return this.transcript;
  }

  [INSPECT](): string {
    return this.transcript;
  }

  /** Checks at once, then acts; an error of the action ends the call. */
  async #do(name: string, check: () => () => Promise<void>): Promise<void> {
    if (this.#running !== null) {
      throw new NotAwaitedError(name, this.#running, this.transcript);
    }
    const over = this.#whyOver();
    if (over !== null) throw new CallOverError(`${name}: nobody is on the line any more, because ${over}.`, this.transcript);
    const act = check();
    this.#turn = this.#player.transcript.heard.length;
    this.#running = name;
    try {
      await act();
    } catch (error) {
      this.#stopped = error;
      throw error;
    } finally {
      this.#running = null;
    }
  }

  #whyOver(): string | null {
    if (this.#stopped !== null)
      return `an earlier error stopped the call (${this.#stopped instanceof Error ? this.#stopped.name : 'see above'})`;
    return this.ended ? `the ${this.#player.transcript.endedBy ?? 'flow'} hung up` : null;
  }

  #listening(action: string): CaptureState {
    const { capture } = this.#player;
    if (capture !== null) return capture;
    if (this.#player.position.wait === 'signal')
      throw new NothingListensError(
        `${action}: the flow waits for a signal at "${this.site}", and keys are not listened to. Use signal(…), wait(…), stayQuiet() or hangUp().`,
        this.transcript,
      );
    throw new NothingListensError(
      `${action}: a bridge is open at "${this.site}", so the other party hears the keys, not the flow. Use bridgeEnds(…) or hangUp().`,
      this.transcript,
    );
  }

  #needBridge(action: string): void {
    if (this.#player.position.effect?.kind === 'bridge') return;
    throw new NoBridgeError(
      `${action}: no bridge is open; the flow waits for ${this.#player.position.wait === 'signal' ? 'a signal' : 'keys'} at "${this.site}". Use press(…), stayQuiet() or hangUp().`,
      this.transcript,
    );
  }

  #beyond({ result }: CaptureState, taken: number, pressed: number): NothingListensError {
    const why = result?.reason === 'hash' ? 'by "#"' : result?.valid === true ? 'by its length' : 'with its last try';
    return new NothingListensError(
      `press: of these ${pressed} keys the capture at "${this.site}" takes ${taken}: then it has ended, ${why}, and nothing listens to the rest. ` +
        'Give the rest to the next press.',
      this.transcript,
    );
  }
}
