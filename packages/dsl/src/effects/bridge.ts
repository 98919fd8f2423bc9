import { checkOptions, checkParameter, type OptionChecks, parameterCheck } from '../arguments/check-argument.ts';
import { checkName } from '../arguments/name.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';
import { checkActionId } from './client-action-id.ts';

/** Options of `bridge`. */
export interface BridgeOptions {
  /** The site's name. @default made of the destination's kind and order: `bridge` */
  readonly id?: string | null;
  /** The number that the second party sees, E.164, a virtual number of the subaccount. @default the session's virtual number */
  readonly from?: string | null;
  /** Records the session; only where recording is set up at 8x8. @default not sent */
  readonly callRecording?: boolean | null;
  /** The wire's `clientActionId` of this callflow, sent unchanged and echoed by 8x8; each id once in a call. The first callflow of a call that is placed has none: 8x8 takes it in answers only. @default the server's own, made of site and turn */
  readonly clientActionId?: string | null;
}

/** How a bridge can end. */
export const BRIDGE_OUTCOMES = ['answered', 'busy', 'no-answer', 'declined', 'failed', 'unknown'] as const;
export type BridgeOutcome = (typeof BRIDGE_OUTCOMES)[number];

/**
 * What `bridge` gives back. While the call goes on, 8x8 says little: the webhook after a bridge typically carries the SIP code 200 whatever became of the second
 * leg, and outcomes come with the session's summary. So a flow that goes on gets `answered` only where seconds were spoken, a failure only where the code names it,
 * and else `unknown`; at the end of the session (in `finally`) the outcome is the summary's.
 */
export interface BridgeResult {
  readonly outcome: BridgeOutcome;
  /** RFC 3261 code of the second leg, where the platform gave one. */
  readonly sipCode: number | null;
  /** Seconds that the two parties spoke, where the platform gave it. */
  readonly duration: number | null;
}

/** Connects the caller with a second party; see `bridge`. */
export interface Bridge extends Effect<'bridge', BridgeResult> {
  readonly id: string | null;
  readonly to: string;
  readonly from: string | null;
  readonly callRecording: boolean | null;
  readonly clientActionId: string | null;
}

const OPTIONS: OptionChecks<BridgeOptions> = {
  id: checkName,
  from: parameterCheck(PARAMETERS.makeCall.source),
  callRecording: parameterCheck(PARAMETERS.makeCall.callRecording),
  clientActionId: checkActionId,
};

/**
 * Connects the caller with `to` (E.164, with or without `+`; sent as written) and gives back how that ended. The wire's name for it is `makeCall`.
 * Whether 8x8 asks on after a bridge is not documented without contradiction: where it does not, what follows is never heard (`check` tells where a flow relies on it).
 *
 * @throws EffectArgumentError at once, with the code of the callflow rule that an argument breaks.
 */
export function bridge(to: string, options: BridgeOptions = {}): Bridge {
  checkParameter('bridge', 'to', to, PARAMETERS.makeCall.destination);
  checkOptions('bridge', options, OPTIONS);
  return makeEffect<Bridge>({
    kind: 'bridge',
    id: options.id ?? null,
    to,
    from: options.from ?? null,
    callRecording: options.callRecording ?? null,
    clientActionId: options.clientActionId ?? null,
  });
}
