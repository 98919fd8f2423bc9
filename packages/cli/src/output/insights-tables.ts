import type { InsightFigures, InsightsView } from '@hookswitch/runtime/inside';

/** What calls came to, in the words of the command and of the page. */
export const ENDING_WORDS: Readonly<Record<keyof InsightFigures['endings'], string>> = {
  contained: 'contained',
  transferred: 'transferred',
  missed: 'nobody answered',
  abandoned: 'abandoned',
  failed: 'failed',
  stopped: 'stopped by request',
  lost: 'never heard of again',
  unanswered: 'not answered',
  notPlaced: 'not placed',
  turnedAway: 'turned away',
};

/** Below so many calls a share says little: a count is shown instead. */
const FEW = 30;
const MOST_SITES = 15;
const MOST_ARROWS = 20;

/** A part of a whole: `62 % · 1,240`, or only the count where there are few. */
export function partOf(count: number, all: number): string {
  const shown = count.toLocaleString('en-US');
  return all < FEW ? shown : `${Math.round((count / all) * 100)} % · ${shown}`;
}

type Table = readonly (readonly string[])[];

/** Tables for a terminal, by their headings; a second column of figures where two are compared. */
export function insightTables({ figures, compared }: InsightsView): readonly { readonly title: string; readonly rows: Table }[] {
  const both = (of: (one: InsightFigures) => string): string[] => [of(figures), ...(compared === null ? [] : [of(compared)])];
  const names = both(
    ({ version, since, until }) =>
      `${version === null ? 'all versions' : `version ${version}`}, ${since.slice(0, 10)} to ${until.slice(0, 10)}`,
  );
  const endings = Object.entries(ENDING_WORDS) as [keyof InsightFigures['endings'], string][];
  const seen = endings.filter(([name]) => figures.endings[name] > 0 || (compared?.endings[name] ?? 0) > 0);
  const leaving = figures.sites.filter(({ exits }) => exits > 0).slice(0, MOST_SITES);
  const siteIn = (one: InsightFigures, site: string): string => {
    const found = one.sites.find((other) => other.site === site);
    return found === undefined ? '–' : `${partOf(found.exits, found.calls)} of ${found.calls.toLocaleString('en-US')}`;
  };
  const arrows = figures.arrows.filter(({ from }) => from !== 'idle').slice(0, MOST_ARROWS);
  const arrowIn = (one: InsightFigures, { from, label, to, when }: InsightFigures['arrows'][number]): string => {
    const left = one.arrows.filter((arrow) => arrow.from === from).reduce((sum, { count }) => sum + count, 0);
    const found = one.arrows.find((arrow) => arrow.from === from && arrow.label === label && arrow.to === to && arrow.when === when);
    return partOf(found?.count ?? 0, left);
  };
  return [
    {
      title: 'Calls',
      rows: [
        ['', ...names],
        ['calls', ...both(({ calls }) => calls.toLocaleString('en-US'))],
        ...seen.map(([name, words]) => [words, ...both(({ endings: counts, calls }) => partOf(counts[name], calls))]),
        ['median length', ...both(({ duration }) => (duration === null ? '–' : `${duration.median} s`))],
      ],
    },
    {
      title: 'Where callers give up',
      rows:
        leaving.length === 0
          ? []
          : [
              ['SITE', ...both(() => 'ENDED HERE'), 'HUNG UP', 'SILENCE', 'NO MATCH', 'INVALID', 'MEDIAN'],
              ...leaving.map((site) => [
                ...[
                  site.site,
                  ...both((one) => siteIn(one, site.site)),
                  String(site.hangups),
                  String(site.silence),
                  String(site.noMatch),
                  String(site.invalid),
                ],
                site.time === null ? '–' : `${site.time.median} s`,
              ]),
            ],
    },
    {
      title: 'Ways',
      rows:
        arrows.length === 0
          ? []
          : [
              ['FROM', 'ANSWER', 'TO', ...both(() => 'SHARE')],
              ...arrows.map((arrow) => [arrow.from, arrow.label, arrow.to, ...both((one) => arrowIn(one, arrow))]),
            ],
    },
    ...[
      ['Results', figures.results.map(({ value, count }) => [value, partOf(count, figures.calls)])],
      ['Tags', figures.tags.map(({ tag, value, count }) => [`${tag}=${value}`, partOf(count, figures.calls)])],
      ['Bridges', figures.bridges.map(({ site, outcome, count }) => [site, outcome, String(count)])],
      ['Steps', figures.steps.map(({ site, outcome, count }) => [site, outcome, String(count)])],
      ['Signals', figures.signals.map(({ site, outcome, count }) => [site, outcome, String(count)])],
      ['Errors', figures.errors.map(({ value, count }) => [value, String(count)])],
      [
        'Days',
        figures.days.length > 1
          ? figures.days.map(({ day, calls, endings: counts }) => [
              day,
              String(calls),
              ...seen.map(([name, words]) => (counts[name] === 0 ? '' : `${words} ${counts[name]}`)),
            ])
          : [],
      ],
    ].map(([title, rows]) => ({ title: title as string, rows: rows as Table })),
  ].filter(({ rows }) => rows.length > 0);
}

/** All figures, one a line: for spreadsheets. */
export function insightsCsv({ flow, figures, compared }: InsightsView): string {
  const lines = [['flow', 'version', 'since', 'until', 'kind', 'name', 'detail', 'count']];
  for (const one of compared === null ? [figures] : [figures, compared]) {
    const add = (kind: string, name: string, detail: string, count: number): void => {
      lines.push([flow, one.version ?? '', one.since, one.until, kind, name, detail, String(count)]);
    };
    add('calls', '', '', one.calls);
    for (const [name, count] of Object.entries(one.endings)) add('ending', name, '', count);
    for (const [name, count] of Object.entries(one.endedBy)) add('ended by', name, '', count);
    for (const { from, label, to, when, count } of one.arrows)
      add('arrow', `${from} > ${to}`, when === 'answer' ? label : `${label} (${when})`, count);
    for (const { site, time, exitShare: _, ...counts } of one.sites) {
      for (const [name, count] of Object.entries(counts)) add('site', site, name, count);
      if (time !== null) for (const [name, seconds] of Object.entries(time)) add('site', site, `${name} seconds`, seconds);
    }
    for (const { site, outcome, count } of one.bridges) add('bridge', site, outcome, count);
    for (const { site, outcome, count } of one.steps) add('step', site, outcome, count);
    for (const { site, outcome, count } of one.signals) add('signal', site, outcome, count);
    for (const { tag, value, count } of one.tags) add('tag', tag, value, count);
    for (const { value, count } of one.results) add('result', value, '', count);
    for (const { value, count } of one.errors) add('error', value, '', count);
    for (const { day, calls } of one.days) add('day', day, '', calls);
  }
  return lines.map((line) => line.map(cell).join(',')).join('\n');
}

/** A cell as RFC 4180 has it; a text that a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
