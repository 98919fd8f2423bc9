import { definedAt } from '../../flow/define-flow.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import { authorLine, withDeepStacks } from '../../flow/source-line.ts';
import type { Decision } from '../../generator/decision.ts';
import { begin } from '../../generator/replay.ts';
import { lineOf } from '../site-sources.ts';
import type { Witness } from '../witness.ts';
import { inWorld, type World } from './other-world.ts';

/** Where the author may look for what makes a flow another one each time. */
export interface PlacesOfDoubt {
  /** Lines that read a clock, chance, the zone or the language of the machine, as `file:line:column`; those since the last answer, if there are any. */
  readonly reads: readonly string[];
  /** The line nearest to it: what the flow waits or waited for last, or else where it is defined. Null where no file is known. */
  readonly nearest: string | null;
}

/** The packages of others: whoever calls them reads the clock. */
const LIBRARY = /[/\\]node_modules[/\\]/;
const DRIVER = /[/\\]generator[/\\]frames\.[jt]s:/;
const MAX_NAMED = 3;

/** Goes the way of a witness again, as far as the flow follows it, and notes where it reads the world. */
export function placesOfDoubt(flow: FlowModule, { call, entries }: Pick<Witness, 'call' | 'entries'>, world: World): PlacesOfDoubt {
  const earlier = new Set<string>();
  const late = new Set<string>();
  let nearest: string | null = null;
  let looking = false;
  const read = (): void => {
    // Whoever maps the lines of sources may ask for the time, too.
    if (looking) return;
    looking = true;
    const line = lineThatReads();
    if (line !== null) late.add(line);
    looking = false;
  };
  const stand = ({ effect }: Decision): void => {
    const source = effect?.source ?? 'unknown';
    if (source !== 'unknown') nearest = source;
  };
  const goTheWay = (): void => {
    const { run, decision: start } = begin(flow, call, true);
    let decision = start;
    stand(decision);
    for (const entry of entries) {
      if (decision.site !== entry.site) return;
      for (const line of late) earlier.add(line);
      late.clear();
      decision = run.answer(entry);
      stand(decision);
    }
  };
  inWorld(world, goTheWay, read);
  return { reads: [...(late.size > 0 ? late : earlier)], nearest: nearest ?? definedAt(flow) };
}

/** Says where, for a message; empty where nothing is known. */
export function whereToLook({ reads, nearest }: PlacesOfDoubt): string {
  if (reads.length > 0)
    return `It reads the machine's clock, chance, zone or language at ${reads.slice(0, MAX_NAMED).map(shown).join(', ')}.`;
  return nearest === null ? '' : `The nearest line of it is ${shown(nearest)}.`;
}

/** File and line, without folders. */
function shown(source: string): string {
  return (lineOf(source) ?? source).replace(/^.*[/\\]/, '');
}

function lineThatReads(): string | null {
  const stack = withDeepStacks(() => new Error('trace').stack) ?? '';
  const own = stack.split('\n').filter((frame) => !LIBRARY.test(frame) || DRIVER.test(frame));
  return authorLine(own.join('\n')) ?? authorLine(stack);
}
