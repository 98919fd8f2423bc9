import type { Chart } from '@hookswitch/dsl';
import { siteLabel, siteLabelOf } from '@hookswitch/runtime/inside';
import type { Caller, CallerLine, SessionEvent } from '@hookswitch/simulator';
import { SignalPlans, type SendSignal } from './signal-plans.ts';
import { Steering } from './steering.ts';

type Listening = Extract<SessionEvent, { readonly type: 'listening' }>;

/** How often a caller does something else than what the flow's chart knows of a place, drawn at each prompt. */
const RATES = { hangUp: 0.02, quiet: 0.05, wander: 0.1 };
const MAX_PROMPTS = 100;
/** How many places a caller goes to, one after the other, before it presses anything that is known. */
const MAX_TARGETS = 4;
const KEYS = '1234567890*#';
const GAP = 150;

/**
 * A caller who knows the flow: it is sent to a few of its places, drawn for each call, and presses at each prompt what the flow's chart says leads there; then
 * anything that the chart knows. So the rare places are reached, too. Now and then it stays quiet, presses anything, or hangs up. Where the flow waits for a signal, one of its examples is sent, or its time runs out. All is drawn from each call's own
 * seeded stream: what others have reached must not count, or a call would go another way when it is disturbed.
 */
export class FlowCaller implements Caller {
  readonly name = 'caller';
  /** Labels of the places where somebody was listened to or connected. */
  readonly reached = new Set<string>();
  readonly #answers: ReadonlyMap<string, readonly Answer[]>;
  readonly #all: readonly Answer[];
  readonly #steering: Steering;
  readonly #signals: SignalPlans;
  /** Sites by the ids that their author gave them. */
  readonly #named: ReadonlyMap<string, string>;

  /** `send`: delivers a signal to the call of a session. */
  constructor(chart: Chart, send: SendSignal) {
    this.#signals = new SignalPlans(chart, send);
    this.#answers = answersOf(chart);
    const all = [...this.#answers.values()].flat();
    this.#all = [...new Map(all.map((answer) => [answer.digits, answer])).values()];
    this.#steering = new Steering(chart);
    this.#named = new Map(
      [...chart.sites.values()].flatMap(({ name, clientActionIds = [] }) => clientActionIds.map((id) => [id, siteLabel(name)] as const)),
    );
  }

  begin(line: CallerLine): (event: SessionEvent) => void {
    let site: string | null = null;
    let prompts = 0;
    const played = this.#signals.begin(line);
    const { targets } = this.#steering;
    const wanted = Array.from({ length: MAX_TARGETS }, () => targets[line.random.int(0, Math.max(0, targets.length - 1))]);
    // What is left of an entry whose prompt has ended is not pressed any more.
    let entry = 0;
    return (event) => {
      if (event.type === 'answered' && !event.hold) {
        site = this.#siteOf(event.clientActionId);
        if (site !== null) this.reached.add(site);
        while (wanted[0] !== undefined && siteLabel(wanted[0]) === site) wanted.shift();
      }
      if (event.type === 'answered') played(event);
      if (event.type === 'spoken' || event.type === 'captured') entry++;
      if (event.type !== 'listening' || event.hold) return;
      if (++prompts > MAX_PROMPTS) return line.hangUp();
      const keys = this.#decide(event, line, site, wanted[0]);
      const mine = ++entry;
      const press = (index: number): void => {
        const key = keys?.[index];
        if (key === undefined || entry !== mine) return;
        line.press(key);
        line.after(GAP, () => press(index + 1));
      };
      if (keys === null) line.after(line.think(event.overallTimeout), () => line.hangUp());
      else if (keys !== '') line.after(line.think(event.overallTimeout), () => press(0));
    };
  }

  #siteOf(clientActionId: string | null): string | null {
    return (clientActionId === null ? null : this.#named.get(clientActionId)) ?? siteLabelOf(clientActionId);
  }

  /** What to press; '' for nothing, null to hang up. */
  #decide(
    { minDigits, maxDigits, completeOnHash }: Listening,
    { random }: CallerLine,
    site: string | null,
    target: string | undefined,
  ): string | null {
    // Always as many draws, so that one rate doesn't move what the others hit.
    const [hangUp, quiet, wander] = [random.chance(RATES.hangUp), random.chance(RATES.quiet), random.chance(RATES.wander)];
    const endsWithHash = random.chance(0.8);
    const length = random.int(1, Math.min(maxDigits, 12));
    if (hangUp) return null;
    if (quiet) return '';
    const fits = ({ digits }: Answer): boolean => digits.length <= maxDigits && (digits.length >= minDigits || completeOnHash);
    const known = (this.#answers.get(site ?? '') ?? this.#all).filter(fits);
    const [first, ...others] = target === undefined ? known : this.#nearest(known, target);
    if (wander || first === undefined) return Array.from({ length }, () => KEYS.charAt(random.int(0, KEYS.length - 1))).join('');
    const { digits } = random.pick([first, ...others]);
    return completeOnHash && (endsWithHash || digits === '') ? `${digits}#` : digits;
  }

  /** Of the answers those after which the way to `target` is shortest; all where none leads there. */
  #nearest(answers: readonly Answer[], target: string): readonly Answer[] {
    const distances = answers.map(({ to }) => this.#steering.distance(to, target));
    const least = Math.min(...distances);
    return Number.isFinite(least) ? answers.filter((_, index) => distances[index] === least) : answers;
  }
}

/** Something to press, and where it leads. */
interface Answer {
  readonly digits: string;
  readonly to: string;
}

/** The labels of all places of a chart where the platform is waited for. */
export function placesOf(chart: Chart): readonly string[] {
  return [...chart.sites.values()].filter(({ wait }) => wait === 'platform').map(({ name }) => siteLabel(name));
}

/** What the chart knows to be pressed, by the label of the place. */
function answersOf(chart: Chart): ReadonlyMap<string, readonly Answer[]> {
  const answers = new Map<string, Answer[]>();
  for (const { from, to, when, witness } of chart.arrows) {
    const last = witness.entries.at(-1);
    if (when !== 'answer' || last?.site !== from || !('value' in last) || typeof last.value !== 'string') continue;
    if (chart.sites.get(from)?.kind !== 'capture') continue;
    const known = answers.get(siteLabel(from)) ?? [];
    const digits = last.value;
    if (!known.some((answer) => answer.digits === digits && answer.to === to)) answers.set(siteLabel(from), [...known, { digits, to }]);
  }
  return answers;
}
