import type { SignalResult } from '../effects/wait-for.ts';
import { FlowRunawayError } from '../errors/index.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import { type Move, movesFrom, placed } from './moves.ts';
import { standingAt } from './standing-at.ts';
import { TICK, type Witness } from './witness.ts';

/** What happens at a wait; undefined where following ends. */
export type Policy = (decision: Decision, moves: readonly Move[]) => Move | undefined;

/** A loop that nothing but a limit of the flow itself ends: the sites of its last rounds, in the order in which the flow stood there, and that limit. */
export interface EndlessRound {
  readonly sites: readonly string[];
  readonly limit: string;
}

/** What came of following: a loop, `cut` where all answers that may be given were given, or null for a flow that ends, or leaves the policy. */
export type Followed = EndlessRound | 'cut' | null;

/**
 * Follows a flow from where `witness` leads, answering each wait as `policy` says. A loop may be counted, and nobody can look into a generator:
 * so it is run round until it ends, or until the flow's own `limits` end the call, which callers would meet too; `most` answers are given for that.
 */
export function follow(flow: FlowModule, witness: Witness, policy: Policy, most: number): Followed {
  const start = standingAt(flow, witness);
  if (start === null) return null;
  let { decision } = start;
  let at = witness.entries.at(-1)?.at ?? witness.call.startedAt;
  const stood = new Set<string>();
  let again: string[] = [];
  for (let answers = 0; answers < most; answers++) {
    if (decision.effect === null) {
      const limit = limitMet(decision.error);
      return limit === null ? null : { sites: sitesOf(again), limit };
    }
    if (stood.has(decision.site)) again.push(decision.site);
    else again = [];
    stood.add(decision.site);
    const move = policy(decision, movesFrom(decision));
    if (move === undefined) return null;
    for (const { entry } of move.answers) {
      at += isSilence(entry) ? patienceOf(decision) : TICK;
      decision = start.run.answer(placed(entry, decision.site, at));
    }
  }
  return 'cut';
}

/** Whether nobody has pressed anything, or no signal has come. */
function isSilence(entry: object): boolean {
  if (!('value' in entry)) return false;
  return entry.value === null || (entry.value as Partial<SignalResult<unknown>> | undefined)?.arrived === false;
}

/** How long silence takes: a flow may look at its watch in a loop. */
function patienceOf({ effect }: Decision): number {
  if (effect?.kind === 'waitFor') return effect.timeout;
  return effect?.kind === 'capture' ? effect.overallTimeout : TICK;
}

/** The limit of the flow that ended a call which went on and on, e.g. `limits.turns = 1000`; null for any other end. */
export function limitMet(error: unknown): string | null {
  if (!(error instanceof FlowRunawayError) || error.limit === 'effectsPerBatch') return null;
  return `limits.${error.limit} = ${error.value}`;
}

/** Of the sites where a flow stood again and again, those of its last rounds. */
function sitesOf(again: readonly string[]): readonly string[] {
  return [...new Set(again.slice(-Math.ceil(again.length / 2)))];
}
