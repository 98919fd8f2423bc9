import type { Chart, ChartArrow } from './chart.ts';
import { NOT_PLACED } from './not-placed.ts';
import { type DrawingOptions, plainArrows, type TakenParts } from './plain-arrows.ts';

/** A machine's configuration as JSON. */
export interface StatelyMachine {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StatelyState>>;
}

/** A state: what leads out of it, by event. */
export interface StatelyState {
  readonly type?: 'final';
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly on?: Readonly<Record<string, readonly StatelyTransition[]>>;
}

/** A transition; `meta.taken` says whether tests took it, where that is known. */
export interface StatelyTransition {
  readonly target: string;
  readonly meta?: { readonly taken: boolean };
}

/** The chart as a plain XState configuration, for Stately's editor and any tool that reads one: one state per site, one event per answer; universal keys are left out unless they are wanted. With `taken`, sites have one tag more, `taken` or `not taken`, and transitions a `meta`. */
export function toStately(chart: Chart, options: DrawingOptions = {}): StatelyMachine {
  const arrows = plainArrows(chart.arrows, options);
  const states = emptyRecord<StatelyState>();
  const { taken } = options;
  states['idle'] = { on: eventsOf(arrows, 'idle', taken) };
  for (const site of chart.sites.values()) {
    const tags = [site.kind, site.wait, ...(taken === undefined ? [] : [taken.site(site.name) ? 'taken' : 'not taken'])];
    states[site.name] = { description: site.prompts.join(' / '), tags, on: eventsOf(arrows, site.name, taken) };
  }
  states['ended'] = { on: eventsOf(arrows, 'ended', taken) };
  states['failed'] = { on: { 'hang-up': [{ target: 'closed' }] } };
  if (arrows.some(({ to }) => to === NOT_PLACED)) states[NOT_PLACED] = { type: 'final' };
  states['closed'] = { type: 'final' };
  return { id: chart.flow, initial: 'idle', states };
}

/** Without a prototype: an example may be called `constructor`, or even `__proto__`. */
function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

function eventsOf(arrows: readonly ChartArrow[], site: string, taken: TakenParts | undefined): Record<string, StatelyTransition[]> {
  const events = emptyRecord<StatelyTransition[]>();
  for (const arrow of arrows) {
    const { from, label, to } = arrow;
    if (from !== site) continue;
    // Dots would be read as parts of an event's name, and `*` as any event.
    const event = label === '' ? 'CALL_STARTED' : label === '*' ? 'star' : label.replaceAll('.', '·');
    const known = (events[event] ??= []);
    if (known.some(({ target }) => target === to)) continue;
    known.push(taken === undefined ? { target: to } : { target: to, meta: { taken: taken.arrow(arrow) } });
  }
  return events;
}
