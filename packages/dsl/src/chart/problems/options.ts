import { toActions } from '../../effects/to-actions.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** Finds options that exploration never left a site by: they were not tried, or nothing comes of them. */
export function inspectOptions({ flow, sources }: Subject): Inspection {
  /** Per site and label whether something came of it. */
  const tried = new Map<string, boolean>();

  return {
    reached(reached) {
      const { from, label, decision } = reached;
      const key = `${from}\n${label}`;
      if (tried.get(key) !== true) tried.set(key, from !== decision.site || !isSameQuestion(reached));
    },
    *finish(chart) {
      for (const { name, declared, answers, witness } of chart.sites.values()) {
        for (const label of declared.filter((one) => answers.includes(one) && !isRepeat(one))) {
          const outcome = tried.get(`${name}\n${label}`);
          if (outcome === true) continue;
          yield problemOf(name, label, outcome === false, witness.labels, sources.of(name));
        }
      }
    },
  };

  /** Whether nothing but the question itself is spoken: no more than what it makes of its prompt. */
  function isSameQuestion({ decision, witness: { call } }: Reached): boolean {
    const { effect, actions } = decision;
    if (effect?.kind !== 'capture') return false;
    return actions.length === spokenBy(effect, decision, call);
  }

  function spokenBy(
    effect: NonNullable<Decision['effect']> & { kind: 'capture' },
    { language }: Decision,
    call: Reached['witness']['call'],
  ): number {
    return toActions(effect, { call, options: flow.options, language, voice: 'any' }).length;
  }
}

/** The universal key for hearing a question again is meant to lead back to it. */
function isRepeat(label: string): boolean {
  return label.endsWith('(repeat)');
}

function problemOf(site: string, label: string, stays: boolean, path: readonly string[], source: string | null): Problem {
  const says = stays
    ? `leads back to the same question, and nothing is said between. Let it do something; for hearing a question again there are the universal keys (\`keys: { repeat }\`)`
    : 'was never tried: exploration came there only in passing. Raise `maxAnswers` or `quietWalks`, or give the flow examples that lead there';
  return {
    code: 'HS_VERIFY_OPTION',
    severity: 'warning',
    site,
    path,
    message: `Option "${label}" of "${site}" ${says}.`,
    source,
  };
}
