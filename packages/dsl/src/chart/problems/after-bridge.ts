import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** Finds what is said, asked or done after a bridge, which nobody hears where the platform doesn't ask on: once for each bridge. */
export function inspectAfterBridge({ sources, afterBridge }: Subject): Inspection {
  const bridges = new Set<string>();
  const relying = new Map<string, Reached>();

  return {
    reached(reached) {
      const { decision, from } = reached;
      if (decision.effect?.kind === 'bridge') bridges.add(decision.site);
      if (bridges.has(from) && !decision.ending && goesOn(reached) && !relying.has(from)) relying.set(from, reached);
    },
    *finish() {
      if (afterBridge === 'asks') return;
      for (const [site, reached] of relying) yield problemAt(site, reached, afterBridge, sources.of(site));
    },
  };
}

/** Whether more happens than a hang-up, which comes by itself. */
function goesOn({ decision }: Reached): boolean {
  return decision.effect !== null || decision.actions.some(({ action }) => action !== 'hangup');
}

function problemAt(site: string, { witness, decision }: Reached, afterBridge: 'ends' | 'unknown', source: string | null): Problem {
  const what = decision.actions.length > 0 ? 'speaks on' : 'goes on';
  const why =
    afterBridge === 'ends'
      ? 'the platform ends the session with the bridge, so that nothing after it is heard or done'
      : "whether 8x8 asks on after a bridge its documents leave open; where it doesn't, nothing after it is heard or done";
  return {
    code: 'HS_VERIFY_AFTER_BRIDGE',
    severity: afterBridge === 'ends' ? 'error' : 'warning',
    site,
    path: witness.labels,
    message:
      `After the bridge "${site}" the flow ${what}, but ${why}. Say it before the bridge, and do what must be done in \`finally\`; ` +
      'if your platform asks on, set afterBridge to "asks".',
    source,
  };
}
