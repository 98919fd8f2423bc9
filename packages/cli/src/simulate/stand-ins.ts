import type { CompiledFlow } from '@hookswitch/dsl';
import type { Rehearsal } from '@hookswitch/runtime';
import type { randomFrom as RandomFrom } from '@hookswitch/simulator';

/** What the calls of one simulation are drawn by. */
export interface Drawing {
  readonly seed: string;
  /** Ends the ids of calls, and nothing is drawn by it: a store that is used twice must not take the second simulation for the first. */
  readonly salt: string;
  /** Whether steps are really run. */
  readonly realSteps: boolean;
  /** How often a step fails that isn't really run, 0..1. */
  readonly failingSteps: number;
}

/**
 * Makes the calls of a flow the same in every run: ids by session, a time that stands still (the one at which the flow is explored, or one of its examples),
 * and the examples of steps in place of what they do, drawn by call and place. A step without examples gives nothing, as it does when the flow is explored.
 */
export function standIns({ flow, chart }: CompiledFlow, drawing: Drawing, randomFrom: typeof RandomFrom): Rehearsal {
  const { seed, salt, realSteps, failingSteps } = drawing;
  const times = (flow.options.examples.at ?? []).map((at) => Date.parse(at));
  const ordinary = chart.arrows.find(({ when }) => when === 'start')?.witness.call.startedAt ?? 0;
  const unsalted = (id: string): string => id.replace(`-${salt}`, '');
  return {
    callId: ({ sessionId, to }) => `${randomFrom(seed, 'call', sessionId ?? to).uuid()}-${salt}`,
    timeOf: (callId) => randomFrom(seed, 'time', unsalted(callId)).pick([ordinary, ...times]),
    outcomeOf: ({ examples }, { idempotencyKey }) => {
      if (realSteps) return null;
      const random = randomFrom(seed, 'step', unsalted(idempotencyKey));
      if (random.chance(failingSteps))
        return { ok: false, error: { name: 'Error', message: 'a failure that hookswitch simulate made up' } };
      const [first, ...others] = Object.values(examples ?? {}) as unknown[];
      const value = first === undefined && others.length === 0 ? undefined : random.pick([first, ...others]);
      return value === undefined ? { ok: true } : { ok: true, value };
    },
  };
}
