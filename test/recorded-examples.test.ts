import {
  type ChartArrow,
  compareCharts,
  compile,
  explore,
  type FlowModule,
  type JournalFile,
  madeUpCall,
  replayRecorded,
  verify,
  walkCall,
} from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import bilingual from '../examples/bilingual/bilingual.ts';
import hello from '../examples/hello/hello.ts';
import masking from '../examples/masking/masking.ts';
import payment from '../examples/payment/payment.ts';
import reminder from '../examples/reminder/reminder.ts';
import restaurant from '../examples/restaurant/restaurant.ts';
import support from '../examples/support/support.ts';
import survey from '../examples/survey/survey.ts';

const EXAMPLES: readonly FlowModule[] = [bilingual, hello, masking, payment, reminder, restaurant, support, survey];

const compiled = new Map(EXAMPLES.map((flow) => [flow, compile(flow)]));

/** A call that takes an arrow last, as it would be exported, without its words. */
function recordedOn(flow: FlowModule, { to, witness: { call, entries } }: ChartArrow): JournalFile {
  // A call that is not placed has ended before anything was said.
  const site = to === 'not placed' ? 'ended' : to;
  return {
    format: 'hookswitch-journal',
    version: 1,
    flow: flow.name,
    flowVersion: flow.options.version,
    status: to === 'not placed' ? 'cancelled' : 'ended',
    site,
    call,
    entries,
  };
}

describe.each(EXAMPLES.map((flow) => [flow.name, flow] as const))('every call of the example %s', (_name, flow) => {
  const { chart } = compiled.get(flow) as ReturnType<typeof compile>;
  const calls = chart.arrows.map((arrow) => recordedOn(flow, arrow));

  it('is alike on the same code', () => {
    for (const call of calls) expect(replayRecorded(flow, call), JSON.stringify(call)).toMatchObject({ verdict: 'alike' });
  });

  it('can be made up: it takes the same way, with nothing that was keyed in', () => {
    for (const call of calls) {
      const made = madeUpCall(flow, chart, call);
      if (!('journal' in made)) throw new TypeError(`${made.why}: ${JSON.stringify(call)}`);
      expect(made.journal.entries.map(({ site }) => site)).toEqual(call.entries.map(({ site }) => site));
      expect(replayRecorded(flow, made.journal)).toMatchObject({ verdict: 'alike' });
    }
  });

  it('is followed over the chart without straying, whichever way exploration has gone', () => {
    let paths = 0;
    explore(flow, {
      onReached: ({ witness: { call, entries }, decision: { site } }) => {
        const { start, passages, strays } = walkCall({ flow, chart }, call, entries, site);
        const taken = [start, ...passages.flatMap(({ arrows }) => arrows)];
        expect([strays, taken.filter((arrow) => arrow?.charted !== true)], JSON.stringify(entries)).toEqual([0, []]);
        paths++;
      },
    });
    expect(paths).toBeGreaterThan(chart.sites.size);
  });

  it('has the chart that check explores', () => {
    const now = verify(flow).chart;
    expect(compareCharts({ ...chart, sites: [...chart.sites.values()] }, { ...now, sites: [...now.sites.values()] }).same).toBe(true);
  });
});
