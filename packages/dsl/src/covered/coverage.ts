import type { ArrowName } from '../chart/taken-arrow.ts';
import { arrowKey, arrowOf, type Handed, type HandedArrow, type HandedSite } from './handed.ts';

/** How often something was taken, and by whom. */
export interface Taken {
  /** Whether tests took it: those by hand, or others as well where the reporter was told so. */
  readonly taken: boolean;
  /** How often tests took it by their own hands. */
  readonly calls: number;
  /** How often `testEveryPath` and `forEveryCall` did. */
  readonly generated: number;
  /** Tests that took it by their own hands, `file > title`; five at most. */
  readonly tests: readonly string[];
}

/** A site of a flow, and who came there. */
export interface SiteCoverage extends Taken {
  readonly name: string;
  readonly kind: HandedSite['kind'];
  /** Keys, outcomes and results that lead there. */
  readonly way: string;
}

/** An arrow of a flow, and who took it. */
export interface ArrowCoverage extends ArrowName, Taken {
  /** Whether it counts: universal keys, and hang-ups after which nothing follows, do only where the reporter was told so. */
  readonly counts: boolean;
  /** Keys, outcomes and results of a call that takes it last. */
  readonly way: string;
}

/** What tests took of one flow. */
export interface FlowCoverage {
  readonly name: string;
  readonly version: string;
  readonly sites: readonly SiteCoverage[];
  readonly arrows: readonly ArrowCoverage[];
  /** Arrows that tests took and that exploration does not know: an example is missing. */
  readonly offChart: readonly ArrowName[];
}

/** What tests took of all flows that they called, by name. */
export interface Coverage {
  /** The form of this report; it changes with what programs must read in another way. */
  readonly format: 1;
  readonly flows: readonly FlowCoverage[];
}

/** What a test or a file handed over. */
export interface HandedOver {
  /** `file > title`, or the file alone. */
  readonly by: string;
  readonly handed: Handed;
}

/** What counts. */
export interface Counting {
  readonly generated: boolean;
  readonly universalKeys: boolean;
  readonly hangUps: boolean;
}

const MAX_TESTS = 5;

interface Count {
  calls: number;
  generated: number;
  readonly tests: Set<string>;
}

/** One flow while it is put together: the charts of all files, which differ only where a flow changed between two shards, or two flows have one name. */
class Gathering {
  readonly name: string;
  readonly version: string;
  readonly sites = new Map<string, HandedSite>();
  readonly arrows = new Map<string, HandedArrow>();
  readonly taken = new Map<string, Count>();
  readonly reached = new Map<string, Count>();

  constructor(name: string, version: string) {
    this.name = name;
    this.version = version;
  }

  take(key: string, times: number, by: string, own: boolean): void {
    const { from, to } = arrowOf(key);
    add(this.taken, key, times, by, own);
    for (const site of new Set([from, to])) add(this.reached, site, times, by, own);
  }
}

/** Puts together what tests handed over. */
export function gatherCoverage(all: readonly HandedOver[], counting: Counting): Coverage {
  const flows = new Map<string, Gathering>();
  const flowOf = (name: string, version: string): Gathering => {
    const key = JSON.stringify([name, version]);
    let flow = flows.get(key);
    if (flow === undefined) flows.set(key, (flow = new Gathering(name, version)));
    return flow;
  };
  for (const { by, handed } of all) {
    for (const { flow: name, version, sites, arrows } of handed.charts ?? []) {
      const flow = flowOf(name, version);
      for (const site of sites) if (!flow.sites.has(site.name)) flow.sites.set(site.name, site);
      for (const arrow of arrows) if (!flow.arrows.has(arrowKey(arrow))) flow.arrows.set(arrowKey(arrow), arrow);
    }
    for (const { flow: name, version, maker, arrows } of handed.taken ?? []) {
      const flow = flowOf(name, version);
      for (const [key, times] of Object.entries(arrows)) flow.take(key, times, by, maker === 'test');
    }
  }
  const done = [...flows.values()].map((flow) => finish(flow, counting));
  return { format: 1, flows: done.toSorted((one, other) => compare(one.name, other.name) || compare(one.version, other.version)) };
}

function finish({ name, version, sites, arrows, taken, reached }: Gathering, counting: Counting): FlowCoverage {
  const plainOf = (arrow: HandedArrow): ArrowName => ({ from: arrow.from, label: arrow.label, to: arrow.to, when: arrow.when });
  return {
    name,
    version,
    sites: [...sites.values()].map((site) => ({ ...site, ...takenBy(reached.get(site.name), counting) })),
    arrows: [...arrows].map(([key, arrow]) => ({
      ...plainOf(arrow),
      way: arrow.way,
      counts: (counting.universalKeys || arrow.plain) && (counting.hangUps || !leadsNowhere(arrow)),
      ...takenBy(taken.get(key), counting),
    })),
    offChart: [...taken].filter(([key, { calls }]) => calls > 0 && !arrows.has(key)).map(([key]) => arrowOf(key)),
  };
}

/** A hang-up after which nothing follows. */
function leadsNowhere({ when, to }: ArrowName): boolean {
  return when === 'ended' && to === 'closed';
}

function takenBy(count: Count | undefined, { generated }: Counting): Taken {
  const known = count ?? { calls: 0, generated: 0, tests: new Set<string>() };
  return {
    taken: known.calls > 0 || (generated && known.generated > 0),
    calls: known.calls,
    generated: known.generated,
    tests: [...known.tests].slice(0, MAX_TESTS),
  };
}

function add(counts: Map<string, Count>, key: string, times: number, by: string, own: boolean): void {
  let count = counts.get(key);
  if (count === undefined) counts.set(key, (count = { calls: 0, generated: 0, tests: new Set() }));
  if (own) {
    count.calls += times;
    count.tests.add(by);
  } else count.generated += times;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How many there are, and how many of them were taken. */
export interface Tally {
  readonly all: number;
  readonly taken: number;
  readonly generated: number;
}

/** The sites and arrows that count, of one flow or of several. */
export function tallyOf(flows: readonly FlowCoverage[]): { readonly sites: Tally; readonly arrows: Tally } {
  const count = (list: readonly Taken[]): Tally => ({
    all: list.length,
    taken: list.filter(({ taken }) => taken).length,
    generated: list.filter(({ generated }) => generated > 0).length,
  });
  return { sites: count(flows.flatMap(({ sites }) => sites)), arrows: count(flows.flatMap(countedArrows)) };
}

/** The arrows of a flow that count. */
export function countedArrows({ arrows }: FlowCoverage): readonly ArrowCoverage[] {
  return arrows.filter(({ counts }) => counts);
}

/** Percent; a flow without sites lacks none. */
export function shareOf({ all, taken }: Tally): number {
  return all === 0 ? 100 : (100 * taken) / all;
}
