import type { Decision } from '../../generator/decision.ts';
import { follow } from '../follow.ts';
import type { Move } from '../moves.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** How often a call of somebody who stays silent may come back to where it was. */
const MOST_RETURNS = 100;
/** How many ways are tried in which steps and bridges are answered meanwhile. */
const MOST_VARIANTS = 4;

const SILENCE: Move = { label: 'silence', when: 'answer', answers: [{ label: 'silence', entry: { value: null } }] };

/** Finds questions that a caller who stays silent never gets out of: a line that was put down without hanging up is billed for hours. */
export function inspectSilence({ flow, sources }: Subject): Inspection {
  const starts = new Map<string, Reached>();

  return {
    reached(reached) {
      const { effect, site } = reached.decision;
      if (effect?.kind === 'capture' && !starts.has(site)) starts.set(site, reached);
    },
    *finish() {
      const reported = new Set<string>();
      for (const start of starts.values()) {
        const { site } = start.decision;
        const round = reported.has(site) ? null : endlessRound(start);
        if (round === null) continue;
        for (const name of round) reported.add(name);
        yield endless(start, round, sources.of(site));
      }
    },
  };

  /** The loop in which silence holds a caller who is at `start`; null where it doesn't, or only later on, at other questions. */
  function endlessRound({ decision: { site }, witness }: Reached): readonly string[] | null {
    for (let variant = 0; variant < MOST_VARIANTS; variant++) {
      const policy = ({ effect }: Decision, moves: readonly Move[]): Move | undefined => {
        if (effect?.kind === 'capture') return SILENCE;
        const answers = moves.filter(({ when }) => when === 'answer');
        return answers[variant % answers.length];
      };
      const round = follow(flow, witness, policy, MOST_RETURNS);
      if (round?.includes(site) === true) return round;
    }
    return null;
  }
}

function endless({ decision: { site }, witness }: Reached, round: readonly string[], source: string | null): Problem {
  const others = round.filter((name) => name !== site).map((name) => `"${name}"`);
  const where = others.length === 0 ? 'asks again for ever' : `comes back for ever, by way of ${others.join(', ')}`;
  return {
    code: 'HS_VERIFY_SILENCE',
    severity: 'error',
    site,
    path: witness.labels,
    message:
      `To a caller who stays silent, "${site}" ${where}, and the call never ends. ` +
      'Count the silences and say goodbye, as menu and ask do with `attempts` and `otherwise`.',
    source,
  };
}
