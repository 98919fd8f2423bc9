import type { Chart } from '@hookswitch/dsl';
import type { Caller, CallerLine, SessionEvent } from '@hookswitch/simulator';
import { siteLabel, siteLabelOf } from '../../session/action-id.ts';

type Listening = Extract<SessionEvent, { readonly type: 'listening' }>;

/** How often a caller does something else than what the flow's chart knows of a place, drawn at each prompt. */
const RATES = { hangUp: 0.02, quiet: 0.05, wander: 0.1 };
const MOST_PROMPTS = 40;
const KEYS = '1234567890*#';
const GAP = 150;

/**
 * A caller who knows the flow: at each prompt it presses something that the flow's chart knows of that place, so that calls get far; now and then it stays quiet,
 * presses anything, or hangs up. Drawn from each call's own seeded stream.
 */
export class FlowCaller implements Caller {
  readonly name = 'caller';
  /** Labels of the places where somebody was listened to or connected. */
  readonly reached = new Set<string>();
  readonly #answers: ReadonlyMap<string, readonly string[]>;
  readonly #all: readonly string[];

  constructor(chart: Chart) {
    this.#answers = answersOf(chart);
    this.#all = [...new Set([...this.#answers.values()].flat())];
  }

  begin(line: CallerLine): (event: SessionEvent) => void {
    let site: string | null = null;
    let prompts = 0;
    // What is left of an entry whose prompt has ended is not pressed any more.
    let entry = 0;
    return (event) => {
      if (event.type === 'answered' && !event.hold) {
        site = siteLabelOf(event.clientActionId);
        if (site !== null) this.reached.add(site);
      }
      if (event.type === 'spoken' || event.type === 'captured') entry++;
      if (event.type !== 'listening' || event.hold) return;
      if (++prompts > MOST_PROMPTS) return line.hangUp();
      const keys = this.#decide(event, line, site);
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

  /** What to press; '' for nothing, null to hang up. */
  #decide({ minDigits, maxDigits, completeOnHash }: Listening, { random }: CallerLine, site: string | null): string | null {
    // Always as many draws, so that one rate doesn't move what the others hit.
    const [hangUp, quiet, wander] = [random.chance(RATES.hangUp), random.chance(RATES.quiet), random.chance(RATES.wander)];
    const endsWithHash = random.chance(0.8);
    const length = random.int(1, Math.min(maxDigits, 12));
    if (hangUp) return null;
    if (quiet) return '';
    const fits = (digits: string): boolean => digits.length <= maxDigits && (digits.length >= minDigits || completeOnHash);
    const [first, ...others] = (this.#answers.get(site ?? '') ?? this.#all).filter(fits);
    if (wander || first === undefined) return Array.from({ length }, () => KEYS.charAt(random.int(0, KEYS.length - 1))).join('');
    const digits = random.pick([first, ...others]);
    return completeOnHash && (endsWithHash || digits === '') ? `${digits}#` : digits;
  }
}

/** The labels of all places of a chart where the platform is waited for. */
export function placesOf(chart: Chart): readonly string[] {
  return [...chart.sites.values()].filter(({ wait }) => wait === 'platform').map(({ name }) => siteLabel(name));
}

/** What the chart knows to be pressed, by the label of the place. */
function answersOf(chart: Chart): ReadonlyMap<string, readonly string[]> {
  const answers = new Map<string, string[]>();
  for (const { from, when, witness } of chart.arrows) {
    const last = witness.entries.at(-1);
    if (when !== 'answer' || last?.site !== from || !('value' in last) || typeof last.value !== 'string') continue;
    if (chart.sites.get(from)?.kind !== 'capture') continue;
    const known = answers.get(siteLabel(from)) ?? [];
    answers.set(siteLabel(from), [...new Set([...known, last.value])]);
  }
  return answers;
}
