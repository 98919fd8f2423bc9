import type { Bridge, BridgeOutcome, BridgeResult } from '../../effects/bridge.ts';
import type { Capture } from '../../effects/capture.ts';
import type { Step } from '../../effects/step.ts';
import type { SignalResult, WaitFor } from '../../effects/wait-for.ts';
import { isError, StepFailedError } from '../../errors/index.ts';
import { throughJson } from '../../generator/json.ts';
import { stepFailure, type StepOutcome } from '../../generator/perform-step.ts';
import { bridgeResult } from '../bridge-end.ts';
import type { CallDriver } from '../call-driver.ts';
import { CallPlayer } from '../call-player.ts';
import type { CaptureBehaviour } from '../capture-behaviour.ts';
import type { CaptureState } from '../capture-engine.ts';
import { FlowFailedError } from '../errors/flow-failed-error.ts';
import { typeKeys } from '../handset.ts';
import { keysFor } from '../keys-for.ts';
import { type PhoneKey, phoneKeys } from '../phone-keys.ts';
import type { StubContext } from '../step-stubs.ts';
import { signalSentFor } from '../signals.ts';
import { literal, quoted } from '../test-script/literal.ts';
import type { StubUse } from '../test-script/test-source.ts';
import { Transcript } from '../transcript.ts';
import {
  type BridgeDeed,
  bridgeDeed,
  captureDeed,
  type Choice,
  LEAVES,
  type SignalDeed,
  signalDeed,
  stepResult,
  WAIT_MS,
  WAITS,
} from './choice.ts';
import type { Guide, Guided } from './guide.ts';
import { type BridgeRun, type Moment, randomCall, type RandomCall, type StepRun } from './random-call.ts';

/** What a random call is played with. */
export interface PlayOptions {
  readonly driver: CallDriver;
  readonly behaviour: CaptureBehaviour;
  readonly choices: readonly Choice[];
  /** The way that the call goes before choices are made. */
  readonly guide: Guide;
  /** What steps may come to, where the test says so. */
  readonly results: Readonly<Record<string, readonly unknown[]>>;
}

/** A random call that was played. */
export interface PlayedCall {
  readonly call: RandomCall;
  /** What breaks every rule: what the flow threw, a callflow that 8x8 would refuse, a replay that differs. Null where nothing did. */
  readonly trouble: unknown;
  /** The deeds as statements of a test, and in words. */
  readonly lines: readonly string[];
  readonly deeds: readonly string[];
  /** How steps ended, for their stubs. */
  readonly uses: ReadonlyMap<string, readonly StubUse[]>;
}

const PLAIN: Choice = { pick: 0, keys: '', leaves: 0, waits: 0 };
/** The caller hangs up at a bridge, and nobody knows how its second leg had ended. */
const GONE: BridgeDeed = { outcome: null, leaves: true };
const FAILURE_MESSAGE = 'an example of a failure';

/** Plays the call that `choices` make: at each wait the next of them says what happens, and after the last one the caller hangs up. */
export function playChoices(options: PlayOptions): Promise<PlayedCall> {
  return new Play(options).play();
}

class Play {
  readonly #options: PlayOptions;
  readonly #player: CallPlayer;
  readonly #sites: string[] = [];
  readonly #moments: Moment[] = [];
  readonly #bridged: BridgeRun[] = [];
  readonly #steps: StepRun[] = [];
  readonly #lines: string[] = [];
  readonly #deeds: string[] = [];
  readonly #uses = new Map<string, StubUse[]>();
  readonly #guide: Guide;
  #next = 0;
  /** How many answers had been given when the flow came to where it waits. */
  #answers = -1;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#guide = options.guide;
    this.#player = new CallPlayer({
      driver: options.driver,
      behaviour: options.behaviour,
      desk: { perform: (effect, context) => Promise.resolve(this.#perform(effect, context)) },
    });
  }

  async play(): Promise<PlayedCall> {
    let trouble: unknown = null;
    try {
      await this.#player.begin();
      while (this.#waits) await this.#act();
    } catch (error) {
      // The server speaks its fallback then; that is no mistake of the flow.
      if (!(error instanceof FlowFailedError && error.cause instanceof StepFailedError)) trouble = error;
    }
    return { call: this.#over(), trouble, lines: this.#lines, deeds: this.#deeds, uses: this.#uses };
  }

  /** Whether the platform, or somebody outside, has the next word. */
  get #waits(): boolean {
    const { wait, ending } = this.#player.position;
    return (wait === 'platform' || wait === 'signal') && !ending;
  }

  async #act(): Promise<void> {
    const { effect } = this.#player.position;
    this.#arrive();
    const guided = this.#guide.next(this.#player.position);
    if (guided !== null) return this.#follow(effect as Bridge | Capture | WaitFor, guided);
    const choice = this.#choice();
    if (effect?.kind === 'bridge') return this.#atBridge(effect, choice === null ? GONE : bridgeDeed(choice));
    if (choice === null) return this.#hangUp();
    if (choice.waits === WAITS) {
      const before = this.#player.position.journal.length;
      await this.#do('waits', `wait(${WAIT_MS.toLocaleString('en').replace(',', '_')})`, () => this.#player.pass(WAIT_MS));
      if (this.#player.position.journal.length > before) return;
    }
    if (effect?.kind === 'waitFor') await this.#atSignal(effect, signalDeed(effect, choice));
    else await this.#atCapture(effect as Capture, choice);
  }

  /** Does what leads on. */
  async #follow(effect: Bridge | Capture | WaitFor, entry: Guided): Promise<void> {
    const value = 'value' in entry ? entry.value : undefined;
    if (effect.kind === 'bridge') return this.#atBridge(effect, { outcome: (value as BridgeResult).outcome, leaves: false });
    if (effect.kind === 'waitFor') return this.#atSignal(effect, { value: value as SignalResult<unknown> });
    await this.#answer(value as string | null);
  }

  async #atCapture(effect: Capture, choice: Choice): Promise<void> {
    const deed = captureDeed(effect, choice);
    if (deed === 'hang-up') return this.#hangUp();
    if (deed === 'keys') return this.#press(this.#taken(choice.keys));
    await this.#answer(deed.answer);
  }

  async #atSignal(effect: WaitFor, deed: SignalDeed): Promise<void> {
    if (deed === 'hang-up') return this.#hangUp();
    const { name } = effect;
    if (!deed.value.arrived) return this.#do(`no ${name}`, 'stayQuiet()', () => this.#player.timeOut());
    const sent = signalSentFor(effect, deed.value.value);
    const statement = `signal(${quoted(name)}${sent === null ? '' : `, ${literal(sent, '  ')}`})`;
    await this.#do(`signal ${name}`, statement, () => this.#player.signal(name, sent));
  }

  /** Presses what gives this answer, if a phone can; else nothing. */
  async #answer(answer: string | null): Promise<void> {
    const presses = answer === null ? null : keysFor(this.#player.capture as CaptureState, answer);
    if (presses === null) return this.#do('silence', 'stayQuiet()', () => this.#player.keepQuiet());
    for (const keys of presses) await this.#press(keys);
  }

  /** Of some keys those that the capture takes. */
  #taken(keys: string): readonly PhoneKey[] {
    const pressed = phoneKeys(keys);
    return pressed.slice(0, typeKeys(this.#player.capture as CaptureState, pressed, new Transcript()).taken);
  }

  async #press(keys: readonly PhoneKey[]): Promise<void> {
    const text = keys.join('');
    await this.#do(text, `press(${quoted(text)})`, () => this.#player.press(keys));
  }

  async #atBridge({ to }: Bridge, { outcome, leaves }: BridgeDeed): Promise<void> {
    const index = this.#bridged.push({ to, site: this.#player.position.site, outcome: null }) - 1;
    this.#moments.push(this.#moment());
    this.#bridged[index] = { ...(this.#bridged[index] as BridgeRun), outcome };
    if (leaves) return this.#hangUp(outcome);
    const end = outcome as BridgeOutcome;
    await this.#do(`bridge ${end}`, `bridgeEnds(${quoted(end)})`, () => this.#player.bridgeEnds(bridgeResult(end)));
  }

  async #hangUp(outcome: BridgeOutcome | null = null): Promise<void> {
    const result = outcome === null ? undefined : bridgeResult(outcome);
    await this.#do('hang-up', `hangUp(${outcome === null ? '' : quoted(outcome)})`, () => this.#player.sessionEnds(result));
  }

  async #do(deed: string, statement: string, act: () => Promise<void>): Promise<void> {
    this.#lines.push(`await call.${statement};`);
    this.#deeds.push(deed);
    await act();
  }

  #perform(effect: Step<unknown>, context: StubContext): StepOutcome {
    const { name } = effect;
    this.#arrive();
    const { position } = this.#player;
    const guided = this.#guide.next(position);
    const choice = guided === null ? (this.#choice() ?? PLAIN) : PLAIN;
    const outcome = (guided === null ? null : this.#guidedOutcome(name, guided)) ?? this.#randomOutcome(effect, choice);
    const hangsUp = choice.leaves === LEAVES && !position.ending;
    if (hangsUp) context.hangUp();
    this.#steps.push({ name, site: position.site, ...(outcome.ok ? { value: outcome.value } : { error: outcome.error }) });
    const use = outcome.ok ? { hangsUp, value: outcome.value } : { hangsUp, error: outcome.error };
    this.#uses.set(name, [...(this.#uses.get(name) ?? []), use]);
    return outcome;
  }

  /** What leads on, unless the test says what the step may come to. */
  #guidedOutcome(name: string, entry: Guided): StepOutcome | null {
    if (Object.hasOwn(this.#options.results, name)) return null;
    return 'error' in entry ? { ok: false, error: entry.error } : { ok: true, value: entry.value };
  }

  #randomOutcome({ name, examples }: Step<unknown>, choice: Choice): StepOutcome {
    const { results } = this.#options;
    const known = Object.hasOwn(results, name) ? (results[name] ?? []) : Object.values(examples ?? { done: undefined });
    const result = stepResult(known, new Error(FAILURE_MESSAGE), choice);
    return isError(result) ? { ok: false, error: stepFailure(result) } : { ok: true, value: throughJson(result, name) };
  }

  #choice(): Choice | null {
    return this.#options.choices[this.#next++] ?? null;
  }

  /** The flow waits; not anew after a deed that the platform does not report, such as a try that failed. At a bridge the moment is noted once the bridge is. */
  #arrive(): void {
    const { site, effect, journal } = this.#player.position;
    if (journal.length === this.#answers) return;
    this.#answers = journal.length;
    this.#sites.push(site);
    if (effect?.kind !== 'bridge') this.#moments.push(this.#moment());
  }

  #moment(): Moment {
    const { site, tags } = this.#player.position;
    const { heard } = this.#player.transcript;
    return { site, sites: this.#sites.length, heard: heard.length, bridged: this.#bridged.length, steps: this.#steps.length, tags };
  }

  #over(): RandomCall {
    const { transcript, call, position } = this.#player;
    const whole = {
      call,
      sites: this.#sites,
      heard: [...transcript.heard],
      bridged: this.#bridged,
      steps: this.#steps,
      tags: position.tags,
      settings: position.settings,
      result: position.result,
      ended: transcript.endedBy,
      error: position.error,
      transcript: transcript.toString(),
    };
    return randomCall(whole, this.#moments);
  }
}
