import type { SoakResult } from './scenario.ts';

/** What one scenario on one store found, for each seed. */
export interface SoakRuns {
  /** `kill/sqlite`. */
  readonly name: string;
  readonly runs: readonly SoakResult[];
}

/** Figures that are worth a column, where a run has them, in this order. */
const COLUMNS = [
  'calls',
  'lost',
  'kills',
  'secondsDown',
  'secondsDownPerKill',
  'callsInProgressPerKill',
  'cutOffPerKill',
  'percentCutOff',
  'refusedWhileDownPerKill',
  'deploys',
  'replaced',
  'toldOfAChange',
  'askedAgain',
  'hungUp',
  'troubles',
  'fallbacks',
  'questionsAskedAgain',
  'steps',
  'stepsAskedForAgain',
  'vcaMsP50',
  'vcaMsP99',
  'vcaMsMax',
  'seconds',
] as const;

/** A table in Markdown: a row for each scenario and store, in each field the median of all runs and, where they differ, the least and the most. */
export function summarize(all: readonly SoakRuns[]): string {
  const columns = COLUMNS.filter((column) => all.some(({ runs }) => runs.some(({ figures }) => column in figures)));
  const rows = all.map(({ name, runs }) => [
    name,
    String(runs.length),
    spread(runs.map(({ wrong }) => wrong.length)),
    ...columns.map((column) => spread(runs.flatMap(({ figures }) => figures[column] ?? []))),
  ]);
  const lines = [['trial', 'runs', 'wrong', ...columns], [...columns, '', '', ''].map(() => '---'), ...rows];
  return lines.map((fields) => `| ${fields.join(' | ')} |`).join('\n');
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return '–';
  const upper = sorted[Math.floor(sorted.length / 2)] ?? most;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? least;
  const middle = short((lower + upper) / 2);
  return least === most ? middle : `${middle} (${short(least)} to ${short(most)})`;
}

/** Three digits are enough for anybody, but counts are told as they are. */
function short(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
