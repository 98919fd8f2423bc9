/** A call that ended on a server which did not count: it is counted as it is kept, once. Nothing else of it changes. */
import { type Decision, type Env, type Found, nothing } from '../call.ts';
import { Draft } from '../draft.ts';
import type { CountRequested } from '../input.ts';

/** Counts a call that is over; what has gone with its sensitive answers, or with its code, is not in it. */
export function decideCount({ call }: Found, _input: CountRequested, env: Env): Decision {
  if (call === null || call.record.endedAt === null || call.record.counted) return nothing({ kind: 'counted', isNew: false });
  const draft = new Draft(call, env).asItWas();
  return draft.done({ kind: 'counted', isNew: true });
}
