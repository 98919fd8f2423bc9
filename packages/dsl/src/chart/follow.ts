import type { FlowModule } from '../effects/define-flow.ts';
import { FlowRunawayError } from '../errors/index.ts';
import type { Decision } from '../generator/decision.ts';
import { type Move, movesFrom, placed } from './moves.ts';
import { standingAt } from './standing-at.ts';
import type { Witness } from './witness.ts';

/** What happens at a wait; undefined where following ends. */
export type Policy = (decision: Decision, moves: readonly Move[]) => Move | undefined;

/**
 * Follows a flow from where `witness` leads, answering each wait as `policy` says, until it ends. Gives the sites between which it goes round,
 * in the order in which it stood there, once it has stood `most` times where it stood before; null for a flow that ends, or leaves the policy.
 */
export function follow(flow: FlowModule, witness: Witness, policy: Policy, most: number): readonly string[] | null {
  const start = standingAt(flow, witness);
  if (start === null) return null;
  let { decision } = start;
  let at = witness.entries.at(-1)?.at ?? witness.call.startedAt;
  const stood = new Set<string>();
  let again: string[] = [];
  for (;;) {
    if (decision.effect === null) return ranOutOfTurns(decision.error) ? roundOf(again) : null;
    if (stood.has(decision.site)) again.push(decision.site);
    else again = [];
    stood.add(decision.site);
    if (again.length >= most) return roundOf(again);
    const move = policy(decision, movesFrom(decision));
    if (move === undefined) return null;
    for (const { entry } of move.answers) decision = start.run.answer(placed(entry, decision.site, ++at));
  }
}

/** A loop may meet the flow's own limit first. */
function ranOutOfTurns(error: unknown): boolean {
  return error instanceof FlowRunawayError && error.limit !== 'effectsPerBatch';
}

/** Of the sites where a flow stood again and again, those of its last rounds. */
function roundOf(again: readonly string[]): readonly string[] {
  return [...new Set(again.slice(-Math.ceil(again.length / 2)))];
}
