import { hookswitchConsole } from '@hookswitch/console';
import { defineFlow, menu, say } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { createPlatform, type Platform } from '@hookswitch/simulator';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeInChromium, type OpenPage, openPage } from './support/browser.ts';

const TOKEN = 'a-token-that-nobody-guesses';

const DESK = 'a-token-of-the-front-desk';

const office = defineFlow({ name: 'office', voice: 'en-US-BenjaminRUS' }, function* () {
  const wing = yield* menu(
    'For the east wing press 1, for the west wing press 2.',
    { 1: 'east', 2: 'west' },
    { id: 'main', otherwise: 'east' },
  );
  yield* menu(`The ${wing} wing. To hear it again press 1.`, { 1: 'again' }, { id: wing, otherwise: 'again' });
  yield say('Goodbye.');
});

describeInChromium('the console in production', () => {
  let server: RunningServer;
  let platform: Platform;
  const serve = (port = 0): Promise<RunningServer> =>
    startServer({
      flows: [office],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [`manager:admin:${TOKEN}`, `front desk:read:${DESK}`],
      port,
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
  beforeEach(async () => {
    server = await serve();
    platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
  });
  afterEach(async () => {
    await platform.close();
    await server.close();
  });

  async function opened(token = TOKEN): Promise<OpenPage> {
    const open = await openPage(`${server.url}/console/`);
    await open.page.getByLabel('API token').fill(token);
    await open.page.getByRole('button', { name: 'Open' }).click();
    await open.page.locator('.hs-node').first().waitFor();
    return open;
  }

  async function called(from: string) {
    const call = platform.inboundCall({ from, to: '+6568332048' });
    await call.ready();
    return call;
  }

  const badgeOf = (page: Page, site: string) => page.locator(`[data-node="${site}"] .hs-badge text`);

  it('is closed without a token', async () => {
    const { page } = await openPage(`${server.url}/console/`);
    await page.getByLabel('API token').fill('another');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('The server does not know this token.').waitFor();
    expect(await page.locator('nav').count()).toBe(0);
  });

  it('reads only, has no phone, and asks nobody but its server', async () => {
    const { page, requests } = await opened();
    expect(await page.locator('nav a').allInnerTexts()).toEqual(['Diagram', 'Calls', 'Insights', 'Settings', 'Audit']);
    await page.goto(`${server.url}/console/#/phone`);
    await page.getByText('There is no such page').waitFor();
    expect(requests.filter(({ method, url }) => method !== 'GET' || !url.startsWith(`${server.url}/console/`))).toEqual([]);
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const placed = await fetch(`${server.url}/console/api/phone/calls`, { method: 'POST', headers, body: '{}' });
    expect(placed.status).toBe(404);
  });

  it('shows admins who has changed what, by token and action', async () => {
    await called('+6591178965');
    const listed = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const [{ id }] = ((await listed.json()) as { calls: [{ id: string }] }).calls;
    for (const token of [DESK, TOKEN])
      await fetch(`${server.url}/calls/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    const { page } = await opened();
    await page.getByRole('link', { name: 'Audit' }).click();
    const rows = page.locator('.audit tbody tr');
    await rows.nth(1).waitFor();
    const told = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').replace(/^\S+ /, ''));
    expect(told).toEqual(['manager admin End a call office Done (202)', `front desk read End a call ${id} Refused (403)`]);
    await page.getByRole('textbox', { name: 'Token' }).fill('manager');
    await page.keyboard.press('Enter');
    await rows.nth(1).waitFor({ state: 'detached' });
    await rows.getByRole('link', { name: 'office' }).click();
    await page.locator('.facts').waitFor();
  });

  it('tells whoever is no admin why there is no audit list', async () => {
    const { page } = await opened(DESK);
    expect(await page.locator('nav a').allInnerTexts()).toEqual(['Diagram', 'Calls', 'Insights', 'Settings']);
    await page.goto(`${server.url}/console/#/audit`);
    await page.getByText('The token of this tab has the role read.').waitFor();
  });

  it('counts live calls on the diagram as they come and move', async () => {
    const { page } = await opened();
    const call = await called('+6591178965');
    await badgeOf(page, 'main').getByText('1').waitFor();
    await called('+6581111111');
    await badgeOf(page, 'main').getByText('2').waitFor();
    await call.press('2');
    await badgeOf(page, 'west').getByText('1').waitFor();
    await page.locator('[data-node="west"]').click();
    await page.getByRole('link', { name: '1 call here now' }).click();
    await page.locator('.calls tbody tr').waitFor();
    expect(await page.locator('.calls tbody .number').allInnerTexts()).toEqual(['+65••••65', '+65••••48']);
  });

  it('lists calls as they stand, by flow, site, outcome, number and time', async () => {
    const calls = [await called('+6591178965'), await called('+6581111111')];
    const { page } = await opened();
    await page.getByRole('link', { name: 'Calls' }).click();
    const rows = page.locator('.calls tbody tr');
    await rows.nth(1).waitFor();
    await calls[0]?.hangUp();
    await rows.nth(1).getByText('Ended').waitFor();
    const filtered = async (query: string, count: number): Promise<void> => {
      await page.goto(`${server.url}/console/#/calls?${query}`);
      if (count === 0) return page.getByText('No call is like that').waitFor();
      await rows.nth(count - 1).waitFor();
      await rows.nth(count).waitFor({ state: 'detached' });
    };
    await filtered('flow=office', 2);
    await filtered('site=main', 2);
    await filtered('site=main&outcome=live', 1);
    await filtered('outcome=ended', 1);
    await filtered('number=%2B6581111111', 1);
    await page.goto(`${server.url}/console/#/calls?number=8111`);
    await page.getByText('only a whole one is looked for').waitFor();
    expect(await rows.count()).toBe(0);
    await filtered('startedAfter=2999-01-01T00:00', 0);
    await filtered('startedBefore=2999-01-01T00:00', 2);
  });

  it('finds a call that is over by the site where it ended, and shows it', async () => {
    const call = await called('+6591178965');
    await called('+6581111111');
    await call.press('2');
    const { page } = await opened();
    await page.getByRole('link', { name: 'Calls' }).click();
    const rows = page.locator('.calls tbody tr');
    await rows.nth(1).getByText('Live').waitFor();
    await call.hangUp();
    await rows.nth(1).getByText('Ended').waitFor();
    await page.getByRole('combobox', { name: 'Search calls' }).fill('site:west');
    await page.keyboard.press('Enter');
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.locator('.cell-site').allInnerTexts()).toEqual(['west']);
    await rows.getByRole('link').click();
    expect(await page.locator('.facts div', { hasText: 'Ended at' }).locator('dd').innerText()).toBe('west');
    await page.getByRole('link', { name: 'office' }).click();
    await page.getByRole('heading', { name: 'west' }).waitFor();
    await page.getByRole('link', { name: 'Calls that stand or ended here' }).click();
    await rows.getByText('Ended').waitFor();
    expect(await rows.count()).toBe(1);
  });

  it('comes back by itself when the server was started again', async () => {
    const { page } = await opened();
    const { port } = new URL(server.url);
    await server.close();
    await page.getByText('The connection to the server is lost.').waitFor();
    server = await serve(Number(port));
    await page.getByRole('status').getByText('Live').waitFor();
    await called('+6591178965');
    await badgeOf(page, 'main').getByText('1').waitFor();
  });
});
