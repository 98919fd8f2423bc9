import type { Call } from '../flow/call.ts';
import type { Decision } from './decision.ts';

/**
 * Whether a flow declines the call, when `decision` is the first that is no step: an outbound call whose flow ends before it says anything is never placed,
 * since a phone would ring and go dead. So it is where a flow yields `decline`, which gives a reason. Server, charts and tests go by this alone.
 */
export function declines({ direction }: Pick<Call, 'direction'>, { wait, actions }: Pick<Decision, 'wait' | 'actions'>): boolean {
  return direction === 'outbound' && wait === 'ended' && actions.every(({ action }) => action === 'hangup');
}
