import type { Action } from '../../callflow/actions.ts';
import { checkCallflow } from '../../callflow/check-callflow.ts';
import type { Violation } from '../../callflow/violation.ts';
import { virtualNumber } from '../../flow/call.ts';
import type { Decision } from '../../generator/decision.ts';
import { holdPiece } from '../../generator/hold-piece.ts';
import { NOT_PLACED, targetOf } from '../not-placed.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** Holds every batch that is reached against the rules of the callflow; the first batch of an outbound call as it is sent, behind the call itself. */
export function inspectCallflows({ sources }: Subject): Inspection {
  const checked = new Set<string>();
  const found = new Map<string, Problem>();

  return {
    reached(reached) {
      const { decision, witness, turns } = reached;
      if (decision.wait !== 'platform' && decision.wait !== 'ended' && decision.wait !== 'signal') return;
      if (targetOf(decision, { call: witness.call, turns }) === NOT_PLACED) return;
      const sent = isFirstOfOutbound(reached);
      const actions = sentAt(decision);
      const body = { callflow: sent ? [outboundCall(reached), ...actions] : actions };
      const key = `${String(sent)}\n${decision.site}\n${JSON.stringify(body)}`;
      if (checked.has(key)) return;
      checked.add(key);
      for (const violation of checkCallflow(body, { via: sent ? 'api' : 'vca' })) {
        const id = `${decision.site}\n${violation.code}\n${violation.path}`;
        if (!found.has(id)) found.set(id, problemOf(violation, decision.site, witness.labels, sources.of(decision.site)));
      }
    },
    finish: () => found.values(),
  };
}

/** What is sent where the flow waits: at a signal with the first piece of its hold. */
function sentAt({ wait, actions, hold, voice }: Decision): readonly Action[] {
  return wait === 'signal' ? [...actions, ...holdPiece(hold, 0, { text: 'x', voiceProfile: voice || 'x' }).actions] : actions;
}

function problemOf(violation: Violation, site: string, path: readonly string[], source: string | null): Problem {
  const { severity, code, message } = violation;
  const says = severity === 'error' ? 'its callflow is never sent, because it breaks' : 'its callflow is questionable by';
  return { code: 'HS_VERIFY_CALLFLOW', severity, site, path, message: `At "${site}" ${says} ${code}: ${message}`, source };
}

/** Whether a batch is the first that the platform is given in a call that is placed. */
function isFirstOfOutbound({ decision, witness: { call }, turns }: Reached): boolean {
  return call.direction === 'outbound' && turns === 0 && !decision.ending;
}

function outboundCall({ witness: { call } }: Reached): Action {
  return { action: 'makeCall', params: { source: virtualNumber(call), destination: call.to } };
}
