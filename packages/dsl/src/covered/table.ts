import { arrowTitle } from '../chart/arrow-title.ts';
import { type Coverage, type FlowCoverage, shareOf, type Tally, tallyOf } from './coverage.ts';
import { missingLines, missingOf } from './missing.ts';

/** How a table is printed. */
export interface TableOptions {
  /** How many missing sites and arrows of a flow are listed. */
  readonly listed: number;
  /** Whether generated calls count. */
  readonly generated: boolean;
  /** Where all of them are. */
  readonly file: string | null;
  /** Flows whose missing sites and arrows stand somewhere else. @default none */
  readonly listedElsewhere?: readonly FlowCoverage[];
}

/** The report as it is printed behind the tests: shares by flow, then what is missing, and how it is reached. */
export function coverageTable({ flows }: Coverage, { listed, generated, file, listedElsewhere = [] }: TableOptions): string {
  if (flows.length === 0) return 'Flow coverage: no test called a flow.';
  const rows = flows.map((flow) => rowOf(titleOf(flow, flows), [flow]));
  if (flows.length > 1) rows.push(rowOf('all', flows));
  const others = flows.some(({ arrows }) => arrows.some((arrow) => arrow.generated > 0));
  const head = ['flow', 'sites', '', 'arrows', '', ...(others ? ['generated'] : [])];
  const table = columns([head, ...rows.map((row) => (others ? row : row.slice(0, -1)))]);
  const notes = others
    ? [
        generated
          ? 'generated: arrows that testEveryPath and forEveryCall took; they are counted with the others.'
          : 'generated: arrows that testEveryPath and forEveryCall took; they are not counted, for they take everything there is.',
      ]
    : [];
  const lists = flows.flatMap((flow) =>
    listOf(flow, titleOf(flow, flows), listed, listedElsewhere.includes(flow) ? null : (file ?? NO_FILE)),
  );
  return ['Flow coverage: what your tests took', '', ...table, ...notes.flatMap((note) => ['', note]), ...lists].join('\n');
}

/** Where all that is missing stands, where there is no file. */
export const NO_FILE = 'give the reporter a `file` to see them all';

/** A flow's name; its version where there are several. */
export function titleOf({ name, version }: FlowCoverage, flows: readonly FlowCoverage[]): string {
  return flows.filter((other) => other.name === name).length > 1 ? `${name} (version ${version})` : name;
}

function rowOf(title: string, flows: readonly FlowCoverage[]): readonly string[] {
  const { sites, arrows } = tallyOf(flows);
  return [title, ofAll(sites), percent(sites), ofAll(arrows), percent(arrows), `${arrows.generated} of ${arrows.all}`];
}

function ofAll({ taken, all }: Tally): string {
  return `${taken} of ${all}`;
}

/** Rounded down, so that nothing is 100 % that lacks something. */
function percent(tally: Tally): string {
  return `${Math.floor(shareOf(tally))} %`.padStart(5);
}

function listOf(flow: FlowCoverage, title: string, listed: number, where: string | null): readonly string[] {
  const missing = missingOf(flow);
  const lines: string[] = [];
  if (missing.length > 0 && listed > 0 && where !== null) {
    lines.push('', `${title}: never reached, and the way there`, ...missingLines(flow, listed, where));
  }
  if (flow.offChart.length > 0 && listed > 0) {
    const shown = flow.offChart.slice(0, listed).map((arrow) => `  ${arrowTitle(arrow)}`);
    lines.push('', `${title}: taken, but not on the chart: exploration has not found it, mostly for want of an example`, ...shown);
    if (flow.offChart.length > shown.length) lines.push(`  … and ${flow.offChart.length - shown.length} more`);
  }
  return lines;
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, [...cell].length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join('  ')}`.trimEnd(),
  );
}
