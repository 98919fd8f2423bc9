import type { ChartView } from '../../../src/views.ts';

/** The sites in whose name, prompts or answers every word of `text` is found, in the order of the chart; null where nothing is looked for. */
export function findSites({ sites }: ChartView, text: string): readonly string[] | null {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return sites
    .filter(({ name, prompts, answers }) => {
      const all = plain([name, ...prompts, ...answers].join('\n'));
      return words.every((word) => all.includes(word));
    })
    .map(({ name }) => name);
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
