import type { Action } from '@hookswitch/dsl';
import type { TimelineLine, TurnLine } from '../../../src/views.ts';

/** How a turn's time was spent, ms: from the webhook that it answers to the next one. */
export interface TurnTime {
  /** Steps that ran for it. */
  readonly steps: number;
  /** What was spoken, as long as that takes about. */
  readonly spoken: number;
  /** The rest: the caller thinks and presses, or talks to somebody. */
  readonly caller: number;
}

/** Milliseconds for a character at usual speed, about. */
const PER_CHARACTER = 65;

/** The times of each turn by its number. The platform says when it asks, and no more: how long it spoke follows from the texts. */
export function turnTimes(lines: readonly TimelineLine[], endedAt: number | null): ReadonlyMap<number, TurnTime> {
  const turns = lines.filter((line) => line.kind === 'turn');
  const steps = lines.filter((line) => line.kind === 'step');
  const times = new Map<number, TurnTime>();
  for (const [index, turn] of turns.entries()) {
    const at = Date.parse(turn.at);
    const next = turns[index + 1];
    const end = next === undefined ? endedAt : Date.parse(next.at);
    if (end === null) continue;
    const whole = Math.max(0, end - at);
    // A step is noted when it is over, and runs for the turn that is asked for then.
    const ran = steps.filter((step) => Date.parse(step.at) >= at && (next === undefined || Date.parse(step.at) < end));
    const stepped = Math.min(
      whole,
      ran.reduce((sum, { ms }) => sum + ms, 0),
    );
    const spoken = Math.min(whole - stepped, speechOf(turn));
    times.set(turn.turn, { steps: stepped, spoken, caller: whole - stepped - spoken });
  }
  return times;
}

function speechOf({ spoken, data }: TurnLine): number {
  const { answer } = data as { readonly answer: { readonly callflow?: readonly Action[] } | null };
  const flow = answer?.callflow ?? [];
  return spoken.reduce((sum, one, index) => {
    const params =
      flow[index] !== undefined && 'params' in flow[index]
        ? (flow[index].params as { readonly speed?: number; readonly repetition?: number })
        : {};
    return sum + ((one?.text.length ?? 0) * PER_CHARACTER * (params.repetition ?? 1)) / (params.speed ?? 1);
  }, 0);
}

/** Every site at which a call has waited, in order, as its turns, its steps and the end tell them. */
export function sitesOf(lines: readonly TimelineLine[], last: string | null): readonly string[] {
  const sites = lines.flatMap((line) =>
    line.kind === 'entry' && typeof (line.data as { readonly site?: unknown }).site === 'string'
      ? [(line.data as { readonly site: string }).site]
      : [],
  );
  const all = last === null || sites.at(-1) === last ? sites : [...sites, last];
  return all.filter((site) => site !== '•');
}
