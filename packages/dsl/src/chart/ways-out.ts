import type { FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import { seededRandom } from '../generator/seeded-random.ts';
import type { ChartSite } from './chart.ts';
import { closedSites } from './closed-sites.ts';
import { limitMet } from './follow.ts';
import { type Arrival, type Move, movesFrom, take } from './moves.ts';
import type { Search } from './search.ts';
import { standingAt } from './standing-at.ts';
import type { Way } from './witness.ts';

/** How many of a closed site's answers are given over and over, and how many calls answer at random besides. */
const MAX_ANSWERS = 60;
const RANDOM_CALLS = 4;

interface WaysOutOptions {
  readonly maxAnswers: number;
  readonly seed: number;
}

/** Which of its moves a call makes that is to stay long. */
type Habit = (decision: Decision, moves: readonly Move[]) => Move | undefined;

/** A move that leads out, and where it is made. */
interface WayOut {
  readonly way: Way;
  readonly site: string;
  readonly move: Move;
}

/**
 * Looks for the ways out of sites that the search found none from: a loop may be counted. Calls stay in them, giving one answer over and over, or any at random,
 * for as long as the flow's own `limits` let a call last; where one gets out, the search goes on from there.
 */
export function findWaysOut(flow: FlowModule, search: Search, options: WaysOutOptions): void {
  for (;;) {
    const closed = closedSites(search.chart());
    if (closed.length === 0 || search.exhausted) return;
    const out = wayOutOf(flow, search, closed, options);
    if (out === 'cut') search.cut('maxAnswers');
    if (out === null || out === 'cut' || !search.resume(out.way, out.site, out.move)) return;
  }
}

function wayOutOf(
  flow: FlowModule,
  search: Search,
  closed: readonly ChartSite[],
  { maxAnswers, seed }: WaysOutOptions,
): WayOut | 'cut' | null {
  const inside = new Set(closed.map(({ name }) => name));
  let left = maxAnswers;
  let cut = false;
  for (const { start, habit } of habitsIn(search, closed, seed)) {
    if (left <= 0) break;
    const result = stay(flow, start, habit, inside, maxAnswers);
    if (typeof result !== 'number') return result;
    left -= result;
    cut ||= result >= maxAnswers;
  }
  return cut ? 'cut' : null;
}

/** Goes on until the call is out: then how. Else how many answers were given until a limit ended it. */
function stay(flow: FlowModule, start: Way, habit: Habit, inside: ReadonlySet<string>, most: number): WayOut | number {
  const standing = standingAt(flow, start);
  if (standing === null) return 0;
  let arrival: Arrival = { way: start, standing };
  for (let answers = 0; answers < most; answers++) {
    const { way, standing: from } = arrival;
    const { site } = from.decision;
    const move = habit(from.decision, answersOf(from.decision));
    if (move === undefined || !inside.has(site)) return answers;
    arrival = take(arrival, move);
    const { decision } = arrival.standing;
    if (limitMet(decision.error) !== null) return answers;
    if (!inside.has(decision.site)) return { way, site, move };
  }
  return most;
}

function* habitsIn(search: Search, closed: readonly ChartSite[], seed: number): Generator<{ readonly start: Way; readonly habit: Habit }> {
  const random = seededRandom(seed);
  for (let call = 0; call < RANDOM_CALLS; call++) {
    const start = search.wayTo((closed[call % closed.length] as ChartSite).name);
    if (start !== null) yield { start, habit: (_, moves) => moves[Math.floor(random() * moves.length)] };
  }
  let tried = 0;
  for (const { name: site, answers } of closed) {
    const start = search.wayTo(site);
    for (const label of start === null ? [] : answers) {
      if (start === null || ++tried > MAX_ANSWERS) return;
      yield {
        start,
        habit: (decision, moves) => (decision.site === site ? moves.find((move) => move.label === label) : undefined) ?? moves[0],
      };
    }
  }
}

function answersOf(decision: Decision): readonly Move[] {
  return movesFrom(decision).filter(({ when }) => when === 'answer');
}
