import { BRIDGE_OUTCOMES } from '../effects/bridge.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import type { Standing } from '../generator/replay.ts';
import { type AnswerClass, answerClasses, bridgeResult } from './answer-class.ts';
import type { Way } from './witness.ts';

/** The label of a session's end. */
export const ENDED_LABEL = 'hang-up';

/** One thing that can happen where a flow waits. */
export interface Move {
  readonly label: string;
  /** `answer`: the wait is answered; `ended`: the session ends, or has ended. */
  readonly when: 'answer' | 'ended';
  /** What is journaled: one entry, or two where a step still runs when the session ends. */
  readonly answers: readonly { readonly label: string; readonly entry: Unplaced }[];
  /** True for a universal key. */
  readonly universal?: boolean;
  /** Of this move's kind there is a plainer one: it stands on the chart only where it leads elsewhere. */
  readonly variantOf?: string;
}

type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'site' | 'at'> : never) : never;

/** A live generator, and the way on which it came. */
export interface Arrival {
  readonly way: Way;
  readonly standing: Standing;
}

/** All that can happen at `decision`. */
export function movesFrom(decision: Decision): readonly Move[] {
  const { effect, ending, wait } = decision;
  if (wait === 'closed') return [];
  if (effect === null) return [hangUp];
  const classes = answerClasses(effect);
  const when = ending ? 'ended' : 'answer';
  const moves: Move[] = classes.map((known) => ({
    label: known.label,
    when,
    universal: known.universal === true,
    answers: [answered(known)],
  }));
  // They take no time, in which nobody can hang up.
  if (ending || effect.kind === 'settings') return moves;
  if (effect.kind === 'step') moves.push(...classes.map(hangUpAtStep));
  else moves.push(hangUp);
  if (effect.kind === 'bridge') moves.push(...hangUpsAtBridge);
  return moves;
}

/** Goes on from `arrival` by `move`. The arrival is used up: its generator is somewhere else now. */
export function take({ way, standing: { run, decision } }: Arrival, move: Move): Arrival {
  for (const { label, entry } of move.answers) {
    const given = placed(entry, decision.site, way.nextAt);
    way = way.then(given, label, decision.wait);
    decision = run.answer(given);
  }
  return { way, standing: { run, decision } };
}

/** An entry, with where and when. */
export function placed(entry: Unplaced, site: string, at: number): Entry {
  return { site, at, ...entry } as Entry;
}

const answered = ({ label, answer }: AnswerClass): Move['answers'][number] => ({ label, entry: answer });
const ended: Move['answers'][number] = { label: ENDED_LABEL, entry: { ended: true } };
const hangUp: Move = { label: ENDED_LABEL, when: 'ended', answers: [ended] };

/** A step's outcome still comes in after the end, so there both make one move. */
const hangUpAtStep = (known: AnswerClass): Move => ({
  label: `${ENDED_LABEL}, ${known.label}`,
  when: 'ended',
  answers: [ended, answered(known)],
});

/** The outcome of a second leg may come together with the end. */
const hangUpsAtBridge: readonly Move[] = BRIDGE_OUTCOMES.map((outcome) => {
  const label = `${ENDED_LABEL}, ${outcome}`;
  const entry: Unplaced = { ended: true, value: bridgeResult(outcome) };
  return { label, when: 'ended', answers: [{ label, entry }], variantOf: ENDED_LABEL };
});
