import type { Decision } from '../../generator/decision.ts';
import { TIMEOUT_LABEL } from '../answer-class.ts';
import type { ExploreLimit } from '../chart.ts';
import { type EndlessRound, follow } from '../follow.ts';
import type { Move } from '../moves.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** How many ways are tried in which steps and bridges are answered meanwhile. */
const MAX_VARIANTS = 4;

const SILENCE: Move = { label: 'silence', when: 'answer', answers: [{ label: 'silence', entry: { value: null } }] };

/** Finds questions that a caller who stays silent never gets out of: a line that was put down without hanging up is billed for hours. */
export function inspectSilence({ flow, sources, maxAnswers }: Subject): Inspection {
  const starts = new Map<string, Reached>();
  const reported = new Set<string>();
  const limits = new Set<ExploreLimit>();

  return {
    limits,
    reached(reached) {
      const { effect, site } = reached.decision;
      if (effect?.kind === 'capture' && !starts.has(site)) starts.set(site, reached);
    },
    *finish() {
      for (const start of starts.values()) {
        const { site } = start.decision;
        const round = reported.has(site) ? null : endlessRound(start);
        if (round === null) continue;
        for (const name of round.sites) reported.add(name);
        yield endless(start, round, sources.of(site));
      }
    },
  };

  /** The loop in which silence holds a caller who is at `start`; null where it doesn't, or only later on, at other questions. */
  function endlessRound({ decision: { site }, witness }: Reached): EndlessRound | null {
    for (let variant = 0; variant < MAX_VARIANTS; variant++) {
      // Where there was nothing to choose, the other variants are the same.
      let chosen = false;
      const policy = ({ effect, site: at }: Decision, moves: readonly Move[]): Move | undefined => {
        if (reported.has(at)) return undefined;
        if (effect?.kind === 'capture') return SILENCE;
        if (effect?.kind === 'waitFor') return moves.find(({ label }) => label === TIMEOUT_LABEL);
        const answers = moves.filter(({ when }) => when === 'answer');
        chosen ||= answers.length > 1;
        return answers[variant % answers.length];
      };
      const round = follow(flow, witness, policy, maxAnswers);
      if (round === 'cut') limits.add('maxAnswers');
      else if (round?.sites.includes(site) === true) return round;
      if (!chosen) return null;
    }
    return null;
  }
}

function endless({ decision: { site }, witness }: Reached, { sites, limit }: EndlessRound, source: string | null): Problem {
  const others = sites.filter((name) => name !== site).map((name) => `"${name}"`);
  const where = others.length === 0 ? 'asks again for ever' : `comes back for ever, by way of ${others.join(', ')}`;
  return {
    code: 'HS_VERIFY_SILENCE',
    severity: 'error',
    site,
    path: witness.labels,
    message:
      `To a caller who stays silent, "${site}" ${where}, and only ${limit} ends the call. ` +
      'Count the silences and say goodbye, as menu and ask do with `attempts` and `otherwise`.',
    source,
  };
}
