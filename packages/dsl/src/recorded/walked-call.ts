import type { Chart } from '../chart/chart.ts';
import { ENDED_LABEL } from '../chart/moves.ts';
import { type TakenArrow, UNKNOWN_ANSWER } from '../chart/taken-arrow.ts';
import { BRIDGE_OUTCOMES } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { begin, beginAfterDivergence, beginTurnedAway, type Standing } from '../generator/replay.ts';
import { ArrowTrail } from './arrow-trail.ts';
import type { HiddenEntry } from './recorded-call.ts';

/**
 * How a wait was answered. `valid`: as the question asks, by a universal key, or by anything where nothing is asked for in particular; `silence`; `no match`: keys that are
 * no option; `invalid`: too short, too long, or refused; `result` and `failure` of a step, `result` of a wait for a signal, whether it came or not; `outcome` of a bridge; `unknown`: it can't be told any more.
 */
export type AnswerKind = 'valid' | 'silence' | 'no match' | 'invalid' | 'result' | 'failure' | 'outcome' | 'unknown';

/** One wait of a call that really took place. Nothing in it is of the caller's making: names and labels are the chart's, where `charted` says so. */
export interface Passage {
  readonly site: string;
  /** The site is on the chart. */
  readonly charted: boolean;
  /** What was waited for, e.g. `capture`; null behind the flow's last words, and where it can't be told. */
  readonly kind: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly arrived: number;
  readonly left: number;
  /** The same question, asked again after an answer that was none. */
  readonly again: boolean;
  /** The session ended while this was waited for. */
  readonly ended: boolean;
  /** Null where nothing was answered before the session ended. */
  readonly answer: AnswerKind | null;
  /** What a step, a bridge or a wait for a signal came to: the label of its arrow. Null for all else. */
  readonly outcome: string | null;
  readonly arrows: readonly TakenArrow[];
}

/** A call that was walked over the chart, answer by answer. */
export interface WalkedCall {
  /** How it began; null where the code does not begin it. */
  readonly start: TakenArrow | null;
  readonly passages: readonly Passage[];
  /** Where it stands behind its last answer, and since when. */
  readonly stands: { readonly site: string; readonly charted: boolean; readonly since: number };
  /** Answers that the code at hand does not take: of these only the sites are known. */
  readonly strays: number;
}

/**
 * Walks a recorded call over a flow's chart: which arrows it took, and what it came to at each site. Pure, and never throws for a journal: where the code does not wait where
 * an answer was given, or an answer was erased, the rest is told by the sites alone. `site` is where the call stands behind its last answer.
 */
export function walkCall(
  { flow, chart }: { readonly flow: FlowModule; readonly chart: Chart },
  call: Call,
  entries: readonly (Entry | HiddenEntry)[],
  site: string,
): WalkedCall {
  return new Walk(flow, chart, call).over(entries, site);
}

class Walk {
  readonly #flow: FlowModule;
  readonly #chart: Chart;
  readonly #call: Call;
  readonly #trail: ArrowTrail;
  readonly #passages: Passage[] = [];
  /** The last answer was none: what follows at this site is asked again. */
  #asksAgain: string | null = null;
  /** The session ended while a step was running; what it came to follows. */
  #leftAtStep = false;
  #at: number;

  constructor(flow: FlowModule, chart: Chart, call: Call) {
    this.#flow = flow;
    this.#chart = chart;
    this.#call = call;
    this.#trail = new ArrowTrail(chart, call);
    this.#at = call.startedAt;
  }

  over(entries: readonly (Entry | HiddenEntry)[], site: string): WalkedCall {
    const [first] = entries;
    const turned = first !== undefined && 'turnedAway' in first ? first : null;
    let standing = this.#try(() => (turned === null ? begin(this.#flow, this.#call) : beginTurnedAway(this.#flow, this.#call, turned)));
    // A call that is turned away takes no arrow: the flow is not begun.
    const start = standing === null || turned !== null ? null : this.#trail.begins(standing.decision);
    let strays = 0;
    entries.forEach((entry, index) => {
      if (entry === turned) return;
      if ('diverged' in entry) {
        standing = this.#try(() => beginAfterDivergence(this.#flow, this.#call, entry, index + 1));
        this.#at = entry.at;
        return;
      }
      const before = standing?.decision ?? null;
      const isKnown = standing !== null && before !== null && before.site === entry.site && !('erased' in entry);
      const after = isKnown ? this.#try(() => answer(standing as Standing, entry)) : null;
      if (after === null || before === null || 'erased' in entry) {
        strays++;
        standing = null;
        this.#stray(entry, entries[index + 1]?.site ?? site);
      } else {
        standing = after;
        this.#goesOn(before, entry, after.decision, turned === null);
      }
      this.#at = entry.at;
    });
    if (this.#leftAtStep) this.#leaves(site);
    const place = (standing as Standing | null)?.decision.site ?? site;
    return { start, passages: this.#passages, stands: { site: place, charted: this.#isCharted(place), since: this.#at }, strays };
  }

  #goesOn(before: Decision, entry: Entry, after: Decision, isBegun: boolean): void {
    const arrows = isBegun ? this.#trail.goesOn(before, entry, after) : [];
    const ends = 'ended' in entry;
    if (ends && before.wait === 'step') {
      this.#leftAtStep = true;
      return;
    }
    const kind = before.effect?.kind ?? null;
    const answered = answerOf(before.effect, entry);
    this.#add(entry, kind, answered, outcomeOf(kind, entry, arrows), arrows);
  }

  /** What the code at hand can't follow. */
  #stray(entry: Exclude<Entry, { diverged: unknown }> | HiddenEntry, to: string): void {
    const kind = guessKind(entry);
    const ends = 'ended' in entry;
    const answered: AnswerKind | null = ends ? null : 'error' in entry ? 'failure' : kind === 'bridge' ? 'outcome' : 'unknown';
    const when = ends ? 'ended' : 'answer';
    const arrow = { from: entry.site, label: ends ? ENDED_LABEL : UNKNOWN_ANSWER, to, when, charted: false } as const;
    this.#add(entry, kind, answered, outcomeOf(kind, entry, []), [arrow]);
  }

  #add(
    entry: { readonly site: string; readonly at: number },
    kind: string | null,
    answer: AnswerKind | null,
    outcome: string | null,
    arrows: readonly TakenArrow[],
  ): void {
    const { site, at } = entry;
    const ended = 'ended' in entry || this.#leftAtStep;
    this.#leftAtStep = false;
    const again = this.#asksAgain === site;
    this.#passages.push({ site, charted: this.#isCharted(site), kind, arrived: this.#at, left: at, again, ended, answer, outcome, arrows });
    this.#asksAgain = answer === 'silence' || answer === 'no match' || answer === 'invalid' ? site : null;
  }

  /** The session ended while a step was running of whose outcome nobody knows. */
  #leaves(site: string): void {
    this.#add({ site, at: this.#at }, 'step', null, null, []);
  }

  #isCharted(site: string): boolean {
    return this.#chart.sites.has(site);
  }

  #try(task: () => Standing): Standing | null {
    try {
      return task();
    } catch {
      // Mostly journal and code disagree here; whatever it is, the sites are known.
      return null;
    }
  }
}

function answer({ run }: Standing, entry: Entry): Standing {
  return { run, decision: run.answer(entry) };
}

function answerOf(effect: Decision['effect'], entry: Entry): AnswerKind | null {
  if ('ended' in entry || effect === null) return null;
  if ('error' in entry) return 'failure';
  const value = 'value' in entry ? entry.value : undefined;
  if (effect.kind === 'bridge') return 'outcome';
  if (effect.kind !== 'capture') return 'result';
  if (value === null || value === undefined) return 'silence';
  return effect.shape === null ? 'valid' : entryKind(effect.shape, String(value));
}

/** What keys are to a menu or question: its own classes say it. */
function entryKind(shape: NonNullable<Capture['shape']>, digits: string): AnswerKind {
  if (shape.answers.some((known) => known.universal === true && known.digits === digits)) return 'valid';
  const exact = shape.answers.filter((known) => known.digits === digits).map(({ label }) => label);
  const labels = new Set([...exact, ...(shape.sameClass?.(digits) ?? [])]);
  if (labels.has('no match')) return 'no match';
  // Where no example is like it, exploration knows no way in which it would be wrong.
  if (labels.size === 0) return 'valid';
  return shape.declared.some((label) => labels.has(label)) ? 'valid' : 'invalid';
}

function outcomeOf(kind: string | null, entry: Entry | HiddenEntry, arrows: readonly TakenArrow[]): string | null {
  if (kind === 'bridge') {
    const outcome = 'value' in entry ? (entry.value as { readonly outcome?: unknown } | undefined)?.outcome : undefined;
    return BRIDGE_OUTCOMES.find((known) => known === outcome) ?? null;
  }
  if ((kind !== 'step' && kind !== 'waitFor') || 'ended' in entry) return null;
  if ('error' in entry) return 'fails';
  const [arrow] = arrows;
  if (arrow?.charted !== true) return UNKNOWN_ANSWER;
  return arrow.label.startsWith(`${ENDED_LABEL}, `) ? arrow.label.slice(ENDED_LABEL.length + 2) : arrow.label;
}

/** What an answer was given to, as far as the answer itself tells it. */
function guessKind(entry: Entry | HiddenEntry): string | null {
  if ('error' in entry) return 'step';
  return outcomeOf('bridge', entry, []) === null ? null : 'bridge';
}
