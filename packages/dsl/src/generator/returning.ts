import { type Composite, isComposite } from '../effects/composite.ts';
import { hangup } from '../effects/hangup.ts';
import type { AtOnce, Awaited, Primitive } from '../effects/primitive.ts';
import type { Step } from '../effects/step.ts';
import { FlowDefinitionError } from '../errors/index.ts';
import type { InPlace } from '../flow/current-run.ts';
import type { Effect } from '../flow/effect.ts';
import type { AnySettingValues, ReadSettings } from '../flow/settings.ts';
import { Frames, type Place, type Resume, RETURN } from './frames.ts';
import type { Entry } from './journal.ts';
import { nothingFor, resumeWith } from './outcome.ts';
import type { Progress } from './progress.ts';
import { reservedSite, siteName } from './site-name.ts';

/** What a walk of `return()` needs of the generator's execution. */
export interface Returned extends Place {
  readonly progress: Progress;
  performAtOnce(effect: AtOnce): Resume;
  /** Takes an entry of the journal. */
  note(entry: Entry, effect: Awaited): void;
  /** The settings that were read; null as long as they were not. */
  readonly settings: AnySettingValues | null;
  /** Says that the flow waits for a step, or for settings. */
  strand(site: string, effect: Step<unknown> | ReadSettings): void;
}

/** Yielded in place of what can't go on: whoever has told the generator to return tells it again. */
const STOP: InPlace = { how: 'yield', effect: hangup() };

/**
 * Answers what generators yield while they are told to return: see `Walk`. Outcomes of steps come from the journal. The first step without one ends the walk: the generators
 * are of no use then, and once there is an outcome, other ones go the same way and get one step further.
 */
export class Returning {
  readonly #flow: Returned;
  /** A step without an outcome has ended the walk. */
  stranded = false;
  /** What forbids to go on, met where it can't be thrown: the flow could catch it. */
  fatal: Error | null = null;

  constructor(flow: Returned) {
    this.#flow = flow;
  }

  /** The answer to an effect whose `yield*` may not suspend. */
  inPlace(effect: Effect): InPlace {
    if (isComposite(effect)) return this.#run(effect);
    const answered = this.#answer(effect as Primitive);
    return answered.how === 'return' ? { how: 'yield', effect } : answered;
  }

  /** How generators go on that have yielded `effect` all the same; null where they don't. */
  surfaced(effect: Primitive, frames: Frames): Resume | null {
    if (this.#halted) return null;
    const answered = this.#answer(effect);
    if (this.#halted) return null;
    const { walk, progress } = this.#flow;
    if (answered.how !== 'return') {
      // What was opened on the way has not been told to return, and so has nothing to forget.
      if (frames.isReturning) walk.suspends();
      return answered;
    }
    if (!walk.again()) {
      const what = progress.ending ? 'The flow can not be ended' : 'A branch can not be left';
      this.fatal = new FlowDefinitionError(`${what}: a \`finally\` block in it asks the caller again and again.`);
      return null;
    }
    frames.close();
    return RETURN;
  }

  get #halted(): boolean {
    return this.stranded || this.fatal !== null;
  }

  /** How a generator goes on that yields a primitive effect: with an answer, or by returning. */
  #answer(effect: Primitive): Resume {
    this.fatal ??= this.#flow.progress.counted();
    if (this.fatal !== null) return RETURN;
    switch (effect.kind) {
      case 'capture':
      case 'bridge':
      case 'step':
      case 'waitFor':
      case 'settings':
        if (effect.kind === 'settings' && this.#flow.settings !== null) return { how: 'next', value: this.#flow.settings };
        return this.#flow.walk.performs ? this.#answerWait(effect) : RETURN;
      case 'hangup':
      case 'decline':
      case 'go':
        return RETURN;
      default:
        return this.#flow.performAtOnce(effect);
    }
  }

  #answerWait(effect: Awaited): Resume {
    const { path, walk } = this.#flow;
    const site = siteName(path, effect);
    const error = reservedSite(site, effect);
    if (error !== null) return { how: 'throw', error };
    walk.meets({ site, effect });
    if (effect.kind !== 'step' && effect.kind !== 'settings') return { how: 'next', value: nothingFor(effect) };
    const entry = this.#outcomeAt(site, effect);
    if (entry === null) {
      this.stranded = true;
      this.#flow.strand(site, effect);
    }
    if (entry === null || this.fatal !== null) return RETURN;
    const resume = resumeWith(entry, effect);
    if (resume.how === 'throw') walk.doubt();
    return resume;
  }

  /** The journal's outcome of a step; null where there is none yet. The session may have ended while it ran. */
  #outcomeAt(site: string, effect: Awaited): Entry | null {
    const { progress } = this.#flow;
    for (;;) {
      const entry = progress.next;
      if (entry === undefined) return null;
      if (entry.site !== site && progress.passesTo(site)) continue;
      const diverged = entry.site === site ? null : progress.divergence(site);
      if (diverged === null) this.#flow.note(entry, effect);
      this.fatal = diverged ?? progress.tooLong();
      if (this.fatal !== null || !('ended' in entry)) return entry;
    }
  }

  /** Runs a block or branch to its end, or up to a step without an outcome. */
  #run({ body, frame }: Composite<unknown>): InPlace {
    const frames = new Frames(this.#flow, true);
    let isStopped = false;
    try {
      let resume: Resume | null = frames.open(body, frame);
      for (;;) {
        const effect = frames.pull(resume);
        if (effect === null) return isStopped ? STOP : { how: 'next', value: frames.result };
        resume = this.surfaced(effect, frames);
        if (resume === null) return STOP;
        isStopped ||= resume.how === 'return';
      }
    } catch (error) {
      this.#flow.walk.doubt();
      return { how: 'throw', error };
    }
  }
}
