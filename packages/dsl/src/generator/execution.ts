import type { Action } from '../callflow/actions.ts';
import type { Bridge } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { AtOnce, Awaited, Primitive } from '../effects/primitive.ts';
import type { Step } from '../effects/step.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import { DivergenceError, YieldError } from '../errors/index.ts';
import { readable } from '../errors/unreadable-error.ts';
import type { Call } from '../flow/call.ts';
import { type CurrentRun, enterRun, type InPlace } from '../flow/current-run.ts';
import type { Effect } from '../flow/effect.ts';
import type { FlowOptions } from '../flow/flow-options.ts';
import type { SensitiveValues } from '../flow/sensitive-values.ts';
import { type AnySettingValues, demandGiven, type ReadSettings } from '../flow/settings.ts';
import { ActionIds } from './action-ids.ts';
import type { Decision, Wait } from './decision.ts';
import { DoneAtOnce } from './done-at-once.ts';
import { Frames, type Resume, RETURN } from './frames.ts';
import type { Entry } from './journal.ts';
import { Noted } from './noted.ts';
import { nothingFor, resumeWith, settingsRead } from './outcome.ts';
import { Progress } from './progress.ts';
import { type Returned, Returning } from './returning.ts';
import { reservedSite, siteName } from './site-name.ts';
import { Speech } from './speech.ts';
import type { Subject } from './subject.ts';
import { Walk } from './walk.ts';

const NONE: readonly never[] = Object.freeze([]);

/**
 * The driver: one generator of a flow, which goes over a journal and pulls effects until one needs an answer that the journal doesn't have, or ends the call.
 * It must never look at anything but its call and the entries, and never change an entry or a decision that it gave.
 * The same call and entries give the same decision; an entry is taken only at the site where the flow waits; once the session has ended nothing is spoken.
 */
export class Execution implements CurrentRun, Returned {
  readonly options: FlowOptions;
  readonly call: Call;
  readonly traced: boolean;
  readonly flow: string;
  readonly walk = new Walk();
  readonly progress: Progress;
  readonly noted = new Noted();
  path: readonly string[];
  /** What operators had set when the flow first asked. */
  settings: AnySettingValues | null = null;
  branches = 0;
  operating = false;

  readonly #subject: Subject;
  readonly #frames = new Frames(this);
  readonly #returning = new Returning(this);
  readonly #speech: Speech;
  readonly #atOnce: DoneAtOnce;
  readonly #actionIds = new ActionIds();
  /** What the flow threw before the session ended. */
  #failure: unknown = null;
  #decision: Decision | null = null;

  constructor(subject: Subject, journal: readonly Entry[]) {
    this.#subject = subject;
    this.options = subject.options;
    this.flow = subject.options.name;
    this.call = subject.call;
    this.path = subject.path;
    this.traced = subject.traced;
    this.#speech = new Speech(subject.call, subject.options);
    // Nobody knows what was said before a divergence.
    this.#speech.hasSpoken = subject.before > 0;
    this.progress = new Progress(subject.options, journal, subject.at, subject.before);
    this.#atOnce = new DoneAtOnce(this, this.#speech);
  }

  get language(): string | null {
    return this.#speech.language;
  }

  get sensitive(): SensitiveValues {
    return this.noted.sensitive;
  }

  get hasSpoken(): boolean {
    return this.#speech.hasSpoken;
  }

  get returning(): boolean {
    return this.walk.returning;
  }

  /** Whether the next answer takes a generator of its own. */
  get stranded(): boolean {
    return this.#returning.stranded;
  }

  /** Goes on until the journal has no answer. Throws `DivergenceError` where the flow doesn't wait at the site of an entry. */
  goOn(): Decision {
    const before = enterRun(this);
    try {
      let decision = this.#decision ?? this.#drive(() => this.#frames.open(() => this.#subject.body(this.call)));
      for (let entry = this.progress.next; entry !== undefined; entry = this.progress.next) {
        if (entry.site === decision.site) decision = this.#take(entry, decision);
        else if (!this.progress.passesTo(decision.site)) throw this.progress.divergence(decision.site);
      }
      if (decision.wait === 'step' && this.progress.hasPassed(decision.site)) throw this.progress.divergence(decision.site);
      return decision;
    } finally {
      enterRun(before);
    }
  }

  inPlace(effect: Effect): InPlace {
    return this.#returning.inPlace(effect);
  }

  doubt(): void {
    this.walk.doubt();
  }

  strand(site: string, effect: Step<unknown> | ReadSettings): void {
    this.#decide(effect.kind, site, effect, null);
  }

  #take(entry: Entry, decision: Decision): Decision {
    const { wait, effect } = decision;
    this.note(entry, effect);
    if ('ended' in entry) return this.#end(entry, decision);
    if (wait === 'platform') this.progress.turns++;
    // After a step the batch goes on, in a list of its own: the one of the decision before belongs to whoever holds it.
    this.#speech.actions = wait === 'platform' ? [] : [...this.#speech.actions];
    return this.#drive(() => {
      const resume = resumeWith(entry, effect);
      // What a flow does about a failure it does for a caller: after the end it is none of what must be done.
      return resume.how === 'throw' && this.progress.ending && this.walk.shields === 0 ? this.#returnAll() : resume;
    });
  }

  /** What an entry changes wherever it is taken. */
  note(entry: Entry, effect: Decision['effect']): void {
    this.progress.take(entry);
    this.noted.answered(entry, effect);
    if (effect?.kind === 'settings' && !('ended' in entry)) this.settings = settingsRead(effect, entry);
    this.#speech.logs = NONE;
    this.walk.bare = NONE;
    if ('ended' in entry) this.#speech.actions = [];
  }

  #end(entry: Extract<Entry, { ended: true }>, decision: Decision): Decision {
    const { effect, wait } = decision;
    if (wait === 'step') return (this.#decision = { ...decision, ending: true, actions: [], logs: NONE });
    this.#failure = decision.error;
    this.#returning.fatal = null;
    return this.#drive(() => {
      if (effect?.kind === 'bridge' && entry.value !== undefined) return resumeWith(entry, effect);
      if (this.walk.shields > 0 && (effect?.kind === 'capture' || effect?.kind === 'bridge' || effect?.kind === 'waitFor'))
        return { how: 'next', value: nothingFor(effect) };
      return this.#returnAll();
    });
  }

  #drive(begin: () => Resume): Decision {
    try {
      const tooLong = this.progress.tooLong();
      if (tooLong !== null) throw tooLong;
      return this.#pull(begin());
    } catch (thrown) {
      const error = readable(thrown);
      if (error instanceof DivergenceError && error === this.#returning.fatal) throw error;
      return this.progress.ending ? this.#decide('closed', 'closed', null, error) : this.#decide('failed', 'failed', null, error);
    }
  }

  #pull(first: Resume): Decision {
    let resume: Resume | Decision = first;
    while ('how' in resume) {
      const effect = this.#frames.pull(resume);
      if (effect === null) return this.#done();
      resume = this.walk.returning ? (this.#returning.surfaced(effect, this.#frames) ?? this.#stopped()) : this.#performCounted(effect);
    }
    return resume;
  }

  #done(): Decision {
    if (this.#subject.hasResult) this.noted.returned(this.#frames.result, this.flow);
    if (this.progress.ending) return this.#decide('closed', 'closed', null, this.#failure);
    return this.#hangUp();
  }

  #hangUp(): Decision {
    this.#speech.actions.push({ action: 'hangup' });
    return this.#decide('ended', 'ended', null, null);
  }

  // What is performed

  #performCounted(effect: Primitive): Resume | Decision {
    const runaway = this.progress.counted();
    if (runaway !== null) throw runaway;
    return this.#perform(effect);
  }

  /** What each kind of effect does: how the flow goes on, or where it waits. A kind that is missing here doesn't compile. */
  #perform(effect: Primitive): Resume | Decision {
    switch (effect.kind) {
      case 'capture':
      case 'bridge':
        if (!this.progress.ending) return this.#askPlatform(effect);
        return this.walk.shields > 0 ? { how: 'next', value: nothingFor(effect) } : this.#returnAll();
      case 'step':
        return this.progress.ending && this.walk.shields === 0 ? this.#returnAll() : this.#waitAt('step', effect);
      case 'waitFor':
        if (!this.progress.ending) return this.#awaitSignal(effect);
        return this.walk.shields > 0 ? { how: 'next', value: nothingFor(effect) } : this.#returnAll();
      case 'settings':
        return this.#readSettings(effect);
      case 'hangup':
        return this.progress.ending ? this.#returnAll() : this.#hangUp();
      case 'decline':
        return this.progress.ending ? this.#returnAll() : (this.noted.decline(effect, this) ?? this.#hangUp());
      case 'go':
        return this.#leaveBranch(effect.to);
      default:
        return this.performAtOnce(effect);
    }
  }

  #readSettings(effect: ReadSettings): Resume | Decision {
    if (this.settings !== null) return { how: 'next', value: this.settings };
    try {
      demandGiven(effect.settings, this.options);
    } catch (error) {
      return { how: 'throw', error };
    }
    return this.progress.ending && this.walk.shields === 0 ? this.#returnAll() : this.#waitAt('settings', effect);
  }

  performAtOnce(effect: AtOnce): Resume {
    return this.#atOnce.perform(effect);
  }

  #askPlatform(effect: Capture | Bridge): Resume | Decision {
    const reused = this.#actionIds.use(effect);
    if (reused !== null) return { how: 'throw', error: reused };
    const spoken = this.#speech.speak(effect);
    return spoken.how === 'throw' ? spoken : this.#waitAt('platform', effect);
  }

  #awaitSignal(effect: WaitFor): Resume | Decision {
    try {
      return this.#waitAt('signal', effect, this.#speech.pieces(effect.hold ?? NONE));
    } catch (error) {
      return { how: 'throw', error };
    }
  }

  #waitAt(wait: 'platform' | 'step' | 'signal' | 'settings', effect: Awaited, hold: readonly Action[] = NONE): Resume | Decision {
    const site = siteName(this.path, effect);
    const error = reservedSite(site, effect);
    return error === null ? this.#decide(wait, site, effect, null, hold) : { how: 'throw', error };
  }

  // What is returned

  /** Ends the flow: see `Walk`. */
  #returnAll(): Resume {
    this.walk.begin(0);
    this.#frames.close(0);
    return RETURN;
  }

  #leaveBranch(to: 'back' | 'main'): Resume {
    const blocksAround = this.#frames.leave(to);
    if (blocksAround !== null) {
      this.walk.begin(blocksAround);
      return RETURN;
    }
    const fix = 'give the menu around it generator functions as options';
    return { how: 'throw', error: new YieldError(this.flow, `go('${to}') outside of a branch menu`, fix) };
  }

  #stopped(): Decision {
    if (this.#returning.fatal !== null) throw this.#returning.fatal;
    return this.#decision as Decision;
  }

  // What comes of it

  #decide(wait: Wait, site: string, effect: Decision['effect'], error: unknown, hold: readonly Action[] = NONE): Decision {
    const { actions, logs, language, voice } = this.#speech;
    const { bare, shields, returning } = this.walk;
    const { ending } = this.progress;
    const { tags, result, resultError, declined } = this.noted;
    const noted = { tags, result, resultError, declined, settings: this.settings };
    const uninterruptible = wait === 'step' && (shields > 0 || returning);
    const spoken = { actions, logs, language, voice, hold };
    return (this.#decision = { wait, site, effect, ...spoken, ...noted, ending, uninterruptible, error, bare });
  }
}
