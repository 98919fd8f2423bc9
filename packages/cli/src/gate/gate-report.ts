import { type ChartChanges, changesToMermaid, compareCharts, type Problem } from '@hookswitch/dsl';
import type { CheckedFlow } from './check-flows.ts';
import type { GateSource } from './gate-source.ts';
import type { Gated } from './run-gate.ts';
import type { Kind } from './tally.ts';

/** A flow as it is served, compared with what it will be. */
export interface FlowReport {
  readonly name: string;
  readonly version: string;
  readonly problems: readonly Problem[];
  /** Null where the chart of now is not known; then `why` says so. */
  readonly changes: ChartChanges | null;
  /** Version that is served now. */
  readonly servedVersion: string | null;
  readonly why: string | null;
  /** Both charts in one picture, as Mermaid text; null where nothing is different. */
  readonly picture: string | null;
}

/** All that the gate has found. */
export interface GateReport {
  /** True where nothing stands against the deploy. */
  readonly ok: boolean;
  /** Stopped before it had seen all. */
  readonly interrupted: boolean;
  readonly from: string;
  /** Why it is not `ok`, as sentences. */
  readonly findings: readonly string[];
  /** What does not stop the deploy, and is worth a thought. */
  readonly warnings: readonly string[];
  readonly open: { readonly replayed: number; readonly kinds: readonly Kind[] };
  /** `calls`: past calls that there are; `strata`: kinds of them among which the sample was drawn. */
  readonly past: { readonly calls: number; readonly replayed: number; readonly strata: number; readonly kinds: readonly Kind[] };
  readonly gone: number;
  /** Replayed calls whose words are not known, so that only their way was compared. */
  readonly wordless: number;
  readonly broken: Gated['broken'];
  readonly flows: readonly FlowReport[];
}

/** Compares the charts of flows with those that are served. */
export async function compareFlows(checked: readonly CheckedFlow[], source: GateSource): Promise<readonly FlowReport[]> {
  const names = [...new Set(checked.map(({ name }) => name))];
  const reports: FlowReport[] = [];
  for (const name of names) {
    const newest = checked.findLast((flow) => flow.name === name) as CheckedFlow;
    const problems = checked.filter((flow) => flow.name === name).flatMap((flow) => flow.problems);
    const old = await source.oldChart(name);
    const base = { name, version: newest.version, problems };
    if ('why' in old) {
      reports.push({ ...base, changes: null, servedVersion: null, why: old.why, picture: null });
      continue;
    }
    const now = { sites: [...newest.chart.sites.values()], arrows: newest.chart.arrows };
    const changes = compareCharts(old.chart, now);
    const picture = changes.same ? null : changesToMermaid(old.chart, now);
    reports.push({ ...base, changes, servedVersion: old.chart.version, why: null, picture });
  }
  return reports;
}

/** Puts together what was found, and says what stands against a deploy. */
export function gateReport(from: string, gated: Gated, flows: readonly FlowReport[]): GateReport {
  const { open, past, broken, gone, interrupted, pastCalls, strata } = gated;
  const findings = [
    ...finding(
      open.count('diverged'),
      (calls) => `${calls} in progress would diverge: their callers would hear the fallback, or what onDivergence says.`,
    ),
    ...finding(open.count('no flow'), (calls) => `${calls} in progress would have no flow that answers.`),
    ...(open.replayed + past.replayed === 0 && !interrupted ? ['Nothing was replayed: there was no call of these flows.'] : []),
    ...(broken.length > 0 ? [`${broken.length === 1 ? '1 file is' : `${broken.length} files are`} no journal.`] : []),
    ...flows.flatMap(({ name, problems }) =>
      problems.length === 0 ? [] : [`check finds ${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in ${name}.`],
    ),
  ];
  return {
    ok: findings.length === 0 && !interrupted,
    interrupted,
    from,
    findings,
    warnings: finding(
      past.kinds.filter(({ verdict, meetsCode }) => verdict === 'diverged' && meetsCode).reduce((sum, { standsFor }) => sum + standsFor, 0),
      (calls) => `${calls} of the past diverged: a call in progress that stands there when this is deployed would be lost.`,
    ),
    open: { replayed: open.replayed, kinds: open.kinds },
    past: { calls: pastCalls, replayed: past.replayed, strata, kinds: past.kinds },
    gone,
    wordless: open.wordless + past.wordless,
    broken,
    flows,
  };
}

function finding(count: number, say: (calls: string) => string): readonly string[] {
  return count === 0 ? [] : [say(counted(count, 'call'))];
}

/** `1 call`, `1,234 calls`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** What is different between two charts, in a line. */
export function summaryOf({ sites, arrows, same }: ChartChanges): string {
  if (same) return 'no site or arrow is different';
  const parts = (
    [
      ['site', sites],
      ['arrow', arrows],
    ] as const
  ).flatMap(([word, { added, removed, changed }]) =>
    [
      [added.length, 'new'],
      [removed.length, 'gone'],
      [changed.length, word === 'site' ? 'asking otherwise' : 'leading elsewhere'],
    ].flatMap(([count, how]) => (count === 0 ? [] : [`${counted(Number(count), word)} ${String(how)}`])),
  );
  return parts.join(', ');
}

/** What was replayed, in a line. */
export function scopeOf({ open, past, from }: GateReport): string {
  const sampled =
    past.replayed >= past.calls
      ? counted(past.calls, 'past call')
      : `${past.replayed.toLocaleString('en')} of ${counted(past.calls, 'past call')}, drawn from ${counted(past.strata, 'kind')} of them`;
  return `${counted(open.replayed, 'call')} in progress and ${sampled}, from ${from}`;
}
