import type { BridgeResult, Capture, SignalResult, WaitFor } from '@hookswitch/dsl';
import { FlowFailedError, NothingListensError, startCall, StepStubError } from '@hookswitch/dsl/testing';
import type { StepStub, StubContext, TestCall } from '@hookswitch/dsl/testing';
import { literal, quoted, type StubUse, type TestScript } from '@hookswitch/dsl/inside/test-script';
import { type Choices, madeUpKeys, WentAstray } from './made-up.ts';
import type { Heard, Recorded } from './recorded.ts';
import { shown, startOptions, type StartOptions } from './start-options.ts';

/** A call that was played again: the test's lines, and what they need. */
export interface Replayed extends Omit<TestScript, 'flow' | 'module'> {
  readonly options: StartOptions;
}

/** Attempts in which made-up entries are to lead where the caller's led, at most. */
const MAX_ATTEMPTS = 40;
/** Tries of one capture, at most. */
const MAX_TRIES = 10;
/** Digits from which on an entry may be a telephone number. */
const NUMBER_LENGTH = 7;
/** Seconds that `bridgeEnds('answered')` stands for. */
const USUAL_TALK = 60;

/** Plays a recorded call on the test phone and writes down how; the flow is asked at each turn, so that what is written is what the flow does now. */
export async function playAgain(recorded: Recorded): Promise<Replayed> {
  const names = new Set<string>();
  let choices: Choices = new Map();
  for (let attempts = 1; ; attempts++) {
    const attempt = new Attempt(recorded, names, choices, attempts < MAX_ATTEMPTS);
    try {
      return await attempt.play();
    } catch (error) {
      // The entry that was made up last becomes another one; where all were tried, the first stands, and so does what it leads to.
      if (error instanceof WentAstray) {
        choices = error.choices;
        continue;
      }
      // Steps are known by their names only when they run.
      if (!(error instanceof StepStubError) || names.has(error.step)) throw error;
      names.add(error.step);
    }
  }
}

class Attempt {
  readonly #recorded: Recorded;
  readonly #choices: Choices;
  readonly #mayFail: boolean;
  /** How many entries could be made up at a wait, by its index in the journal. */
  readonly #made = new Map<number, number>();
  readonly #names: ReadonlySet<string>;
  readonly #uses = new Map<string, StubUse[]>();
  readonly #lines: string[] = [];
  readonly #deeds: string[] = [];
  readonly #notes = new Set<string>();
  readonly #options: Replayed['options'];

  constructor(recorded: Recorded, names: ReadonlySet<string>, choices: Choices, mayFail: boolean) {
    this.#recorded = recorded;
    this.#choices = choices;
    this.#mayFail = mayFail;
    this.#names = names;
    this.#options = startOptions(recorded, this.#notes);
  }

  async play(): Promise<Replayed> {
    const steps = Object.fromEntries(
      [...this.#names].map((name): [string, StepStub] => [name, (context: StubContext) => this.#step(name, context)]),
    );
    try {
      const call = await startCall(this.#recorded.flow, { ...this.#options, steps });
      this.#hear(call);
      await this.#goOn(call);
    } catch (error) {
      if (!(error instanceof FlowFailedError) || this.#lines.length > 0) throw error;
      return this.#result(causeOf(error));
    }
    return this.#result(null);
  }

  #result(failsAtOnce: string | null): Replayed {
    return { options: this.#options, steps: this.#uses, failsAtOnce, lines: this.#lines, deeds: this.#deeds, notes: [...this.#notes] };
  }

  async #goOn(call: TestCall): Promise<void> {
    const { answers } = this.#recorded;
    while (!call.ended && call.journal.length < answers.length) {
      const index = call.journal.length;
      const heard = answers[index] as Heard;
      if (heard.kind === 'diverged' || (heard.site !== null && heard.site !== call.site)) {
        this.#astray(call, heard);
        break;
      }
      if (!(await this.#act(call, heard))) break;
      this.#hear(call);
      if (call.journal.length === index) break;
    }
    // The caller went on, and the test does not: what was made up has ended it.
    if (call.ended && call.journal.length < answers.length && this.#made.size > 0)
      this.#astray(call, answers[call.journal.length] as Heard);
    this.#end(call);
  }

  /** The test stands elsewhere than the call did: another entry is tried where one was made up, and only where none was has the code changed. */
  #astray(call: TestCall, heard: Heard): void {
    const at = call.ended ? 'its end' : `"${call.site}"`;
    if (heard.kind === 'diverged') this.#notes.add(`From ${at} on the call went by other code than the flow had before.`);
    else if (this.#made.size > 0 || this.#notes.size > 0) {
      const next = this.#mayFail ? this.#otherChoice() : null;
      if (next !== null) throw new WentAstray(next);
      this.#notes.add(`From ${at} on the test goes another way than the call: what is made up or masked here is not what the call had.`);
    } else this.#notes.add(`From ${at} on the call went by other code than the flow has now.`);
  }

  /** Another entry for the last one that was made up, in the manner of a counter; null where all were tried. */
  #otherChoice(): Choices | null {
    const indexes = [...this.#made.keys()].toSorted((a, b) => b - a);
    for (const index of indexes) {
      const next = (this.#choices.get(index) ?? 0) + 1;
      if (next < (this.#made.get(index) as number))
        return new Map([...this.#choices].filter(([earlier]) => earlier < index)).set(index, next);
    }
    return null;
  }

  /** Does what the caller did; false where the test ends with it. */
  async #act(call: TestCall, heard: Heard): Promise<boolean> {
    try {
      const { effect } = call.position;
      if (heard.kind === 'ended') await this.#hangUp(call, heard.bridge);
      else if (effect?.kind === 'bridge') await this.#bridgeEnds(call, heard.kind === 'answer' ? (heard.value as BridgeResult) : null);
      else if (effect?.kind === 'waitFor') await this.#signal(call, effect, heard);
      else if (effect?.kind === 'capture') await this.#capture(call, effect, heard);
      else return false;
      return true;
    } catch (error) {
      if (!(error instanceof FlowFailedError)) throw error;
      const deed = this.#lines.pop()?.replace(/^await (.*);$/, '$1') ?? '';
      this.#lines.push(`await expect(${deed}).rejects.toThrow(${quoted(causeOf(error))});`);
      return false;
    }
  }

  /** Sends what came, or lets the time run out. What was sensitive becomes an example. */
  async #signal(call: TestCall, { name, examples }: WaitFor, heard: Heard): Promise<void> {
    const result = heard.kind === 'answer' ? (heard.value as SignalResult<unknown>) : null;
    if (result?.arrived === false) return this.#do(`no ${name}`, 'stayQuiet()', () => call.stayQuiet());
    if (result === null) this.#notes.add('Sensitive signals are made up, so that the flow may go another way.');
    const value = result === null ? (Object.values(examples ?? {})[0] ?? null) : result.value;
    await this.#do(`signal ${name}`, `signal(${quoted(name)}, ${literal(value)})`, () => call.signal(name, value));
  }

  async #capture(call: TestCall, effect: Capture, heard: Heard): Promise<void> {
    const entry = heard.kind === 'answer' ? (heard.value as string | null) : undefined;
    if (entry === null) return this.#do('silence', 'stayQuiet()', () => call.stayQuiet());
    const isNumber = entry !== undefined && !this.#recorded.showNumbers && entry.length >= NUMBER_LENGTH;
    if (isNumber) this.#notes.add('Long entries are made up, as they may be telephone numbers.');
    if (entry === undefined) this.#notes.add('Sensitive entries are made up, so that the flow may go another way.');
    const digits = entry === undefined || isNumber ? this.#madeUp(call.journal.length, effect, entry?.length ?? null) : entry;
    await this.#press(call, digits, effect.completeOnHash);
  }

  /** Presses keys until the capture has ended: an entry that it refuses is typed once for each try. */
  async #press(call: TestCall, digits: string, closes: boolean): Promise<void> {
    const before = call.journal.length;
    for (let tries = 0; call.journal.length === before && tries < MAX_TRIES && !call.ended; tries++) {
      const keys = closes || digits === '' ? [`${digits}#`, digits] : [digits, `${digits}#`];
      for (const [index, entry] of keys.entries()) {
        try {
          await this.#do(entry, `press(${quoted(entry)})`, () => call.press(entry));
          break;
        } catch (error) {
          // A capture that ends by its length takes no `#` any more.
          if (!(error instanceof NothingListensError) || index > 0 || entry === digits) throw error;
          this.#lines.pop();
          this.#deeds.pop();
        }
      }
    }
  }

  #madeUp(index: number, effect: Capture, length: number | null): string {
    const keys = madeUpKeys(effect, length);
    this.#made.set(index, keys.length);
    return keys[this.#choices.get(index) ?? 0] as string;
  }

  async #bridgeEnds(call: TestCall, result: BridgeResult | null): Promise<void> {
    const outcome = result?.outcome ?? 'unknown';
    const duration = result?.duration ?? null;
    const isUsual = outcome !== 'answered' || duration === null || duration === USUAL_TALK;
    const end = isUsual ? outcome : { outcome, duration };
    await this.#do(`bridge ${outcome}`, `bridgeEnds(${literal(end)})`, () => call.bridgeEnds(end));
  }

  async #hangUp(call: TestCall, bridge: BridgeResult | null): Promise<void> {
    if (call.position.effect?.kind !== 'bridge' || bridge === null) return this.#do('hang-up', 'hangUp()', () => call.hangUp());
    await this.#do('hang-up', `hangUp(${quoted(bridge.outcome)})`, () => call.hangUp(bridge.outcome));
  }

  async #do(deed: string, statement: string, act: () => Promise<void>): Promise<void> {
    this.#lines.push(`await call.${statement};`);
    this.#deeds.push(deed);
    await act();
  }

  /** Answers a step as it was answered in the recorded call. */
  #step(name: string, context: StubContext): unknown {
    let index = Number(context.idempotencyKey.slice(context.idempotencyKey.lastIndexOf(':') + 1));
    let heard = this.#recorded.answers[index];
    const hangsUp = heard?.kind === 'ended';
    if (hangsUp) {
      context.hangUp();
      heard = this.#recorded.answers[++index];
    }
    const use = this.#useOf(name, heard, hangsUp);
    this.#uses.set(name, [...(this.#uses.get(name) ?? []), use]);
    if ('error' in use) throw Object.assign(new StandIn(use.error.message), { name: use.error.name });
    return use.value;
  }

  #useOf(name: string, heard: Heard | undefined, hangsUp: boolean): StubUse {
    if (heard?.kind === 'failure') return { hangsUp, error: heard.error };
    if (heard?.kind === 'hidden' && heard.error !== null) return { hangsUp, error: heard.error };
    if (heard?.kind === 'answer') {
      const value = shown(this.#recorded, heard.value);
      if (JSON.stringify(value) !== JSON.stringify(heard.value)) this.#notes.add(`Numbers in the results of "${name}" are masked.`);
      return { hangsUp, value };
    }
    if (heard?.kind === 'hidden') this.#notes.add(`The result of "${name}" is sensitive: give the stub a made-up one in place of null.`);
    else this.#notes.add(`The recorded call has no result of "${name}": give the stub one in place of null.`);
    return { hangsUp, value: null };
  }

  /** What the caller hears now, and where the call stands. */
  #hear(call: TestCall): void {
    for (const text of new Set(call.heardLast)) this.#lines.push(`expect(call).toHear(${quoted(text)});`);
    const { effect } = call.position;
    if (effect?.kind === 'bridge') {
      const line = this.#recorded.showNumbers ? `toHaveBridgedTo(${quoted(effect.to)})` : `toBeAt(${quoted(call.site)})`;
      this.#lines.push(`expect(call).${line};`);
    }
  }

  #end(call: TestCall): void {
    if (call.error !== null) return;
    this.#lines.push(call.ended ? 'expect(call).toHaveEnded();' : `expect(call).toBeAt(${quoted(call.site)});`);
    // What would be masked is left out.
    const isShown = (value: unknown): boolean => JSON.stringify(shown(this.#recorded, value)) === JSON.stringify(value);
    const tags = Object.entries(call.tags).filter(([, value]) => isShown(value));
    if (tags.length > 0) this.#lines.push(`expect(call).toHaveTag(${literal(Object.fromEntries(tags), '  ')});`);
    const result: unknown = call.result;
    if (result !== null && isShown(result)) this.#lines.push(`expect(call).toHaveResult(${literal(result, '  ')});`);
  }
}

/** The recorded failure of a step, in the test. */
class StandIn extends Error {}

function causeOf({ cause, message }: FlowFailedError): string {
  return cause instanceof Error ? cause.name : message;
}
