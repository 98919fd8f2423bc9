import type { Chart } from '../chart/chart.ts';
import { flowArgument } from '../chart/flow-argument.ts';
import type { TakenArrow } from '../chart/taken-arrow.ts';
import { DivergenceError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { hash } from '../flow/slug.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { begin, replay } from '../generator/replay.ts';
import { ArrowTrail } from './arrow-trail.ts';
import { madeUpEntries } from './made-up-entries.ts';
import { NOT_PLACED_STATUS } from './other-placing.ts';
import type { HeardBatch, JournalFile } from './recorded-call.ts';
import { replayRecorded } from './replay-recorded.ts';

/** Why a call can't be made into one that tells nothing of its caller. */
export type NotMadeUp = 'not comparable' | 'diverged' | 'other arrows';

/** A call that takes the same arrows as a recorded one, and tells nothing of its caller; or why there is none. */
export type MadeUpCall =
  | {
      readonly journal: JournalFile;
      /** The arrows that it takes, as texts, in order. */
      readonly arrows: readonly string[];
    }
  | { readonly skipped: NotMadeUp; readonly why: string };

/** Replays in search of entries that lead the same way, at most. */
const MAX_REPLAYS = 3_000;
/** Calls to begin with, at most. */
const MAX_CALLS = 24;

/**
 * Makes of a recorded call one for tests: menu keys stay, each entry becomes an example of its question that passes or fails as the entry did, results of steps become
 * declared examples, numbers, ids and params are made up, and the words are those that come of it. It is replayed before it is given back. `chart` is the flow's.
 */
export function madeUpCall<P>(flow: FlowModule<P>, chart: Pick<Chart, 'arrowsFrom'>, recorded: JournalFile): MadeUpCall {
  const subject = flowArgument('madeUpCall', flow);
  if (recorded.entries.some((entry) => 'erased' in entry)) return { skipped: 'not comparable', why: 'an answer was erased as sensitive' };
  const { verdict } = replayRecorded(subject, recorded);
  const entries = recorded.entries as readonly Entry[];
  if (entries.some((entry) => 'turnedAway' in entry))
    return { skipped: 'not comparable', why: 'it was turned away, so that no flow was begun' };
  if (verdict === 'diverged' || verdict === 'other way' || entries.some((entry) => 'diverged' in entry))
    return { skipped: 'diverged', why: 'the call does not go its way on this code' };
  const way = wayOf(subject, chart, recorded.call, entries);
  if (way === null) return { skipped: 'diverged', why: 'the call does not go its way on this code' };

  const search = new Search(subject, chart, way, entries);
  for (const call of madeUpCalls(subject, recorded.call)) {
    const made = search.from(call);
    if (made === null) continue;
    const journal = journalOf(subject, recorded, call, made);
    if (replayRecorded(subject, journal).verdict === 'alike') return { journal, arrows: [way.start, ...way.arrows.flat()] };
  }
  const { site, kind } = search.stuck;
  const what = kind === 'step' ? 'step' : kind === 'waitFor' ? 'wait' : 'question';
  const fix = `give the ${what} at "${site}" an example that does`;
  return { skipped: 'other arrows', why: `nothing that is made up leads the same way; ${fix}` };
}

interface Way {
  /** Where the call stood before each answer, and in the end. */
  readonly sites: readonly string[];
  /** The arrow by which it began: a call that is declined has none but this. */
  readonly start: string;
  /** Those of each answer; none for an end that finds a step running, several where the answer is the example of each. */
  readonly arrows: readonly (readonly string[])[];
  readonly kinds: readonly (string | null)[];
}

/** The way of a call; null where it can't be gone answer by answer. */
function wayOf(flow: FlowModule, chart: Pick<Chart, 'arrowsFrom'>, call: Call, entries: readonly Entry[]): Way | null {
  try {
    const { run, decision: start } = begin(flow, call);
    let decision = start;
    const trail = new ArrowTrail(chart, call);
    const began = textOf(trail.begins(start));
    const [sites, arrows, kinds] = [[start.site], [] as (readonly string[])[], [start.effect?.kind ?? null]];
    for (const entry of entries) {
      const next = run.answer(entry);
      arrows.push(trail.goesOn(decision, entry, next).map(textOf));
      decision = next;
      sites.push(next.site);
      kinds.push(next.effect?.kind ?? null);
    }
    return { sites, start: began, arrows, kinds };
  } catch (error) {
    if (error instanceof DivergenceError) return null;
    throw error;
  }
}

function textOf({ from, label, to }: TakenArrow): string {
  return `${from} ${label} ${to}`;
}

/** Looks for entries that take the arrows of a way, one after the other; where none does, the one before is another one. */
class Search {
  readonly #flow: FlowModule;
  readonly #chart: Pick<Chart, 'arrowsFrom'>;
  readonly #way: Way;
  readonly #entries: readonly Entry[];
  #replays = 0;
  #furthest = 0;

  constructor(flow: FlowModule, chart: Pick<Chart, 'arrowsFrom'>, way: Way, entries: readonly Entry[]) {
    this.#flow = flow;
    this.#chart = chart;
    this.#way = way;
    this.#entries = entries;
  }

  /** Where nothing led on. */
  get stuck(): { readonly site: string; readonly kind: string | null } {
    return { site: this.#way.sites[this.#furthest] ?? '', kind: this.#way.kinds[this.#furthest] ?? null };
  }

  from(call: Call): readonly Entry[] | null {
    const first = this.#stand(call, []);
    const trail = new ArrowTrail(this.#chart, call);
    return first === null || textOf(trail.begins(first)) !== this.#way.start ? null : this.#goOn(call, [], first, trail);
  }

  #goOn(call: Call, made: readonly Entry[], decision: Decision, trail: ArrowTrail): readonly Entry[] | null {
    const index = made.length;
    this.#furthest = Math.max(this.#furthest, index);
    const entry = this.#entries[index];
    if (entry === undefined) return made;
    for (const candidate of madeUpEntries(entry, decision)) {
      if (this.#replays >= MAX_REPLAYS) return null;
      const next = this.#stand(call, [...made, candidate]);
      if (next === null || next.site !== this.#way.sites[index + 1]) continue;
      const onwards = trail.copy();
      const arrows = onwards.goesOn(decision, candidate, next).map(textOf);
      const wanted = this.#way.arrows[index]?.[0];
      if (wanted !== undefined && !arrows.includes(wanted)) continue;
      const found = this.#goOn(call, [...made, candidate], next, onwards);
      if (found !== null) return found;
    }
    return null;
  }

  #stand(call: Call, entries: readonly Entry[]): Decision | null {
    this.#replays++;
    try {
      return replay(this.#flow, call, entries).decision;
    } catch {
      return null;
    }
  }
}

/** Calls that may stand in place of one: its time, countries and language stay. */
function madeUpCalls({ options }: FlowModule, call: Call): readonly Call[] {
  const { examples } = options;
  const froms = call.from === null ? [null] : [...new Set([numberLike(call.from, '90000001'), ...(examples.from ?? [])])];
  const tos = [...new Set([numberLike(call.to, '60000000'), ...(examples.to ?? [])])];
  const params = call.direction === 'outbound' && examples.params !== undefined && examples.params.length > 0 ? examples.params : [{}];
  const ids = { id: `made-up-${hash(call.id)}`, sessionId: call.sessionId === null ? null : 'made-up' };
  const calls = params.flatMap((one) => tos.flatMap((to) => froms.map((from) => ({ ...call, ...ids, from, to, params: one }) as Call)));
  return calls.slice(0, MAX_CALLS);
}

/** A number of the same country, as far as that is in the first two digits. */
function numberLike(number: string, end: string): string {
  const [, plus = '', start = '65'] = /^(\+?)(\d\d)/.exec(number) ?? [];
  return `${plus}${start}${end}`;
}

function journalOf(flow: FlowModule, { flowVersion, status, site }: JournalFile, call: Call, entries: readonly Entry[]): JournalFile {
  const heard: HeardBatch[] = [];
  const { run, decision: start } = begin(flow, call);
  let decision = start;
  const isPlaced = status !== NOT_PLACED_STATUS;
  for (let after = 0; ; after++) {
    const isSaid = isPlaced && !decision.ending && (decision.wait === 'platform' || decision.wait === 'ended');
    if (isSaid) heard.push({ after, actions: decision.actions });
    const entry = entries[after];
    if (entry === undefined) break;
    decision = run.answer(entry);
  }
  const { tags, result, declined } = decision;
  return {
    format: 'hookswitch-journal',
    version: 1,
    flow: flow.name,
    flowVersion,
    status,
    site,
    declined,
    tags,
    result,
    call,
    entries,
    heard,
  };
}
