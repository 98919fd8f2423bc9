import type { BareWait } from '../../generator/walk.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/**
 * Finds waits in a `finally` outside of an `uninterruptible` block. Wherever a way is left, by a hang-up or by *back* or *main*, the generator shows them itself,
 * whoever wrote them: what waits while it returns is in a `finally`.
 */
export function inspectFinally({ sources }: Subject): Inspection {
  const found = new Map<string, Problem>();

  return {
    reached(reached) {
      for (const wait of reached.decision.bare) {
        const source = wait.effect.source ?? sources.of(wait.site);
        const key = `${wait.site}\n${source ?? ''}`;
        if (!found.has(key)) found.set(key, problemOf(reached, wait, source));
      }
    },
    finish: () => found.values(),
  };
}

function problemOf({ witness }: Reached, { site }: BareWait, source: string | null): Problem {
  return {
    code: 'HS_VERIFY_FINALLY',
    severity: 'error',
    site,
    path: witness.labels,
    message:
      `"${site}" waits in a \`finally\` outside of an \`uninterruptible\` block: it is lost when the session ends while the flow comes there by itself, or waits in that \`finally\`. ` +
      'Write finally { yield* uninterruptible(function* () { … }) } around it.',
    source,
  };
}
