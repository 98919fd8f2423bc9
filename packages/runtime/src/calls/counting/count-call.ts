/** What a call that is over adds to the counters. PURE, of its journal alone: nothing is noted while it goes on. Never throws, for a call must end whatever can be counted of it. */
import { type Passage, type TakenArrow, walkCall, type WalkedCall } from '@hookswitch/dsl';
import { type CountRow, HOUR } from '../../store/count-row.ts';
import { MAX_KEY } from '../../store/max-key.ts';
import type { Call } from '../call.ts';
import { endedBy } from '../ended-by.ts';
import { callOf } from '../state.ts';
import { endingOf } from './call-ending.ts';
import { bucketOf, type CountKey, type Ending, SERIES, writeKey } from '../count-keys.ts';
import { resultNames } from './known-results.ts';

/** Different counters of one call; what a very long one has more is `other`. */
const MAX_KEYS = 1_500;
/** In place of a site that is not on the chart: authors may make up names as a call goes on. */
export const ELSEWHERE = 'elsewhere';
/** What is no site, and stands at the end of arrows. */
const NOWHERE: ReadonlySet<string> = new Set(['idle', 'ended', 'failed', 'closed', 'not placed']);
const UNKNOWN = 'another answer';
/** Labels that say nothing of a caller, wherever they stand: a key, and words of the framework. */
const HARMLESS =
  /^([0-9*#]|silence|no match|too short|too long|fails|done|arrives|timeout|hang-up|answered|busy|no-answer|declined|failed|unknown|)$/;
const CODE = /^[A-Za-z][A-Za-z_-]{0,39}$/;

/** What a call is counted by, and what of that whoever watches is told. */
export interface Counted {
  readonly row: CountRow;
  readonly ending: Ending;
  /** Where it ended while something was waited for. */
  readonly exit: string | null;
}

/** Counts a call as it is when it is over. */
export function countCall(call: Call): Counted {
  try {
    return count(call, walked(call));
  } catch {
    return count(call, null);
  }
}

function walked({ compiled, position, record, state, broken }: Call): WalkedCall | null {
  return broken === null ? walkCall(compiled, callOf(record, state), position.journal.entries(), position.site) : null;
}

function count(call: Call, walk: WalkedCall | null): Counted {
  const { record, state, compiled } = call;
  const tally = new Tally(compiled.chart.sites);
  const passages = walk?.passages ?? [];
  const by = endedBy(record, state);
  const exit = exitOf(call, walk);
  const ending = endingOf({ record, state, endedBy: by, passages, exit });
  tally.add(['calls']);
  tally.add(['ending', ending]);
  if (by !== null) tally.add(['endedBy', by]);
  if (record.endedAt !== null) tally.add(['duration', bucketOf(record.endedAt - record.startedAt)]);
  if (walk !== null) countWalk(tally, walk);
  else if (exit !== null) for (const what of ['calls', 'entries'] as const) tally.add(['site', tally.site(exit), what]);
  if (exit !== null) {
    tally.add(['site', tally.site(exit), 'exits']);
    if (by === 'caller') tally.add(['site', tally.site(exit), 'hangups']);
  }
  countNotes(tally, call);
  const { flow, flowVersion, direction, from, to, startedAt } = record;
  const number = direction === 'inbound' ? to : (from ?? '');
  return {
    row: {
      flow: flow.slice(0, MAX_KEY),
      version: flowVersion.slice(0, MAX_KEY),
      number: number.length > MAX_KEY ? '' : number,
      hour: Math.floor(startedAt / HOUR) * HOUR,
      counts: Object.fromEntries(tally.counts),
      series: [...tally.counts.keys()].filter((key) => SERIES.has(key)),
    },
    ending,
    exit: exit === null ? null : tally.site(exit),
  };
}

/** Where the session ended while something was waited for: its entry says so; where there is none, a step was given up, or the flow can't be brought back. */
function exitOf({ record, state, position, broken }: Call, walk: WalkedCall | null): string | null {
  const end = walk?.passages.find(({ ended }) => ended);
  if (end !== undefined) return NOWHERE.has(end.site) ? null : end.site;
  if (state.summary === null) return null;
  const site = broken === null ? (walk?.stands.site ?? position.site) : record.site;
  const isWaiting = broken !== null || position.wait === 'platform' || position.wait === 'step' || position.wait === 'signal';
  return isWaiting && !NOWHERE.has(site) ? site : null;
}

function countWalk(tally: Tally, { start, passages, stands, strays }: WalkedCall): void {
  if (start !== null && (start.charted || strays === 0)) tally.arrow(start);
  if (strays > 0) tally.add(['strayed']);
  const came = new Set<string>();
  const enter = (site: string): void => {
    if (!came.has(site)) tally.add(['site', site, 'calls']);
    came.add(site);
    tally.add(['site', site, 'entries']);
  };
  let arrived = 0;
  passages.forEach((passage, index) => {
    for (const arrow of passage.arrows) tally.arrow(arrow);
    if (NOWHERE.has(passage.site)) return;
    const site = tally.site(passage.site);
    if (!passage.again) {
      arrived = passage.arrived;
      enter(site);
    }
    countAnswer(tally, site, passage);
    // A question that is asked again is one stay.
    if (passages[index + 1]?.again !== true) tally.add(['time', site, bucketOf(passage.left - arrived)]);
  });
  // A step that was given up, and the last wait of a call that is over without an entry that says so.
  const isLeft = !passages.some(({ ended }) => ended) && !NOWHERE.has(stands.site);
  if (isLeft) enter(tally.site(stands.site));
}

function countAnswer(tally: Tally, site: string, { answer, kind, outcome }: Passage): void {
  const counted = kind === 'waitFor' ? 'signal' : kind;
  if (outcome !== null && (counted === 'bridge' || counted === 'step' || counted === 'signal'))
    tally.add([counted, site, HARMLESS.test(outcome) ? outcome : tally.label(site, outcome)]);
  if (answer === 'failure') tally.add(['site', site, 'failures']);
  if (answer === null || answer === 'result' || answer === 'failure' || answer === 'outcome') return;
  tally.add(['site', site, 'answers']);
  if (answer === 'silence' || answer === 'invalid') tally.add(['site', site, answer]);
  if (answer === 'no match') tally.add(['site', site, 'noMatch']);
}

/** What the flow has noted: values that the code itself has declared, and of all others only that they were set. */
function countNotes(tally: Tally, { record, state, compiled, broken }: Call): void {
  const kinds = (compiled.flow.options.tags?.kinds ?? {}) as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(record.tags)) {
    const choices = kinds[name];
    if (choices !== undefined) tally.add(['tag', name, Array.isArray(choices) && choices.includes(value) ? String(value) : '•']);
  }
  if (record.result != null && broken === null)
    for (const name of resultNames(compiled, JSON.parse(record.result))) tally.add(['result', name]);
  if (state.error !== null) tally.add(['error', CODE.test(state.error.code) ? state.error.code : 'other']);
}

class Tally {
  readonly counts = new Map<string, number>();
  readonly #sites: ReadonlyMap<string, { readonly answers: readonly string[] }>;

  constructor(sites: ReadonlyMap<string, { readonly answers: readonly string[] }>) {
    this.#sites = sites;
  }

  add(key: CountKey): void {
    const name = writeKey(key);
    const known = this.counts.get(name);
    if (known === undefined && this.counts.size >= MAX_KEYS && key[0] !== 'other') this.add(['other']);
    else this.counts.set(name, (known ?? 0) + 1);
  }

  arrow({ from, label, to, when, charted }: TakenArrow): void {
    this.add(['arrow', this.site(from), charted || HARMLESS.test(label) ? label : UNKNOWN, this.site(to), when]);
  }

  /** Names that the chart has are the code's; without its code a call has those of its journal, without digits. */
  site(name: string): string {
    if (NOWHERE.has(name) || this.#sites.has(name)) return name;
    return this.#sites.size > 0 ? ELSEWHERE : name.replaceAll(/\d+/g, '•');
  }

  /** What a step came to, where the chart says it. */
  label(site: string, label: string): string {
    return this.#sites.get(site)?.answers.includes(label) === true ? label : UNKNOWN;
  }
}
