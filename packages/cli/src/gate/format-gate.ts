import type { Colors } from '../output/colors.ts';
import { formatTable } from '../output/table.ts';
import { counted, type FlowReport, type GateReport, scopeOf, summaryOf } from './gate-report.ts';
import type { GateVerdict, Kind } from './tally.ts';

/** What the verdicts are called. */
export const VERDICT_NAMES = {
  'no flow': 'no flow',
  diverged: 'diverged',
  'other way': 'other way',
  'other words': 'other words',
  'other result': 'other result',
  'not comparable': 'not comparable',
  alike: 'goes on alike',
} as const satisfies Readonly<Record<GateVerdict, string>>;

/** The report as text for a terminal. */
export function formatGate(report: GateReport, colors: Colors): string {
  const { open, past, broken, flows, findings, warnings, interrupted, gone, wordless } = report;
  const { dim, green, red, yellow } = colors;
  const parts = [
    kindsTable('In progress', open.kinds, true, colors),
    kindsTable('Past', past.kinds, false, colors),
    broken.map(({ message }) => `${red('unreadable')} ${message}`).join('\n'),
    flows.flatMap((flow) => flowLines(flow, colors)).join('\n'),
    [
      dim(`Replayed ${scopeOf(report)}.`),
      ...(gone > 0 ? [dim(`${counted(gone, 'call')} had been removed when their journals were asked for.`)] : []),
      ...(wordless > 0 ? [dim(`Of ${counted(wordless, 'call')} the words are not known, so that only their way was compared.`)] : []),
      ...warnings.map((text) => `${yellow('!')} ${text}`),
      ...findings.map((text) => `${red('✗')} ${text}`),
      ...(interrupted
        ? [yellow('Stopped before all was seen.')]
        : findings.length === 0
          ? [`${green('✓')} Nothing stands against this deploy.`]
          : []),
    ].join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function kindsTable(title: string, kinds: readonly Kind[], isOpen: boolean, { dim, green, red, yellow }: Colors): string {
  if (kinds.length === 0) return '';
  const paint = (verdict: GateVerdict): string => {
    const name = VERDICT_NAMES[verdict];
    if (verdict === 'alike') return green(name);
    return isOpen && (verdict === 'diverged' || verdict === 'no flow') ? red(name) : yellow(name);
  };
  const rows = kinds.map((kind) => [
    kind.standsFor.toLocaleString('en').padStart(7),
    paint(kind.verdict),
    kind.version === '1' ? kind.flow : `${kind.flow} ${kind.version}`,
    kind.recorded === null ? '' : kind.recorded === kind.now || kind.now === null ? kind.recorded : `${kind.recorded} → ${kind.now}`,
    dim(kind.verdict === 'alike' ? '' : (kind.calls[0] ?? '')),
  ]);
  const table = formatTable([['  CALLS', 'WHAT', 'FLOW', 'SITE', 'FOR EXAMPLE'].map(dim), ...rows]);
  const notes = kinds.flatMap(({ difference, advice, verdict }) =>
    difference === null || verdict === 'other words' ? [] : [`  ${difference}${advice === null ? '' : `\n    ${dim(advice)}`}`],
  );
  return [title, table, ...notes].join('\n');
}

function flowLines({ name, changes, why, problems, servedVersion, version }: FlowReport, { dim, red }: Colors): readonly string[] {
  const versions = servedVersion !== null && servedVersion !== version ? ` (version ${servedVersion} → ${version})` : '';
  return [
    changes === null ? dim(why ?? '') : `Chart of ${name}${versions}: ${summaryOf(changes)}.`,
    ...problems.map(({ code, site, message }) => `  ${red(code)} at ${site}: ${message}`),
  ];
}
