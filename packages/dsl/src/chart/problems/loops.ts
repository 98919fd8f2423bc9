import { FlowRunawayError } from '../../errors/index.ts';
import type { Decision } from '../../generator/decision.ts';
import type { ExploreLimit } from '../chart.ts';
import { type EndlessRound, follow } from '../follow.ts';
import type { Move } from '../moves.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** How many ways are tried in which the other steps of a loop are answered. */
const MAX_VARIANTS = 4;

/** Finds loops that need no caller: speech without end, and steps or bridges that lead to each other for ever. */
export function inspectLoops({ flow, sources, maxAnswers }: Subject): Inspection {
  const found = new Map<string, Problem>();
  const starts = new Map<string, Reached>();
  const limits = new Set<ExploreLimit>();

  return {
    limits,
    reached(reached) {
      const { error, effect, site, ending } = reached.decision;
      if (error instanceof FlowRunawayError) {
        const key = `${error.limit}\n${error.site}`;
        if (!found.has(key)) found.set(key, runaway(reached, error));
      }
      const key = `${site}\n${String(ending)}`;
      if (effect !== null && effect.kind !== 'capture' && !starts.has(key)) starts.set(key, reached);
    },
    *finish() {
      for (const start of starts.values()) {
        const round = endlessRound(start);
        const key = round?.sites.toSorted().join('\n');
        if (round === null || key === undefined || found.has(key)) continue;
        found.set(key, endless(start, round, sources.of(start.decision.site)));
      }
      yield* found.values();
    },
  };

  /** The loop in which the answers of a step or bridge, the same over and over, hold the flow; null where none does. */
  function endlessRound({ decision: { site }, witness }: Reached): EndlessRound | null {
    for (let own = 0, most = 1; own < most; own++) {
      for (let other = 0; other < MAX_VARIANTS; other++) {
        const policy = (decision: Decision, moves: readonly Move[]): Move | undefined => {
          if (decision.effect?.kind === 'capture') return undefined;
          const answers = moves.filter(({ when }) => decision.ending || when === 'answer');
          if (decision.site !== site) return answers[other % answers.length];
          most = answers.length;
          return answers[own];
        };
        const round = follow(flow, witness, policy, maxAnswers);
        if (round === 'cut') limits.add('maxAnswers');
        else if (round?.sites.includes(site) === true) return round;
      }
    }
    return null;
  }
}

function runaway({ from, witness }: Reached, error: FlowRunawayError): Problem {
  const spoken = error.limit === 'effectsPerBatch';
  return {
    code: 'HS_VERIFY_LOOP',
    severity: 'error',
    site: from,
    path: witness.labels,
    message: spoken
      ? `After "${from}" the flow yields more than ${error.value} effects without waiting for anything. Give the loop a way out, or let it wait.`
      : `After "${from}" the call goes past ${error.limit} = ${error.value}. Give the loop a way out, or raise the limit.`,
    source: null,
  };
}

function endless({ decision: { site }, witness }: Reached, { sites, limit }: EndlessRound, source: string | null): Problem {
  const others = sites.filter((name) => name !== site).map((name) => `"${name}"`);
  const through = others.length === 0 ? '' : `, by way of ${others.join(', ')},`;
  return {
    code: 'HS_VERIFY_LOOP',
    severity: 'error',
    site,
    path: witness.labels,
    message: `"${site}" leads back to itself${through} for ever when its answers stay the same: no caller is needed for that, and only ${limit} ends it. Count the rounds, and end the loop after some.`,
    source,
  };
}
