import type { LoadReport } from './run-load.ts';

/** A report for people: about ten lines, and one for each of the first calls that were wrong or lost. */
export function formatReport(report: LoadReport): string {
  const { calls, completed, cut, lost, wrong, seconds, seed, restarts } = report;
  const lines = [
    `${calls} calls in ${seconds.toFixed(1)} s (${report.callsPerSecond.toFixed(1)} calls/s, ${report.webhooksPerSecond.toFixed(0)} webhooks/s), seed ${seed}`,
    `completed ${completed}, cut short by chaos ${cut}, lost ${lost}, wrong ${wrong}${restarts > 0 ? `, restarts ${restarts}` : ''}`,
  ];
  for (const [type, { sent, repeated, failed, ms }] of Object.entries(report.webhooks)) {
    const times = [ms.p50, ms.p90, ms.p99, ms.max].map((value) => value.toFixed(1)).join(' / ');
    lines.push(`${type}: ${sent} sent, ${repeated} repeated, ${failed} failed; p50 / p90 / p99 / max ${times} ms`);
  }
  const faults = Object.entries(report.faults).map(([kind, count]) => `${kind} ${count}`);
  lines.push(faults.length === 0 ? 'no faults' : `faults: ${faults.join(', ')}`);
  for (const bad of report.bad) lines.push(`  ${bad.name}${bad.sessionId === null ? '' : ` (session ${bad.sessionId})`}: ${bad.message}`);
  return lines.join('\n');
}
