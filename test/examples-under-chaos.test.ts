import type { FlowModule } from '@hookswitch/dsl';
import type { ChaosKind } from '@hookswitch/simulator';
import { describe, expect, it } from 'vitest';
import bilingual from '../examples/bilingual/bilingual.ts';
import hello from '../examples/hello/hello.ts';
import masking from '../examples/masking/masking.ts';
import payment from '../examples/payment/payment.ts';
import reminder from '../examples/reminder/reminder.ts';
import restaurant from '../examples/restaurant/restaurant.ts';
import support from '../examples/support/support.ts';
import survey from '../examples/survey/survey.ts';
import { Cells, type Heard, type Pair } from './support/chaos-cells.ts';

const EXAMPLES: readonly FlowModule[] = [bilingual, hello, masking, payment, reminder, restaurant, support, survey];

/** The pairs of server and platform that can work (U1): `callflow` on a platform that asks after each action can't be told from silence. */
const PAIRS: readonly Pair[] = [
  { delivery: 'callflow', vcaPer: 'callflow' },
  { delivery: 'action', vcaPer: 'callflow' },
  { delivery: 'action', vcaPer: 'action' },
];

/** How much of each kind; `shows` tells from a report that it came about. A kind that cuts calls short is compared with the beginning of what was heard without it. */
const KINDS: Readonly<Record<ChaosKind, { readonly rate: number; readonly shows: (heard: Heard) => number }>> = {
  duplicates: { rate: 0.4, shows: repeated },
  concurrent: { rate: 0.4, shows: repeated },
  reordered: { rate: 0.4, shows: repeated },
  delayed: { rate: 0.4, shows: sent },
  lost: { rate: 0.4, shows: repeated },
  lostForGood: { rate: 0.1, shows: cut },
  slow: { rate: 0.4, shows: sent },
  resets: { rate: 0.4, shows: sent },
  gone: { rate: 0.2, shows: cut },
  summaryFirst: { rate: 0.2, shows: cut },
  lostCreates: { rate: 0.5, shows: sent },
  lostSummaries: { rate: 0.4, shows: ({ report }) => report.calls - summaries({ report }) },
  lateSummaries: { rate: 0.4, shows: summaries },
  doubleSummaries: { rate: 0.4, shows: ({ report }) => summaries({ report }) - report.calls },
  restarts: { rate: 0.1, shows: ({ report }) => report.restarts },
};
const ALL = Object.keys(KINDS).map((kind) => `${kind}=0.08`);

const FINE = { lost: 0, wrong: 0, bad: [], faults: {}, ok: true, mishaps: [] };

describe.each(PAIRS)('a server that sends by $delivery, on a platform that asks after each $vcaPer', (pair) => {
  const examples = EXAMPLES.map((flow) => [flow.name, new Cells(flow, pair)] as const);

  it('is heard undisturbed', async () => {
    await expectFine(examples, (cells) => cells.calm);
  });

  it.each(Object.entries(KINDS))('is heard the same with %s', async (kind, { rate, shows }) => {
    // There is no order whose answer could get lost where all calls come in.
    const touched = examples.filter(([, cells]) => kind !== 'lostCreates' || cells.isOutbound);
    const heard = await expectFine(touched, (cells) => cells.disturbed([`${kind}=${rate}`]));
    expect(heard.reduce((sum, one) => sum + shows(one), 0)).toBeGreaterThan(0);
  });

  it('is heard the same with all of them together', async () => {
    await expectFine(examples, (cells) => cells.disturbed(ALL));
  });
});

/** Runs the cells of several examples side by side, each with a server of its own: most of their time they wait. */
async function expectFine(
  examples: readonly (readonly [string, Cells])[],
  run: (cells: Cells) => Promise<Heard>,
): Promise<readonly Heard[]> {
  const heard = await Promise.all(examples.map(([, cells]) => run(cells)));
  for (const [index, [name]] of examples.entries()) expect({ name, ...fine(heard[index] as Heard) }).toEqual({ name, ...FINE });
  return heard;
}

function fine({ report: { lost, wrong, bad, faults, ok }, mishaps }: Heard): typeof FINE {
  return { lost, wrong, bad: bad as never[], faults, ok, mishaps: mishaps as never[] };
}

function repeated({ report }: Heard): number {
  return report.webhooks.VCA?.repeated ?? 0;
}

function sent({ report }: Heard): number {
  return report.webhooks.VCA?.sent ?? 0;
}

function summaries({ report }: Pick<Heard, 'report'>): number {
  return report.webhooks.VSS?.sent ?? 0;
}

function cut({ report }: Heard): number {
  return report.cut;
}
