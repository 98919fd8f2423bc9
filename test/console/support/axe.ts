import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { NARROW, type Theme, WIDE } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

/** The looks in which a page is examined. */
const LOOKS: readonly (readonly [Theme, keyof typeof SIZES])[] = [
  ['light', 'wide'],
  ['dark', 'wide'],
  ['light', 'narrow'],
  ['dark', 'narrow'],
];
const SIZES = { wide: WIDE, narrow: NARROW } as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** What axe has against a page as it stands: in both themes, wide and narrow. The page looks afterwards as it did before. */
export async function violations(page: Page, where: string): Promise<readonly string[]> {
  const size = page.viewportSize() ?? WIDE;
  const before: Theme = (await page.evaluate<boolean>("matchMedia('(prefers-color-scheme: dark)').matches")) ? 'dark' : 'light';
  const found: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.setViewportSize(SIZES[width]);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const line of await examine(page)) found.push(`${where}, ${colorScheme}, ${width}: ${line}`);
  }
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: before, reducedMotion: 'reduce' });
  return found;
}

async function examine(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], runOnly: { type: 'tag', values: TAGS } };
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary.replace(/\s+/g, ' ')}`),
  );
}
