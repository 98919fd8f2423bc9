/** What follows of itself once a flow has moved: a step is ordered, a call completed, a post made, a turn answered. Every input that moves a flow ends here. */
import { type Step, stepFailure, type StepOutcome } from '@hookswitch/dsl';
import { SealKeyMissingError } from '../../errors/seal-key-missing-error.ts';
import { StepLeftError } from '../../errors/step-left-error.ts';
import type { Call, Env, Order, Reply } from '../call.ts';
import type { Draft } from '../draft.ts';
import type { Asked } from '../input.ts';
import { respond } from '../reply/answers.ts';
import type { Lease } from '../state.ts';
import { complete, giveEnd } from './end.ts';
import { postOrRefuse } from './post.ts';

/** How often a step is taken over from processes that have left it. Then it has failed: it may be what ends them. */
export const MAX_TAKEOVERS = 3;

/**
 * Goes on from where the flow stands now. `asked` is the turn that waits, if any; `left` the lease of whoever has left the step that is waited for. Gives the answer
 * to the turn, or null where there is none yet.
 */
export function onward(draft: Draft, asked: Asked | null, left: Lease | null = null): Reply | null {
  if (draft.call.position.wait !== 'step') giveEnd(draft);
  const { position, state, record } = draft.call;
  if (position.wait === 'step') {
    const takeovers = left === null ? 0 : (left.takeovers ?? 0) + 1;
    const token = state.lease !== null && left === null ? state.lease.token : String(record.revision);
    draft.state({ lease: { token, until: draft.env.now + draft.env.settings.lease, takeovers } });
    draft.order(stepOrder(draft.call, draft.env, asked));
    return null;
  }
  draft.state({ lease: null });
  if (state.summary !== null) {
    complete(draft);
    return null;
  }
  if (state.post === 'preparing') return postOrRefuse(draft) ? onward(draft, null) : null;
  // A hold may have answered the turn meanwhile: then the batch waits for the next one.
  return asked === null || asked.turn !== record.turn + 1 ? null : respond(draft, asked);
}

/** The order to run the step that a call waits for. */
export function stepOrder(call: Call, env: Env, asked: Asked | null): Order {
  const { record, position, state } = call;
  const effect = position.effect as Step<unknown>;
  const { token = '', takeovers = 0 } = state.lease ?? {};
  return {
    kind: 'run-step',
    call: record,
    token,
    index: position.journal.length,
    key: position.stepKey ?? '',
    site: position.site,
    effect,
    // What a flow still does when its caller has gone is not to be cut short.
    abortable: state.summary === null && !position.uninterruptible,
    refused: refused(effect, takeovers, env),
    asked,
  };
}

/** What a step comes to that must not be begun: one whose result could not be sealed, or that is left by whoever runs it. Null for all others. */
function refused({ name, sensitive }: Step<unknown>, takeovers: number, { canSeal }: Env): StepOutcome | null {
  if (sensitive && !canSeal) return failed(new SealKeyMissingError(null));
  return takeovers > MAX_TAKEOVERS ? failed(new StepLeftError(name, takeovers)) : null;
}

/** A step that has failed with what was thrown. */
export function failed(error: unknown): StepOutcome {
  return { ok: false, error: stepFailure(error) };
}

/** Whether not even the failure of a step that is left over and over could be saved: nothing of this call is begun again. */
export function isHopeless(left: Lease | null): boolean {
  return (left?.takeovers ?? 0) > MAX_TAKEOVERS;
}

/** How long what is due of a call stays with those who have its code, ms. Then they are taken to be gone, as when a deploy was taken back. */
const LEFT_TO_OTHERS = 60_000;

/**
 * Whether others have to see to what is due of a call: it began on a newer version than this server has, as happens while servers are replaced one by one.
 * Its webhooks are answered with a hold meanwhile, for the next one may reach such a server.
 */
export function isLeftToOthers({ isAhead, record }: Call, { now }: Env): boolean {
  return isAhead && record.dueAt !== null && now < record.dueAt + LEFT_TO_OTHERS;
}
