import { answerClasses } from '../../chart/answer-class.ts';
import type { Capture } from '../../effects/capture.ts';
import type { SignalResult, WaitFor } from '../../effects/wait-for.ts';
import { BRIDGE_OUTCOMES, type BridgeOutcome } from '../../effects/bridge.ts';

/** What chance says at one wait, whatever the flow waits for there; smaller numbers are plainer calls, so that shrinking makes calls plain. */
export interface Choice {
  /** Which of the things that can happen does. */
  readonly pick: number;
  /** Keys, for those who press anything. */
  readonly keys: string;
  /** With `LEAVES` the caller hangs up while the step is running. */
  readonly leaves: number;
  /** With `WAITS` the caller takes some time first. */
  readonly waits: number;
}

/** Largest numbers of a choice. */
export const MAX_PICK = 4_095;
export const LEAVES = 15;
export const WAITS = 11;
/** How long a caller waits who takes some time, ms: longer than between two keys, shorter than until most questions give up. */
export const WAIT_MS = 6_000;

/** What a caller does at a capture. `answer`: one of the classes of answers, null for silence. */
export type CaptureDeed = { readonly answer: string | null } | 'keys' | 'hang-up';
/** What happens at a bridge. `leaves`: the caller hangs up, and the platform may say how the second leg had ended. */
export type BridgeDeed = { readonly outcome: BridgeOutcome | null; readonly leaves: boolean };

type Weighted<T> = readonly (readonly [weight: number, deed: T])[];

/** What the caller does at a capture: mostly what the author declared, now and then anything. */
export function captureDeed(effect: Capture, choice: Choice): CaptureDeed {
  const declared = new Set(effect.shape?.declared ?? []);
  const classes = answerClasses(effect).flatMap(({ label, answer }) =>
    'error' in answer ? [] : [{ isDeclared: declared.has(label), answer: answer.value as string | null }],
  );
  const first = classes.filter(({ isDeclared }) => isDeclared);
  const others = classes.filter(({ isDeclared }) => !isDeclared);
  const weighted: Weighted<CaptureDeed> = [
    ...first.map(({ answer }) => [4, { answer }] as const),
    ...others.map(({ answer }) => [first.length > 0 ? 1 : 3, { answer }] as const),
    [1, 'keys'],
    [1, 'hang-up'],
  ];
  return picked(weighted, choice);
}

/** What comes of a wait for a signal: one of its examples, nothing, or the caller hangs up. */
export type SignalDeed = { readonly value: SignalResult<unknown> } | 'hang-up';

/** What comes of a wait for a signal. */
export function signalDeed(effect: WaitFor, choice: Choice): SignalDeed {
  const results = answerClasses(effect).flatMap(({ answer }) =>
    'error' in answer ? [] : [{ value: answer.value as SignalResult<unknown> }],
  );
  return picked<SignalDeed>([...results.map((deed) => [deed.value.arrived ? 4 : 2, deed] as const), [1, 'hang-up']], choice);
}

/** What happens at a bridge. */
export function bridgeDeed(choice: Choice): BridgeDeed {
  const ends = BRIDGE_OUTCOMES.map((outcome) => [3, { outcome, leaves: false }] as const);
  const left = BRIDGE_OUTCOMES.map((outcome) => [1, { outcome, leaves: true }] as const);
  return picked<BridgeDeed>([...ends, [2, { outcome: null, leaves: true }], ...left], choice);
}

/** What a step comes to: one of its results, or a failure. */
export function stepResult(results: readonly unknown[], failure: Error, choice: Choice): unknown {
  return picked<unknown>([...results.map((result) => [4, result] as const), [2, failure]], choice);
}

function picked<T>(deeds: Weighted<T>, { pick }: Choice): T {
  const total = deeds.reduce((sum, [weight]) => sum + weight, 0);
  let rest = pick % total;
  for (const [weight, deed] of deeds) {
    if (rest < weight) return deed;
    rest -= weight;
  }
  return (deeds.at(-1) as Weighted<T>[number])[1];
}
