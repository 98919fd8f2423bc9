import { VERDICT_NAMES } from './format-gate.ts';
import { counted, type FlowReport, type GateReport, scopeOf, summaryOf } from './gate-report.ts';
import type { Kind } from './tally.ts';

/** Lines of one list, at most: a comment that nobody reads to its end helps nobody. */
const MAX_LINES = 30;

/** The report as Markdown, for a pull request. It has no words of callers, and no numbers. */
export function gateMarkdown(report: GateReport): string {
  const { ok, interrupted, findings, warnings, open, past, broken, flows, wordless } = report;
  const verdict = interrupted ? 'stopped before all was seen' : ok ? 'nothing stands against this deploy' : 'this deploy is stopped';
  return [
    `### ${ok ? '✅' : '❌'} Hookswitch gate: ${verdict}`,
    `Replayed ${scopeOf(report)}.${wordless > 0 ? ` Of ${counted(wordless, 'call')} only the way was compared, as their words are not known.` : ''}`,
    list([...findings, ...warnings]),
    kindsTable('Calls in progress', open.kinds),
    kindsTable('Past calls', past.kinds),
    broken.length === 0 ? '' : `#### Files that are no journals\n\n${list(broken.map(({ message }) => message))}`,
    ...flows.map(flowPart),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function kindsTable(title: string, kinds: readonly Kind[]): string {
  if (kinds.length === 0) return '';
  const rows = kinds
    .slice(0, MAX_LINES)
    .map(({ verdict, flow, version, standsFor, difference, advice, calls }) =>
      row([
        standsFor.toLocaleString('en'),
        VERDICT_NAMES[verdict],
        version === '1' ? flow : `${flow} ${version}`,
        [difference, verdict === 'other words' ? null : advice].filter((text) => text !== null).join(' '),
        verdict === 'alike' ? '' : `\`${calls[0] ?? ''}\``,
      ]),
    );
  const more = kinds.length > MAX_LINES ? `\n\n… and ${counted(kinds.length - MAX_LINES, 'kind')} more.` : '';
  return `#### ${title}\n\n${[row(['calls', 'what', 'flow', '', 'for example']), '|---:|---|---|---|---|', ...rows].join('\n')}${more}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Text in a cell: names come from flows and servers. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');
}

function flowPart({ name, changes, why, problems, picture, servedVersion, version }: FlowReport): string {
  const versions = servedVersion !== null && servedVersion !== version ? ` ${servedVersion} → ${version}` : '';
  const lines =
    changes === null
      ? []
      : [
          ...changes.sites.added.map((site) => `new site **${site}**`),
          ...changes.sites.removed.map((site) => `site **${site}** is gone`),
          ...changes.sites.changed.map((site) => `site **${site.name}** asks otherwise: “${site.before}” → “${site.now}”`),
          ...grouped(changes.arrows.changed, ({ from, before, now }, labels) => `**${from}** —${labels}→ ${now}, before: ${before}`),
          ...grouped(changes.arrows.added, ({ from, to }, labels) => `new: **${from}** —${labels}→ ${to}`),
          ...grouped(changes.arrows.removed, ({ from, to }, labels) => `gone: **${from}** —${labels}→ ${to}`),
        ];
  return [
    `#### Flow ${name}${versions}`,
    changes === null ? (why ?? '') : `${summaryOf(changes)}.`,
    list(problems.map(({ code, site, message }) => `\`${code}\` at ${site}: ${message}`)),
    picture === null ? '' : `\`\`\`mermaid\n${picture}\`\`\``,
    lines.length === 0 ? '' : `<details><summary>What is different</summary>\n\n${list(lines)}\n\n</details>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** One line for all answers that differ in nothing but their labels. */
function grouped<A extends { readonly label: string }>(
  arrows: readonly A[],
  line: (arrow: A, labels: string) => string,
): readonly string[] {
  const groups = new Map<string, A[]>();
  for (const arrow of arrows) {
    const key = JSON.stringify({ ...arrow, label: null });
    groups.set(key, [...(groups.get(key) ?? []), arrow]);
  }
  return [...groups.values()].map((same) => line(same[0] as A, same.map(({ label }) => label).join(', ')));
}

function list(lines: readonly string[]): string {
  const shown = lines.slice(0, MAX_LINES).map((line) => `- ${cell(line)}`);
  return [...shown, ...(lines.length > MAX_LINES ? [`- … and ${lines.length - MAX_LINES} more`] : [])].join('\n');
}
