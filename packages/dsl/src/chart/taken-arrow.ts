import type { BridgeResult } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { SignalResult } from '../effects/wait-for.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { type AnswerClass, answerClasses } from './answer-class.ts';
import type { Chart, ChartArrow } from './chart.ts';
import { ENDED_LABEL } from './moves.ts';

/** One answer of a call that really took place: where it was given, what it was, and where it led. */
export interface Answered {
  readonly from: string;
  /** What was waited for; null behind the flow's last words. */
  readonly effect: Decision['effect'];
  readonly entry: Entry;
  readonly to: string;
  /** `ended`: the session had ended already, or ended with this. */
  readonly when: 'answer' | 'ended';
  /** The session ended while this step was running; `entry` is how the step ended then. */
  readonly leftAtStep: boolean;
}

/** An arrow by its name: what no two arrows of a chart have in common. */
export type ArrowName = Pick<ChartArrow, 'from' | 'label' | 'to' | 'when'>;

/** An arrow that a call took. */
export interface TakenArrow extends ArrowName {
  /** False where exploration has not found it: an example is missing. */
  readonly charted: boolean;
}

/**
 * The arrow that an answer takes; several where the answer is the example of each. Charts know one answer of each class: any other one takes the arrow of its class, which question
 * and keypad tell, and else what is most like it among those that lead to the same site: digits by their number, results by their form.
 */
export function takenArrows(chart: Pick<Chart, 'arrowsFrom'>, answered: Answered): readonly TakenArrow[] {
  const { from, to, when, effect, entry, leftAtStep } = answered;
  const { labels, exact } = labelsOf(effect, entry);
  const shown = (label: string): string => (leftAtStep ? `${ENDED_LABEL}, ${label}` : label);
  const arrows = chart.arrowsFrom(from).filter((arrow) => arrow.to === to && arrow.when === when);
  const found = labels.map(shown).filter((one) => arrows.some((arrow) => arrow.label === one));
  if (found.length === 0) return [{ from, label: shown((exact ? labels[0] : null) ?? UNKNOWN_ANSWER), to, when, charted: false }];
  // The outcome of a second leg stands on the chart only where it leads elsewhere than a mere hang-up.
  const taken = exact && !('ended' in entry) ? found : found.slice(0, 1);
  return [...new Set(taken)].map((label) => ({ from, label, to, when, charted: true }));
}

/** What an answer is called that is no example, and that leads where no example of its class does. */
export const UNKNOWN_ANSWER = 'another answer';

interface Labels {
  /** What the arrow may be called, the likeliest first. */
  readonly labels: readonly string[];
  /** False where the answer is none of the examples. */
  readonly exact: boolean;
}

function labelsOf(effect: Decision['effect'], entry: Entry): Labels {
  if ('ended' in entry) {
    const outcome = (entry.value as BridgeResult | undefined)?.outcome;
    return { labels: outcome === undefined ? [ENDED_LABEL] : [`${ENDED_LABEL}, ${outcome}`, ENDED_LABEL], exact: true };
  }
  if (effect === null) return { labels: [ENDED_LABEL], exact: true };
  const classes = answerClasses(effect);
  if ('error' in entry) return { labels: classes.filter(({ answer }) => 'error' in answer).map(({ label }) => label), exact: true };
  const value = 'value' in entry ? entry.value : undefined;
  if (effect.kind === 'bridge') return { labels: [(value as BridgeResult).outcome], exact: true };
  const same = classes.filter(({ answer }) => !('error' in answer) && sameJson(answer.value, value));
  if (same.length > 0) return { labels: same.map(({ label }) => label), exact: true };
  const answers = classes.filter((known): known is Valued => known.universal !== true && !('error' in known.answer));
  if (effect.kind === 'waitFor') {
    const arrived = answers.filter(({ answer }) => (answer.value as SignalResult<unknown>).arrived);
    return { labels: nearest(arrived, (known) => unlikeness(signalIn(known.answer.value), signalIn(value))), exact: false };
  }
  if (effect.kind === 'step' || effect.kind === 'settings')
    return { labels: nearest(answers, (known) => unlikeness(known.answer.value, value)), exact: false };
  return { labels: digitLabels(effect, answers, typeof value === 'string' ? value : ''), exact: false };
}

type Valued = AnswerClass & { readonly answer: { readonly value?: unknown } };

function digitLabels({ shape }: Capture, answers: readonly Valued[], digits: string): readonly string[] {
  const typed = answers.filter(({ answer }) => answer.value !== null);
  const byLength = (known: Valued): number => Math.abs(String(known.answer.value ?? '').length - digits.length);
  if (shape?.sameClass === undefined) return nearest(typed, byLength);
  const same = new Set(shape.sameClass(digits));
  return nearest(
    typed.filter(({ label }) => same.has(label)),
    byLength,
  );
}

function signalIn(result: unknown): unknown {
  return (result as { readonly value?: unknown } | null)?.value;
}

function nearest(classes: readonly Valued[], distance: (known: Valued) => number): readonly string[] {
  return classes.toSorted((one, other) => distance(one) - distance(other)).map(({ label }) => label);
}

/** How little two results are alike: the number of fields, at most ten, that only one of them has; more where they are of different types. */
function unlikeness(one: unknown, other: unknown): number {
  if (typeOf(one) !== typeOf(other)) return 1_000;
  if (typeOf(one) !== 'object') return 0;
  const [left, right] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>];
  let different = 0;
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!Object.hasOwn(left, name) || !Object.hasOwn(right, name)) different += 10;
    else if (typeOf(left[name]) !== typeOf(right[name])) different += 5;
    else if (!sameJson(left[name], right[name])) different += 1;
  }
  return different;
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
