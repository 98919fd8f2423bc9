import { type Coverage, type FlowCoverage, shareOf, type Tally, tallyOf } from './coverage.ts';
import { CoverageThresholdError } from './errors/coverage-threshold-error.ts';
import { missingLines } from './missing.ts';
import type { CoverageShare, CoverageThresholds } from './options.ts';
import { NO_FILE, titleOf } from './table.ts';

/** Missing sites and arrows that the message of an unmet threshold lists for each flow. */
const MAX_LISTED = 25;

/** How the words of a way are done in a test. */
const HOW =
  'In a test: keys, in brackets where an entry has a name, are call.press(…), silence is call.stayQuiet(), hang-up is call.hangUp(); "agent: busy" at a bridge is call.bridgeEnds(\'busy\'); ' +
  '"find: unknown" at a step is that example as its stub, "find: fails" is new Error().';

/** What does not reach its threshold; null where all is met. */
export function unmetThresholds({ flows }: Coverage, thresholds: CoverageThresholds, file: string | null): CoverageThresholdError | null {
  const own = thresholds.flows ?? {};
  const unmet: string[] = [];
  const lacking = new Set<FlowCoverage>();
  const check = (title: string, some: readonly FlowCoverage[], wanted: CoverageShare): void => {
    const found = shortfalls(title, some, wanted);
    unmet.push(...found);
    if (found.length > 0) for (const flow of some) lacking.add(flow);
  };
  const others = flows.filter(({ name }) => !Object.hasOwn(own, name));
  if (thresholds.perFlow === true) for (const flow of others) check(`flow "${titleOf(flow, flows)}"`, [flow], thresholds);
  else check('all flows together', flows, thresholds);
  for (const [name, wanted] of Object.entries(own)) {
    const named = flows.filter((flow) => flow.name === name);
    if (named.length === 0) unmet.push(`Flow "${name}" is called by no test. ${calledAre(flows)}`);
    for (const flow of named) check(`flow "${titleOf(flow, flows)}"`, [flow], wanted);
  }
  if (unmet.length === 0) return null;
  const lists = [...lacking].flatMap((flow) => {
    const lines = missingLines(flow, MAX_LISTED, file ?? NO_FILE);
    return lines.length === 0 ? [] : ['', `${titleOf(flow, flows)}: call it in a test, and go one of these ways`, ...lines];
  });
  const message = [...unmet, ...lists, ...(lists.length > 0 ? ['', HOW] : [])].join('\n');
  return new CoverageThresholdError(message, [...lacking]);
}

function shortfalls(title: string, flows: readonly FlowCoverage[], wanted: CoverageShare): readonly string[] {
  const { sites, arrows } = tallyOf(flows);
  return [...shortfall(title, 'sites', sites, wanted.sites), ...shortfall(title, 'arrows', arrows, wanted.arrows)];
}

function shortfall(title: string, what: string, tally: Tally, wanted: number | undefined): readonly string[] {
  const share = shareOf(tally);
  if (wanted === undefined || share >= wanted) return [];
  const more = Math.ceil((tally.all * wanted) / 100 - 1e-9) - tally.taken;
  return [
    `Your tests took ${tally.taken} of ${tally.all} ${what} of ${title}, ${(Math.floor(share * 10) / 10).toString()} %; the threshold is ${wanted} %. ` +
      `${more} more ${more === 1 ? `is` : 'are'} needed.`,
  ];
}

function calledAre(flows: readonly FlowCoverage[]): string {
  const names = [...new Set(flows.map(({ name }) => `"${name}"`))];
  return names.length === 0 ? 'No flow is.' : `Called are: ${names.join(', ')}.`;
}
