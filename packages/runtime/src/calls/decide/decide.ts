/**
 * What a call does next. PURE and total: the same found call, input and environment give the same decision, however often they are asked; no clock, store, randomness
 * or promise is reached from here. What is decided here has not happened: `transact.ts` makes it so.
 */
import type { Decision, Env, Found } from '../call.ts';
import type { CallInput } from '../input.ts';
import { decideCount } from './count.ts';
import { decideDue, decideEndTold } from './due.ts';
import { decideEndRequested, decidePlace, decidePosted } from './outbound.ts';
import { decideSignal } from './signal.ts';
import { decideSettled, decideStillRunning } from './steps.ts';
import { decideBeside, decideSummary } from './summary.ts';
import { decideVca } from './vca.ts';

export const DECIDE = {
  vca: decideVca,
  summary: decideSummary,
  status: decideBeside,
  recording: decideBeside,
  'step-settled': decideSettled,
  'still-running': decideStillRunning,
  due: decideDue,
  count: decideCount,
  'end-requested': decideEndRequested,
  'end-told': decideEndTold,
  place: decidePlace,
  'post-settled': decidePosted,
  signal: decideSignal,
} as const satisfies { readonly [Kind in CallInput['kind']]: Decide<Extract<CallInput, { kind: Kind }>> };

type Decide<Input> = (found: Found, input: Input, env: Env) => Decision;
