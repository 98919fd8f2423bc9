import type { LoadReport } from '@hookswitch/simulator';
import type { Colors } from '../output/colors.ts';
import { formatTable } from '../output/table.ts';
import type { Mishap } from './mishaps.ts';
import type { SimulationReport } from './run-simulation.ts';

/** How many calls that went wrong are listed. */
const MAX_BAD = 10;
/** How many places that nobody reached are listed. */
const MAX_MISSED = 40;

/** What a simulation found, for people. */
export function formatSimulation(report: SimulationReport, { green, red, yellow, dim, bold }: Colors): string {
  const { calm, disturbed, uncompared, mishaps, places } = report;
  const rows: (readonly [string, (run: LoadReport) => string])[] = [
    ['calls', ({ calls }) => String(calls)],
    ['completed', ({ completed }) => String(completed)],
    ['cut short by chaos', ({ cut }) => String(cut)],
    ['lost', ({ lost }) => (lost > 0 ? red(String(lost)) : '0')],
    ['heard something wrong', ({ wrong }) => (wrong > 0 ? red(String(wrong)) : '0')],
    ['webhooks', ({ webhooks }) => String(sum(webhooks, 'sent'))],
    ['  sent again', ({ webhooks }) => String(sum(webhooks, 'repeated'))],
    ['  not answered with 200', ({ webhooks }) => String(sum(webhooks, 'failed'))],
    ['server restarts', ({ restarts }) => String(restarts)],
    ['answer to a VCA, p50 / p99 / max', ({ webhooks: { VCA } }) => (VCA === undefined ? '–' : times(VCA.ms))],
    ['calls per second', ({ callsPerSecond }) => callsPerSecond.toFixed(0)],
  ];
  const table = formatTable([
    ['', bold('undisturbed'), bold('with chaos')],
    ...rows.filter(([name]) => name !== 'server restarts' || disturbed.restarts > 0).map(([name, of]) => [name, of(calm), of(disturbed)]),
  ]);
  const missed = places.all.filter((place) => !places.reached.includes(place));
  const reached = `${places.reached.length} of ${places.all.length} places of the flow were reached`;
  const more = missed.length > MAX_MISSED ? ` and ${missed.length - MAX_MISSED} more` : '';
  const lines = [
    table,
    '',
    missed.length === 0
      ? dim(`${reached}.`)
      : yellow(`${reached}. Nobody came to: ${missed.slice(0, MAX_MISSED).join(', ')}${more}. More calls (-n) come further.`),
    ...badOf('undisturbed', calm, mishaps.calm, red),
    ...badOf('with chaos', disturbed, mishaps.disturbed, red),
    ...uncomparedOf(uncompared),
    '',
    report.interrupted
      ? red('Interrupted: the calls that were over by then are above.')
      : report.ok
        ? green('✓ Every caller heard with chaos what it heard without.')
        : red('✗ Something is wrong: see above.'),
  ];
  return lines.join('\n');
}

function badOf(
  run: string,
  { bad, wrong, lost, faults, firstFaults }: LoadReport,
  mishaps: readonly Mishap[],
  red: Colors['red'],
): string[] {
  const others = Object.entries(faults).filter(([kind]) => kind !== 'wrong-prompt');
  if (bad.length === 0 && mishaps.length === 0 && others.length === 0) return [];
  const more = wrong + lost - Math.min(bad.length, MAX_BAD);
  return [
    '',
    red(`${run}:`),
    ...mishaps.map(({ kind, count, first }) => `  ${kind}, ${count} times${first === null ? '' : `, first: ${first}`}`),
    ...others.map(
      ([kind, count]) => `  ${FAULTS[kind] ?? kind}, ${count} times; first ${firstFaults[kind as keyof typeof firstFaults] ?? ''}`,
    ),
    ...bad.slice(0, MAX_BAD).map(({ name, message }) => `  ${name}: ${message}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

/** Calls that nobody can judge: what is wrong with them is said where they were undisturbed. */
function uncomparedOf(calls: SimulationReport['uncompared']): string[] {
  if (calls.length === 0) return [];
  const more = calls.length - MAX_BAD;
  return [
    '',
    'not compared:',
    ...calls.slice(0, MAX_BAD).map(({ name, message }) => `  ${name}: ${message}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

/** The simulator's faults in words. */
const FAULTS: Readonly<Record<string, string>> = {
  status: 'a webhook was not answered with 200',
  timeout: 'a webhook was answered too late',
  connection: 'a webhook could not be delivered',
  'not-json': 'a VCA was answered with something that is not JSON',
  callflow: 'a callflow was refused',
  duplicate: 'a webhook that came again was answered with other bytes',
  file: 'an audio file could not be downloaded',
};

function sum(webhooks: LoadReport['webhooks'], what: 'sent' | 'repeated' | 'failed'): number {
  return Object.values(webhooks).reduce((total, figures) => total + figures[what], 0);
}

function times({ p50, p99, max }: { readonly p50: number; readonly p99: number; readonly max: number }): string {
  return `${[p50, p99, max].map((ms) => ms.toFixed(1)).join(' / ')} ms`;
}
