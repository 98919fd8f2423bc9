import type { Call } from '../flow/call.ts';
import type { Decision } from '../generator/decision.ts';
import { declines } from '../generator/declines.ts';

/** Where an arrow leads by which a flow declines an outbound call. No site can have this name. */
export const NOT_PLACED = 'not placed';

/** The end of an arrow: where the flow stands, or `NOT_PLACED`. `turns`: how many callflows were answered before. */
export function targetOf(
  decision: Pick<Decision, 'site' | 'wait' | 'actions'>,
  { call, turns }: { readonly call: Call; readonly turns: number },
): string {
  return turns === 0 && declines(call, decision) ? NOT_PLACED : decision.site;
}

/** Where the machine stands at the end of an arrow: a flow that declines has ended. */
export function standsAt(to: string): string {
  return to === NOT_PLACED ? 'ended' : to;
}
