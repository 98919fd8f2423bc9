import { hookswitchConsole } from '@hookswitch/console';
import { capture, defineFlow, say, tags } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { createPlatform, type Platform } from '@hookswitch/simulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';

const TOKEN = 'a-token-that-nobody-guesses';

const labels = tags({ reason: ['billing', 'agent'], amount: 'number' });
const paying = defineFlow({ name: 'paying', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
  const amount = Number(yield* capture('How much?', { id: 'amount', maxDigits: 4 }));
  yield labels.set({ amount, reason: amount > 500 ? 'agent' : 'billing' });
  yield say('Goodbye.');
  return { paid: amount };
});

describeInChromium('what flows have noted', () => {
  let server: RunningServer;
  let platform: Platform;
  beforeAll(async () => {
    const extend = (app: Parameters<NonNullable<Parameters<typeof startServer>[0]['extend']>>[0]) => app.register(hookswitchConsole);
    const options = { store: 'memory', allowUnverified: true, apiTokens: [TOKEN], port: 0, logLevel: 'silent' } as const;
    server = await startServer({ flows: [paying], ...options, extend });
    platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
    for (const amount of ['90', '1250', '700']) {
      const session = platform.inboundCall({ from: '+6581111110', to: '+6568332048' });
      await session.ready();
      await session.press(`${amount}#`);
    }
  });
  afterAll(async () => {
    await platform.close();
    await server.close();
  });

  async function open(hash: string): Promise<Page> {
    const { page } = await openPage(server.url);
    await page.goto(`${server.url}/console/#/${hash}`);
    await page.getByLabel('API token').fill(TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
    return page;
  }
  const noted = (page: Page) => page.locator('.cell-tags').allInnerTexts();

  it('is in the list, which is filtered by it', async () => {
    const page = await open('calls');
    await page.locator('.row-link').nth(2).waitFor();
    expect((await noted(page)).map((text) => text.replace(/^Tags:\s+/, ''))).toEqual([
      'amount: 700, reason: agent',
      'amount: 1250, reason: agent',
      'amount: 90, reason: billing',
    ]);
    await page.getByLabel('Search calls').fill('reason=agent amount >= 1000');
    await page.getByLabel('Search calls').press('Enter');
    await page.locator('.row-link').nth(1).waitFor({ state: 'detached' });
    expect(await noted(page)).toEqual([expect.stringContaining('amount: 1250')]);
    expect(await violations(page, 'a list with tags')).toEqual([]);
    await page.getByLabel('Search calls').fill('reason>agent');
    await page.getByLabel('Search calls').press('Enter');
    await page.getByText('needs a number').waitFor();
  });

  it('is on the page of a call, and leads to the calls that are like it', async () => {
    const page = await open('calls?tag=amount%3D90');
    await page.locator('.row-link').click();
    await page.getByText('{"paid":90}').waitFor();
    await page.getByText('Tags: amount: 90, reason: billing').waitFor();
    expect(await violations(page, 'a call with tags')).toEqual([]);
    await page.getByRole('link', { name: 'billing', exact: true }).click();
    await page.waitForURL(/#\/calls\?tag=reason%3Dbilling$/);
    await page.locator('.row-link').waitFor();
    expect(await page.getByLabel('Search calls').inputValue()).toBe('reason=billing ');
  });
});
