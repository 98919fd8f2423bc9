import { FlowRunawayError, isError, isHookswitchError } from '../../errors/index.ts';
import { authorLine } from '../../flow/source-line.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** Finds flows that throw: where nobody catches the failure of a step, and where the flow itself is wrong. */
export function inspectFailures({ sources }: Subject): Inspection {
  const found = new Map<string, Problem>();

  return {
    reached(reached) {
      const { error, wait } = reached.decision;
      // What was thrown is still known when the session of a failed flow ends; a loop without end is told of elsewhere.
      if (reached.from === 'failed' || error instanceof FlowRunawayError) return;
      if (wait !== 'failed' && (error ?? null) === null) return;
      const problem = isStepFailure(error) ? uncaught(reached, sources.of(reached.from)) : thrown(reached, error);
      const key = [problem.code, problem.site, problem.source ?? describe(error)].join('\n');
      if (!found.has(key)) found.set(key, problem);
    },
    finish: () => found.values(),
  };
}

function isStepFailure(error: unknown): boolean {
  return isHookswitchError(error) && error.code === 'HS_STEP_FAILED';
}

function uncaught({ from, witness, decision }: Reached, source: string | null): Problem {
  return {
    code: 'HS_VERIFY_STEP_UNCAUGHT',
    severity: 'warning',
    site: from,
    path: witness.labels,
    message:
      `When step "${from}" fails for good, nobody catches it: ${consequence(decision)}. ` +
      'Give the step `onError`, or catch StepFailedError around its yield*.',
    source,
  };
}

function thrown({ from, witness, decision }: Reached, error: unknown): Problem {
  const where = from === 'idle' ? 'Before its first wait' : `After "${from}"`;
  return {
    code: 'HS_VERIFY_FLOW_THROWS',
    severity: 'error',
    site: from,
    path: witness.labels,
    message: `${where} the flow throws ${describe(error)}: ${consequence(decision)}. Mend it, or catch it where it is thrown.`,
    source: isError(error) ? authorLine(error.stack) : null,
  };
}

function consequence({ wait }: Decision): string {
  return wait === 'closed' ? 'what was to be done after the end of the session is left undone' : "the call ends with the server's fallback";
}

function describe(error: unknown): string {
  return isError(error) ? `${error.name}: ${error.message}` : `a ${typeof error}`;
}
