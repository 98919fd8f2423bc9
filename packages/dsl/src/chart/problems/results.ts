import { definedAt } from '../../flow/define-flow.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';

/** Finds flows that return what is no result. */
export function inspectResults({ flow, sources }: Subject): Inspection {
  const found = new Map<string, Problem>();

  return {
    reached({ from, witness, decision: { resultError } }) {
      // What was returned is still known when the session ends.
      if (resultError === null || from === 'ended') return;
      const where = from === 'idle' ? 'Before its first wait' : `After "${from}"`;
      const message = `${where} the flow returns what is no result: ${resultError.message}`;
      const problem: Problem = {
        code: 'HS_VERIFY_RESULT',
        severity: 'error',
        site: from,
        path: witness.labels,
        message,
        source: sources.of(from) ?? definedAt(flow),
      };
      const key = [from, resultError.path].join('\n');
      if (!found.has(key)) found.set(key, problem);
    },
    finish: () => found.values(),
  };
}
