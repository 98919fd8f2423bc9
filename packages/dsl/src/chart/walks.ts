import type { Call } from '../flow/call.ts';
import { seededRandom } from '../generator/seeded-random.ts';
import { type Move, movesFrom } from './moves.ts';
import type { Search } from './search.ts';

const MAX_WALK = 60;
const MAX_WALKS = 20_000;
/** How seldom the caller hangs up in the middle: once in so many answers. */
const HANG_UP_ODDS = 40;

interface WalkOptions {
  readonly quiet: number;
  readonly seed: number;
}

/**
 * Walks at random on live generators, which finds the history-dependent arrows that merging hides. Half of the time the answer that was used
 * least at a site is taken. Ends after `quiet` walks in a row that found nothing new; says how many there were.
 */
export function walk(search: Search, calls: readonly Call[], options: WalkOptions): number {
  const random = seededRandom(options.seed);
  const used = new Map<string, number[]>();
  let walks = 0;
  for (let quiet = 0; quiet < options.quiet && walks < MAX_WALKS && !search.exhausted; walks++) {
    quiet = walkOnce(calls[walks % calls.length] as Call) ? 0 : quiet + 1;
  }
  return walks;

  function walkOnce(call: Call): boolean {
    let arrival = search.begin(call);
    let found = false;
    for (let length = 0; length < MAX_WALK; length++) {
      const { decision } = arrival.standing;
      if (decision.effect === null) break;
      const result = search.go(arrival, choose(decision.site, movesFrom(decision)));
      ({ arrival } = result);
      found ||= result.found;
    }
    return found;
  }

  function choose(site: string, moves: readonly Move[]): Move {
    const when = random() * HANG_UP_ODDS < 1 || moves[0]?.when === 'ended' ? 'ended' : 'answer';
    const those = moves.filter((move) => move.when === when);
    // Nobody can hang up while settings are read.
    const some = those.length > 0 ? those : moves;
    const place = `${site}\n${when}`;
    let counts = used.get(place);
    if (counts === undefined) used.set(place, (counts = []));
    let index = Math.floor(random() * some.length);
    if (random() < 0.5) {
      for (let other = 0; other < some.length; other++) if ((counts[other] ?? 0) < (counts[index] ?? 0)) index = other;
    }
    counts[index] = (counts[index] ?? 0) + 1;
    return some[index] as Move;
  }
}
