import { hookswitchConsole } from '@hookswitch/console';
import { capture, defineFlow } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { createPlatform, type Platform } from '@hookswitch/simulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { focused } from './support/in-page.ts';

const TOKEN = 'a-token-that-nobody-guesses';
const PAGE = 25;

/** Server-sent events come from the test, not from the server. */
const TOLD_EVENTS = `
  const ask = window.fetch;
  window.fetch = (url, init) => !String(url).endsWith('/api/events') ? ask(url, init) : Promise.resolve(new Response(new ReadableStream({
    start(stream) {
      window.tell = (event, data) => stream.enqueue(new TextEncoder().encode('event: ' + event + '\\ndata: ' + JSON.stringify(data) + '\\n\\n'));
      window.tell('hello', { instance: 'told', now: Date.now() });
    },
  })));`;

const desk = defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
  while (true) yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
});

describeInChromium('the list of calls', () => {
  let server: RunningServer;
  let platform: Platform;
  beforeAll(async () => {
    server = await startServer({
      flows: [desk],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [TOKEN],
      port: 0,
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
    platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
    for (let call = 0; call < 2 * PAGE + 1; call++)
      await platform.inboundCall({ from: `+65811111${10 + call}`, to: '+6568332048' }).ready();
  });
  afterAll(async () => {
    await platform.close();
    await server.close();
  });

  async function signIn(page: Page, hash: string): Promise<void> {
    await page.goto(`${server.url}/console/#/${hash}`);
    await page.getByLabel('API token').fill(TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
  }

  it('is loaded anew while news never cease', async () => {
    const { page } = await openPage(server.url);
    await page.addInitScript(TOLD_EVENTS);
    await page.clock.install({ time: 0 });
    await signIn(page, 'calls');
    await page.locator('.row-link').first().waitFor();
    await page.clock.pauseAt(3_600_000);
    const asked = page.waitForRequest((request) => request.url().includes('/api/calls'));
    for (let news = 0; news < 20; news++) {
      await page.evaluate("tell('calls', { calls: [], more: 1 })");
      await page.clock.runFor(80);
    }
    await asked;
  });

  it('keeps page and filters in its address: Back and "All calls" lead to them', async () => {
    const { page } = await openPage(server.url);
    await signIn(page, 'calls?flow=desk');
    const first = page.locator('.row-link').first();
    const older = page.getByRole('button', { name: 'Older' });
    await older.click();
    await page.getByText('Page 2').waitFor();
    await older.click();
    await page.getByText('Page 3').waitFor();
    await page.locator('.row-link').nth(1).waitFor({ state: 'detached' });
    expect((await focused(page)).name).toBe('Older');
    const address = page.url();
    expect(address).toContain('flow=desk');
    for (const back of ['link', 'history']) {
      await first.press('Enter');
      await page.getByRole('heading', { name: 'What happened' }).waitFor();
      await (back === 'history' ? page.goBack() : page.getByRole('link', { name: 'All calls' }).click());
      await page.locator('.row-link:focus').waitFor();
      expect(page.url()).toBe(address);
    }
    await page.reload();
    await page.getByText('Page 3').waitFor();
    await page.getByRole('button', { name: 'Newer' }).click();
    await page
      .locator('.row-link')
      .nth(PAGE - 1)
      .waitFor();
    expect(await page.title()).toBe('Calls, page 2 · Hookswitch');
  });

  it('says how long calls have stood where they stand, and who hung up', async () => {
    const { page } = await openPage(server.url);
    const call = platform.inboundCall({ from: '+6590000077', to: '+6568332048' });
    await call.ready();
    await signIn(page, 'calls?number=%2B6590000077');
    const row = page.locator('.calls tbody tr');
    await row
      .locator('.cell-since')
      .getByText(/\d:\d\d$/)
      .waitFor();
    expect(await row.locator('.cell-duration').innerText()).toMatch(/^\d+:\d\d$/);
    await call.hangUp();
    await row.getByText('The caller hung up').waitFor();
    await row.getByRole('link').click();
    await page.locator('.facts').getByText('The caller hung up').waitFor();
  });

  it('is searched by one line, which is completed by the keyboard and says what can not be read', async () => {
    const { page } = await openPage(server.url);
    await signIn(page, 'calls');
    await page
      .getByRole('status')
      .getByText(/^\d+ calls$/)
      .waitFor();
    const line = page.getByRole('combobox', { name: 'Search calls' });
    await line.focus();
    await page.keyboard.type('end');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await line.inputValue()).toBe('ended-by:');
    await page.keyboard.type('id');
    await page.getByRole('option', { name: 'ended-by:idle' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('flow:desk');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/calls\?flow=desk&endedBy=idle$/);
    await page.getByText('No call is like that').waitFor();
    await page.getByRole('button', { name: 'Leave out ended-by: idle' }).press('Enter');
    await page.locator('.row-link').first().waitFor();
    expect((await focused(page)).name).toBe('Search calls');
    await line.fill('flw:desk');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('There is no "flw:". Did you mean "flow:"?').waitFor();
    await line.fill('nonsense');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('"nonsense" is no condition. Write flow:support').waitFor();
    await page.goto(`${server.url}/console/#/calls?q=${encodeURIComponent('flow:desk site:key')}`);
    await page.waitForURL(/#\/calls\?flow=desk&site=key$/);
  });

  it('stays where it is read: new calls wait until they are asked for', async () => {
    const { page } = await openPage(server.url);
    await signIn(page, 'calls');
    const first = page.locator('.row-link').first();
    await first.waitFor();
    const before = await first.getAttribute('data-call');
    await platform.inboundCall({ from: '+6590000088', to: '+6568332048' }).ready();
    const fresh = page.getByRole('button', { name: '1 new' });
    await fresh.waitFor();
    expect(await first.getAttribute('data-call')).toBe(before);
    await fresh.click();
    await page.locator(`.calls tbody tr:nth-child(2) [data-call="${before}"]`).waitFor();
  });

  it.each([
    ['calls?outcome=liev', '"outcome": there is no "liev". Did you mean "live"?'],
    ['calls?q=flw%3Adesk', 'There is no "flw:". Did you mean "flow:"?'],
    ['calls?endedBy=calller', '"endedBy": there is no "calller". Did you mean "caller"?'],
    ['calls?flwo=desk', 'There is no query parameter "flwo". Did you mean "flow"?'],
    ['calls?startedAfter=yesterday', '"startedAfter" must be a time'],
    ['calls?at=next', '"cursor" is not one that a page'],
    ['calls?number=8111', 'Numbers are masked here'],
    ['calls/nobody', 'There is no call with this id'],
    ['calls/a/b', 'There is no such page'],
    ['diagram/dsek', 'There is no flow "dsek". Did you mean "desk"?'],
    ['diagram/desk?site=kye', 'has no site of this name'],
    ['phone', 'The phone is a part of hookswitch dev.'],
    ['%E0%A4%A', 'There is no such page'],
  ])('answers a made-up address in its own words: #/%s', async (hash, words) => {
    const { page } = await openPage(server.url);
    await signIn(page, hash);
    await page.getByText(words).waitFor();
  });
});
