import type { Chart, ChartArrow } from './chart.ts';
import { NOT_PLACED } from './not-placed.ts';
import { type DrawingOptions, plainArrows } from './plain-arrows.ts';

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
  readonly on?: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

/** The chart as a plain XState configuration, for Stately's editor and any tool that reads one: one state per site, one event per answer; universal keys are left out unless they are wanted. */
export function toStately(chart: Chart, options: DrawingOptions = {}): StatelyMachine {
  const arrows = plainArrows(chart.arrows, options);
  const states = emptyRecord<StatelyState>();
  states['idle'] = { on: eventsOf(arrows, 'idle') };
  for (const site of chart.sites.values()) {
    states[site.name] = { description: site.prompts.join(' / '), tags: [site.kind, site.wait], on: eventsOf(arrows, site.name) };
  }
  states['ended'] = { on: eventsOf(arrows, 'ended') };
  states['failed'] = { on: { 'hang-up': [{ target: 'closed' }] } };
  if (arrows.some(({ to }) => to === NOT_PLACED)) states[NOT_PLACED] = { type: 'final' };
  states['closed'] = { type: 'final' };
  return { id: chart.flow, initial: 'idle', states };
}

/** Without a prototype: an example may be called `constructor`, or even `__proto__`. */
function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

function eventsOf(arrows: readonly ChartArrow[], site: string): Record<string, { readonly target: string }[]> {
  const events = emptyRecord<{ readonly target: string }[]>();
  for (const { from, label, to } of arrows) {
    if (from !== site) continue;
    // Dots would be read as parts of an event's name, and `*` as any event.
    const event = label === '' ? 'CALL_STARTED' : label === '*' ? 'star' : label.replaceAll('.', '·');
    const known = (events[event] ??= []);
    if (!known.some(({ target }) => target === to)) known.push({ target: to });
  }
  return events;
}
