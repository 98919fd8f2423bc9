import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { run } from './processes.ts';

const CHROMIUM = '/usr/bin/chromium';
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Conditions are waited for this long, ms: a busy machine is slow, and no test waits for a time to pass. */
const TIMEOUT = 600_000;

export const WIDE = { width: 1280, height: 800 } as const;
export const NARROW = { width: 390, height: 844 } as const;

export type Theme = 'light' | 'dark';

/** How a page is looked at. */
export interface Look {
  readonly size?: { readonly width: number; readonly height: number };
  readonly theme?: Theme;
  /** The console's own settings, as it keeps them in the browser. */
  readonly storage?: Readonly<Record<string, string>>;
}

let browser: Browser | null = null;

/** Tests in a real browser; all of them are skipped where there is none. */
export function describeInChromium(title: string, tests: () => void): void {
  if (!existsSync(CHROMIUM)) process.stderr.write(`Skipped, as there is no ${CHROMIUM}: ${title}\n`);
  describe.skipIf(!existsSync(CHROMIUM))(title, { timeout: 900_000 }, () => {
    beforeAll(async () => {
      if (!existsSync(`${ROOT}packages/console/dist/page/index.html`)) await run(process.execPath, ['scripts/build.mjs'], ROOT);
      browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      browser = null;
    });
    tests();
  });
}

/** A page of a browser that knows nothing yet, and what it asked for. */
export interface OpenPage {
  readonly page: Page;
  /** All of its requests, in their order. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
}

/** Opens a page for one test. What the page reports as an error fails the test. */
export async function openPage(url: string, { size = WIDE, theme = 'light', storage = {} }: Look = {}): Promise<OpenPage> {
  if (browser === null) throw new Error('There is no browser: the test does not stand in describeInChromium.');
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(TIMEOUT);
  // Speech is hurried, and not spoken aloud.
  const kept = { 'hookswitch-speed': '20', 'hookswitch-muted': 'yes', ...storage };
  await context.addInitScript(`for (const [name, value] of Object.entries(${JSON.stringify(kept)})) localStorage.setItem(name, value);`);
  const page = await context.newPage();
  const requests: { method: string; url: string }[] = [];
  const errors: Error[] = [];
  page.on('request', (request) => requests.push({ method: request.method(), url: request.url() }));
  page.on('pageerror', (error) => errors.push(error));
  onTestFinished(async () => {
    await context.close();
    if (errors.length > 0) throw new AggregateError(errors, `The page failed: ${errors[0]?.message}`);
  });
  await page.goto(url);
  return { page, requests };
}
