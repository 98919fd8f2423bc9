/**
 * What a call does next. PURE and total: the same found call, input and environment give the same decision, however often they are asked; no clock, store, randomness
 * or promise is reached from here. What is decided here has not happened: `transact.ts` makes it so.
 */
import type { Decision, Env, Found } from '../call.ts';
import type { CallInput } from '../input.ts';
import { decideDue, decideEndTold } from './due.ts';
import { decideEndRequested, decidePlace, decidePosted } from './outbound.ts';
import { decideSettled, decideStillRunning } from './steps.ts';
import { decideBeside, decideSummary } from './summary.ts';
import { decideVca } from './vca.ts';

export function decide(found: Found, input: CallInput, env: Env): Decision {
  switch (input.kind) {
    case 'vca':
      return decideVca(found, input, env);
    case 'summary':
      return decideSummary(found, input, env);
    case 'status':
    case 'recording':
      return decideBeside(found, input, env);
    case 'step-settled':
      return decideSettled(found, input, env);
    case 'still-running':
      return decideStillRunning(found, input, env);
    case 'due':
      return decideDue(found, input, env);
    case 'end-requested':
      return decideEndRequested(found, input, env);
    case 'end-told':
      return decideEndTold(found, input, env);
    case 'place':
      return decidePlace(found, input, env);
    case 'post-settled':
      return decidePosted(found, input, env);
  }
}
