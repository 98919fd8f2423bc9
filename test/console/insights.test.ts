import { hookswitchConsole } from '@hookswitch/console';
import { ask, defineFlow, digits, menu, say } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { createPlatform, type Platform } from '@hookswitch/simulator';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, type Look, NARROW, openPage, WIDE } from './support/browser.ts';

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const TOKEN = 'a-token-that-nobody-guesses';
const CALLS = 40;

const office = defineFlow({ name: 'office', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('For your bill press 1, for our hours press 2.', { 1: 'bill', 2: 'hours' }, { id: 'main', otherwise: 'hours' });
  if (topic === 'bill') yield* ask('Key in your account, four digits.', { id: 'account', validate: digits(4), otherwise: '' });
  yield say(topic === 'bill' ? 'It was sent to you. Goodbye.' : 'We are open from nine to five. Goodbye.');
  return topic;
});

describeInChromium('the page of insights', () => {
  let server: RunningServer;
  let platform: Platform;
  beforeAll(async () => {
    const flows = [
      office,
      defineFlow({ name: 'other', voice: 'en-US-BenjaminRUS' }, function* () {
        yield say('Goodbye.');
      }),
    ];
    server = await startServer({
      ...{
        flows,
        chooseFlow: () => 'office',
        store: 'memory',
        allowUnverified: true,
        apiTokens: [`front desk:read:${TOKEN}`],
        port: 0,
        logLevel: 'silent',
      },
      extend: (app) => app.register(hookswitchConsole),
    });
    platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
    for (let n = 0; n < CALLS; n++) {
      const call = platform.inboundCall({ from: `+65900000${10 + n}`, to: '+6568332048' });
      await call.ready();
      // Three of four want their bill, and every second of these gives up at the account.
      await call.press(n % 4 === 0 ? '2' : '1');
      if (n % 4 === 0) continue;
      if (n % 4 === 2) await call.press('1234');
      else await call.hangUp();
    }
  });
  afterAll(async () => {
    await platform.close();
    await server.close();
  });

  async function opened(look: Look = {}, query = 'flow=office') {
    const open = await openPage(`${server.url}/console/#/insights?${query}`, look);
    await open.page.getByLabel('API token').fill(TOKEN);
    await open.page.getByRole('button', { name: 'Open' }).click();
    await open.page.getByRole('heading', { name: 'Insights' }).waitFor();
    return open;
  }

  it('says how calls came out, where callers gave up, and leads to these calls', async () => {
    const { page } = await opened();
    await page.getByRole('row', { name: 'All calls 40' }).waitFor();
    await page.getByRole('row', { name: /^Abandoned 50 % · 20/ }).waitFor();
    await page.getByRole('row', { name: /^account 67 % · 20 30 20/ }).waitFor();
    const line = page.locator('.hs-edge[data-source="main"][data-target="account"] .hs-line');
    await line.waitFor();
    expect(Number.parseFloat((await line.getAttribute('style'))?.split('stroke-width:')[1] ?? '')).toBeCloseTo(7.75, 1);
    expect(await page.locator('.hs-node[data-site="account"] .insight-exit').count()).toBe(1);
    await page.getByRole('link', { name: 'account', exact: true }).click();
    await page.getByRole('heading', { name: /Calls/ }).waitFor();
    expect(page.url()).toContain('site=account');
  });

  it('leads from an arrow to the calls of the site that it leaves', async () => {
    const { page } = await opened();
    const label = page.locator('.hs-label[data-source="main"][data-target="account"]').first();
    await label.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await label.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.getByRole('heading', { name: /Calls/ }).waitFor();
    expect(page.url()).toContain('site=main');
  });

  it.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('has the days of %s, and leads to the calls of a day of it', async (zone) => {
    const { page } = await opened({}, `flow=office&zone=${encodeURIComponent(zone)}`);
    const link = page.getByRole('link', { name: /^\d{4}-\d\d-\d\d: 40 calls/ });
    const [day = ''] = ((await link.getAttribute('aria-label')) ?? '').split(':');
    await link.click();
    await page
      .getByText(/40 calls/)
      .first()
      .waitFor();
    const after = new URLSearchParams(page.url().split('?')[1]).get('startedAfter') ?? '';
    expect(new Date(after).toLocaleString('sv-SE', { timeZone: zone })).toBe(`${day} 00:00:00`);
  });

  it('puts the period before beside it, by the keyboard alone', async () => {
    const { page } = await opened();
    await page.getByRole('row', { name: 'All calls 40' }).waitFor();
    await page.getByLabel('Compared with').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('row', { name: 'All calls 40 0' }).waitFor();
    expect(page.url()).toContain('compare=before');
  });

  it('says what is missing where nothing is, and what to type', async () => {
    const { page } = await opened({}, 'flow=other');
    await page.getByRole('heading', { name: 'No call of other has ended in this period' }).waitFor();
    expect(await page.getByText('npx hookswitch simulate other flows/ --calls 100').count()).toBe(1);
  });

  it.each<[string, Look]>([
    ['insights.png', { size: { width: 1280, height: 1100 } }],
    ['insights-dark.png', { size: { width: 1280, height: 1100 }, theme: 'dark' }],
    ['insights-768.png', { size: { width: 768, height: 1000 } }],
    ['insights-390.png', { size: NARROW }],
    ['insights-390-dark.png', { size: NARROW, theme: 'dark' }],
    ['insights-compared.png', { size: { ...WIDE, height: 1100 } }],
  ])('has no violation that axe finds, and a picture: %s', async (name, look) => {
    const { page } = await opened(look, name.includes('compared') ? 'flow=office&compare=before' : 'flow=office');
    await page.getByRole('row', { name: /^account/ }).waitFor();
    await page.locator('.hs-node').first().waitFor();
    expect(await violations(page, name)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const png = await page.screenshot({ animations: 'disabled' });
    const folder = process.env['PICTURES_IN'] ?? (process.env['PICTURES'] === undefined || name !== 'insights.png' ? null : IMAGES);
    if (folder === null) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}`, png);
  });
});
