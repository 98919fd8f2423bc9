import { flowArgument } from '../../chart/flow-argument.ts';
import { DivergenceError } from '../../errors/index.ts';
import { readable } from '../../errors/unreadable-error.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Entry } from '../../generator/journal.ts';
import { begin, beginAfterDivergence, beginTurnedAway, type Standing } from '../../generator/replay.ts';
import type { HiddenEntry, RecordedCall } from '../../recorded/recorded-call.ts';
import { OVER } from '../../recorded/replay-recorded.ts';
import { captureStep, type CaptureState, createCapture } from '../capture-engine.ts';
import { capturedAnswer } from '../captured-answer.ts';
import type { Deed } from './deed.ts';
import { entryOf } from './entry-of.ts';
import { waitOf, whyNot } from './fork-wait.ts';
import { ForkTurns } from './fork-turns.ts';
import { erasedFailure, recordedThen } from './recorded-then.ts';
import type { Fork, ForkAnswerer, ForkOptions, ForkStray, ForkWait } from './fork.ts';

/** In place of a site that nobody can read. */
const HIDDEN_SITE = '•';

/**
 * Plays a recorded call on a flow's code up to one of its answers, then goes on with the player's own deeds. Pure: no step, hook or call is made, whatever the flow asks
 * for; steps are answered with what was recorded, or by hand. The same arguments give the same fork.
 *
 * @throws FlowDefinitionError for anything but a flow.
 */
export function forkCall<P>(flow: FlowModule<P>, recorded: RecordedCall, options: ForkOptions): Fork {
  return new Play(flowArgument('forkCall', flow), recorded, options).play();
}

class Play {
  readonly #flow: FlowModule;
  readonly #recorded: RecordedCall;
  readonly #until: number;
  readonly #deeds: readonly Deed[];
  readonly #askSteps: boolean;
  readonly #entries: Entry[] = [];
  readonly #sites: string[] = [];
  readonly #turns: ForkTurns;
  /** How often each site was answered. */
  readonly #answered = new Map<string, number>();
  #run: Standing['run'] | null = null;
  #decision: Decision;
  #now: number;
  #capture: CaptureState | null = null;
  /** The fork goes where the recorded call went: its answers are given again. */
  #isFollowing = true;
  #replayed = 0;
  #stray: ForkStray | null = null;
  #ended: 'flow' | 'caller' | null = null;

  constructor(flow: FlowModule, recorded: RecordedCall, { until, deeds = [], askSteps = false }: ForkOptions) {
    this.#flow = flow;
    this.#recorded = recorded;
    // What has come after the end of the session is no turn: whoever plays hangs up by himself.
    const ended = recorded.entries.findIndex((entry) => 'ended' in entry);
    this.#until = Math.max(0, Math.min(until, ended < 0 ? recorded.entries.length : ended));
    this.#deeds = deeds;
    this.#askSteps = askSteps;
    this.#now = recorded.call.startedAt;
    this.#turns = new ForkTurns(recorded);
    this.#decision = this.#begin();
  }

  play(): Fork {
    this.#settle();
    let refused: Fork['refused'] = null;
    for (const [index, deed] of this.#deeds.entries()) {
      const message = this.#do(deed);
      if (message === null) continue;
      refused = { index, message };
      break;
    }
    const { site, tags, result, error, language } = this.#decision;
    return {
      turns: this.#turns.list(),
      entries: this.#entries,
      replayed: this.#replayed,
      waits: this.#waits(),
      site,
      sites: this.#sites,
      stray: this.#stray,
      refused,
      now: this.#now,
      language,
      tags,
      result,
      error,
    };
  }

  /** The flow's beginning; that of its `onDivergence` handler where the recorded call had come to it by then. */
  #begin(): Decision {
    const { call, entries } = this.#recorded;
    const first = entries.slice(0, this.#until).findLastIndex((entry) => 'diverged' in entry);
    const mark = entries[first];
    const [turned] = entries;
    if (this.#until > 0 && turned !== undefined && 'turnedAway' in turned) {
      this.#note(turned, turned.site);
      this.#replayed = 1;
      return this.#stand(beginTurnedAway(this.#flow, call, turned));
    }
    if (mark === undefined || !('diverged' in mark) || this.#flow.options.onDivergence === null)
      return this.#stand(begin(this.#flow, call));
    const before = entries.slice(0, first + 1).map((entry): Entry => ('erased' in entry ? { site: entry.site, at: entry.at } : entry));
    for (const entry of before) this.#note(entry, entry.site);
    this.#replayed = before.length;
    return this.#stand(beginAfterDivergence(this.#flow, call, mark, first + 1));
  }

  #stand({ run, decision }: Standing): Decision {
    this.#run = run;
    this.#sites.push(decision.site);
    return decision;
  }

  /** Gives what the recording has, as far as that goes, until whoever plays is needed. */
  #settle(): void {
    for (;;) {
      const { wait, site } = this.#decision;
      const next = this.#next();
      if (wait === 'closed' || wait === 'failed') break;
      if (next !== null) {
        if (!this.#answer(next, 'recorded')) break;
        continue;
      }
      if (wait !== 'ended') break;
      // The platform ends the session behind the flow's last words.
      this.#ended = 'flow';
      if (!this.#answer({ site, at: this.#now, ended: true }, 'flow')) break;
    }
    this.#listen();
  }

  /** What the recording answers here; null where whoever plays does. */
  #next(): Entry | null {
    const { site, wait } = this.#decision;
    const entry = this.#recorded.entries[this.#entries.length];
    if (this.#isFollowing && this.#entries.length < this.#until && entry !== undefined) {
      const isHere = !('diverged' in entry) && (entry.site === site || entry.site === HIDDEN_SITE) && !OVER.has(site);
      if (isHere) return 'erased' in entry ? erasedFailure(entry) : entry;
      this.#stray = { index: this.#entries.length, recorded: entry.site, now: site, error: this.#decision.error };
      this.#isFollowing = false;
    }
    return wait === 'step' && !this.#askSteps ? this.#stepThen() : null;
  }

  /** The recorded outcome of the step that is waited for. */
  #stepThen(): Entry | null {
    const then = this.#then();
    const known = then === null || !('erased' in then) ? then : erasedFailure(then);
    if (known === null) return null;
    const isNext = this.#isFollowing && then === this.#recorded.entries[this.#entries.length];
    return isNext ? known : { ...known, at: this.#now };
  }

  /** What the recorded call was answered where the fork stands: as often as it has come here. */
  #then(): Entry | HiddenEntry | null {
    const { site } = this.#decision;
    const times = this.#answered.get(site) ?? 0;
    return recordedThen(this.#recorded, site, times);
  }

  /** Gives the flow an answer; false where it can't take it. */
  #answer(entry: Entry, by: ForkAnswerer): boolean {
    const before = this.#decision;
    const { effect } = before;
    const sensitive = by === 'recorded' && effect !== null && 'sensitive' in effect && effect.sensitive === true;
    try {
      this.#decision = (this.#run as Standing['run']).answer(entry);
    } catch (thrown) {
      const error = readable(thrown);
      const [recorded, now] = error instanceof DivergenceError ? [error.recorded, error.yielded] : [entry.site, 'failed'];
      this.#stray ??= { index: this.#entries.length, recorded, now, error };
      this.#isFollowing = false;
      return false;
    }
    this.#turns.answered(before, { site: before.site, entry, by, sensitive }, this.#entries.length);
    this.#note(entry, before.site);
    if (by === 'recorded' && this.#isFollowing) this.#replayed = this.#entries.length;
    this.#capture = null;
    // The end of a session finds a step where it was.
    if (!('ended' in entry && before.wait === 'step')) this.#sites.push(this.#decision.site);
    return true;
  }

  #note(entry: Entry, site: string): void {
    if (!('ended' in entry)) this.#answered.set(site, (this.#answered.get(site) ?? 0) + 1);
    this.#entries.push(entry);
    this.#now = Math.max(this.#now, entry.at);
  }

  #listen(): void {
    const { wait, actions } = this.#decision;
    if (wait === 'platform') this.#turns.said(this.#decision, this.#entries.length);
    const last = actions.at(-1);
    if (wait === 'platform' && last?.action === 'sayAndCapture') this.#capture ??= createCapture(last.params, { at: this.#now });
  }

  /** Does a deed; says why not where it can't be done. */
  #do(deed: Deed): string | null {
    const waits = this.#waits();
    const problem = whyNot(deed, waits);
    if (problem !== null) return problem;
    if ('press' in deed) return this.#press(deed.press);
    if ('silence' in deed) return this.#silence();
    if ('hangUp' in deed) this.#ended = 'caller';
    const entry = entryOf(deed, this.#decision, waits, this.#now);
    if (typeof entry === 'string') return entry;
    this.#give(entry);
    return null;
  }

  /** Keys go on into the next question where one has ended. */
  #press(keys: string): string | null {
    for (const [index, key] of [...keys].entries()) {
      const { capture } = this;
      if (capture === null) return `Of these keys ${index} were taken; nothing listens to the rest at "${this.#decision.site}".`;
      this.#heard(capture, captureStep(capture, { type: 'key', key, at: capture.at }));
    }
    return null;
  }

  #silence(): null {
    const capture = this.capture as CaptureState;
    this.#heard(capture, captureStep(capture, { type: 'time', at: capture.timesOutAt ?? capture.at }));
    return null;
  }

  /** The capture that listens now. */
  get capture(): CaptureState | null {
    const capture = this.#capture;
    return capture === null || capture.phase !== 'speaking' ? capture : captureStep(capture, { type: 'time', at: capture.listensAt });
  }

  #heard(before: CaptureState, after: CaptureState): void {
    this.#turns.again(after.spoken.slice(before.spoken.length).map(({ text }) => text));
    this.#capture = after;
    this.#now = Math.max(this.#now, after.result?.at ?? after.at);
    if (after.result === null) return;
    this.#give({ site: this.#decision.site, at: this.#now, value: capturedAnswer(after.result.dtmf) });
  }

  /** An answer of whoever plays. In place of one that is erased it goes on where the recorded call went on, as long as it leads there. */
  #give(entry: Entry): void {
    const isAgain = this.#isAgain();
    if (!this.#answer(entry, isAgain ? 'asked-again' : 'played')) return;
    const next = this.#recorded.entries[this.#entries.length];
    // Another answer than the recorded one leads wherever it leads: that is no difference of the code.
    this.#isFollowing = isAgain && (next === undefined || next.site === this.#decision.site || next.site === HIDDEN_SITE);
    this.#settle();
  }

  /** Whether what is waited for was answered then by something that is erased. */
  #isAgain(): boolean {
    const entry = this.#recorded.entries[this.#entries.length];
    return this.#isFollowing && this.#entries.length < this.#until && entry !== undefined && 'erased' in entry;
  }

  #waits(): ForkWait {
    const { wait } = this.#decision;
    if (wait === 'closed' || wait === 'failed' || wait === 'ended')
      return { for: 'nothing', ended: wait === 'failed' ? 'failed' : (this.#ended ?? 'flow') };
    return waitOf(this.#decision, this.capture, this.#isAgain(), this.#then());
  }
}
