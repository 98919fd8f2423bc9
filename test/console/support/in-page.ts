import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What has the focus. */
export interface Focused {
  /** Its label, else its text. */
  readonly name: string;
  /** A ring or a border tells where the focus is. */
  readonly isSeen: boolean;
}

const program = (name: string): string => readFileSync(new URL(`../in-page/${name}.js`, import.meta.url), 'utf8');

/** Texts, placeholders and lit marks with less contrast than WCAG AA asks for. */
export function unreadableTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(program('unreadable-texts'));
}

/** Elements that make the page wider than its window. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(program('overflowing'));
}

/** Buttons, links and fields that something else covers. */
export function covered(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(program('covered'));
}

/** What has the focus now. */
export function focused(page: Page): Promise<Focused> {
  return page.evaluate<Focused>(program('focused'));
}
