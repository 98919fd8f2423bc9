import { definedAt } from '../../flow/define-flow.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Chart, ChartArrow } from '../chart.ts';
import { standsAt } from '../not-placed.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import { standingAt } from '../standing-at.ts';
import type { Witness } from '../witness.ts';
import { inWorld, type World } from './other-world.ts';
import { placesOfDoubt, whereToLook } from './places-of-doubt.ts';

/** The world in which flows are explored, so that a flow with a clock in it is explored the same way each time. */
export const EXPLORED_WORLD: World = { now: Date.UTC(2026, 0, 5, 3, 0, 0), chance: 0.3, zone: 'UTC', offset: 0, locale: 'en-US' };

/** Days and nights that have little in common with it, or with each other. */
const WORLDS: readonly World[] = [
  { now: Date.UTC(2001, 1, 3, 4, 5, 6, 7), chance: 0.01, zone: 'Asia/Kathmandu', offset: 345, locale: 'de-DE' },
  { now: Date.UTC(2031, 9, 15, 14, 37, 48, 482), chance: 0.99, zone: 'Pacific/Marquesas', offset: -570, locale: 'ar-EG' },
  { now: Date.UTC(2026, 11, 25, 20, 0, 0, 999), chance: 0.6, zone: 'Asia/Tokyo', offset: 540, locale: 'tr-TR' },
];

/** Finds flows that are not the same when they are replayed: each way is gone again under other clocks and with other chances. */
export function inspectReplays({ flow, sources }: Subject): Inspection {
  const seen = new Set<string>();
  /** What came of each way when it was gone for the first time. */
  const first = new WeakMap<Witness, string>();

  return {
    reached({ from, label, decision, witness }) {
      const arrow = `${from}\n${label}\n${decision.site}`;
      if (seen.has(arrow)) return;
      seen.add(arrow);
      first.set(witness, whatOf(decision));
    },
    *finish(chart) {
      const results = WORLDS.map((world) => inWorld(world, () => chart.arrows.map(resultOf)));
      const reported = new Set<string>();
      for (const [index, arrow] of chart.arrows.entries()) {
        const says = differenceOf(
          arrow,
          results.map((result) => result[index] as Result),
          first.get(arrow.witness),
        );
        if (says === null || reported.has(arrow.from)) continue;
        reported.add(arrow.from);
        yield problemOf(flow, arrow, says, sources.of(arrow.to) ?? sources.of(arrow.from));
      }
      if (reported.size === 0) yield* strayed(chart, flow);
    },
  };

  /** Where a way leads that is gone again; null where it strays before its end, which the arrow shows on which it does. */
  function resultOf({ witness }: ChartArrow): Result {
    const standing = standingAt(flow, witness);
    if (standing === null) return null;
    return { site: standing.decision.site, what: whatOf(standing.decision) };
  }
}

function whatOf({ wait, actions, language, tags, result }: Decision): string {
  return JSON.stringify([wait, actions, language, tags, result]);
}

type Result = { readonly site: string; readonly what: string } | null;

function differenceOf({ to }: ChartArrow, results: readonly Result[], first: string | undefined): string | null {
  const arrived = results.filter((result) => result !== null);
  const elsewhere = arrived.find(({ site }) => site !== standsAt(to));
  if (elsewhere !== undefined) return `leads to "${elsewhere.site}"`;
  return arrived.every(({ what }) => what === (first ?? arrived[0]?.what)) ? null : 'says or notes something else';
}

function problemOf(flow: FlowModule, { from, to, witness }: ChartArrow, says: string, site: string | null): Problem {
  const where = from === 'idle' ? 'The beginning of the call' : `The answer at "${from}"`;
  const places = placesOfDoubt(flow, witness, EXPLORED_WORLD);
  const source = places.reads[0] ?? site ?? places.nearest;
  return {
    code: 'HS_VERIFY_REPLAY',
    severity: 'error',
    site: to,
    path: witness.labels,
    message: `${where} leads to "${to}" once, and a replay of it under another clock, in another zone and with other randomness ${says}: such a call breaks when it is resumed. ${whereToLook({ ...places, nearest: source })} ${WHAT_TO_DO}`,
    source,
  };
}

/** For flows that keep something from one run to the next, which shows wherever it likes. */
function strayed({ explored: { strays } }: Chart, flow: FlowModule): readonly Problem[] {
  if (strays === 0) return [];
  const source = definedAt(flow);
  const where = whereToLook({ reads: [], nearest: source });
  const message = `While flow "${flow.name}" was explored, the same answers led to different places: such a call breaks when it is resumed. ${where} ${WHAT_TO_DO}`;
  return [{ code: 'HS_VERIFY_REPLAY', severity: 'error', site: 'idle', path: [], message, source }];
}

const WHAT_TO_DO =
  'Take the time from yield* now(), dates and hours with a time zone, chance from yield* random(), ' +
  'and all else from the outside world through step(); keep no state outside of the flow.';
