import { hookswitchConsole } from '@hookswitch/console';
import { capture, defineFlow } from '@hookswitch/dsl';
import { startServer } from '@hookswitch/runtime';
import { createPlatform } from '@hookswitch/simulator';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

const TOKEN = 'a-token-that-nobody-guesses';

describeInChromium('the console of hookswitch dev, examined by axe', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('has no violation on any page, in any state', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    const found: string[] = [];
    const examine = async (where: string): Promise<void> => void found.push(...(await violations(page, where)));
    const go = (hash: string): Promise<unknown> => page.goto(`${dev.page}#/${hash}`);

    await go('calls');
    await page.getByText('No calls yet').waitFor();
    await examine('no calls');
    await go('phone');
    await page.locator('.hs-node').first().waitFor();
    await examine('phone');
    await phone.call('shop');
    await phone.waitsAt('main');
    await examine('a call');
    await phone.type('2');
    await phone.button('Answers').waitFor();
    await examine('the other phone rings');
    await phone.button('Answers').click();
    await phone.button('The other party hangs up').waitFor();
    await page.locator('[data-node="clerk"]').click();
    await examine('a bridge, with a panel');
    await go('calls');
    await page.locator('.calls tbody tr').waitFor();
    await examine('calls');
    await go('calls?outcome=gone');
    await page.getByText('there is no "gone"').waitFor();
    await examine('a made-up filter');
    await go('diagram/shop?site=main');
    await page.getByRole('heading', { name: 'main' }).waitFor();
    await examine('diagram');
    await go('diagram/shop?site=nowhere');
    await page.getByText('has no site of this name').waitFor();
    await examine('a made-up site');
    await go('diagram/shpo');
    await page.getByRole('alert').waitFor();
    await examine('a made-up flow');
    await go('phone');
    await phone.hangUp();
    await examine('the end');
    await page.getByRole('link', { name: 'See how it went' }).click();
    await page.getByRole('button', { name: 'Copy as test' }).click();
    await page.locator('.test').waitFor();
    await page.getByText('Webhook').first().click();
    await examine('a timeline, with a test');
    await go('calls/nobody');
    await page.getByText('There is no call with this id').waitFor();
    await examine('a made-up call');
    await go('nowhere');
    await page.getByText('There is no such page').waitFor();
    await examine('a made-up page');
    dev.save('flows/shop.ts', shop().replace('yield say', 'yield say)'));
    await page.getByRole('alert').waitFor();
    await examine('a problem');
    expect(found).toEqual([]);
  });
});

describeInChromium('the console in production, examined by axe', () => {
  it('has no violation at its gate, with calls and without', async () => {
    const flow = defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
      yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
    });
    const server = await startServer({
      flows: [flow],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [TOKEN],
      port: 0,
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
    const platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
    onTestFinished(async () => {
      await platform.close();
      await server.close();
    });
    const { page } = await openPage(`${server.url}/console/#/calls`);
    const found: string[] = [];
    const examine = async (where: string): Promise<void> => void found.push(...(await violations(page, where)));
    const open = async (token: string): Promise<void> => {
      await page.getByLabel('API token').fill(token);
      await page.getByRole('button', { name: 'Open' }).click();
    };
    await open('another');
    await page.getByText('The server does not know this token.').waitFor();
    await examine('the gate');
    await open(TOKEN);
    await page.getByText('No calls yet').waitFor();
    await examine('no calls');
    await platform.inboundCall({ from: '+6591178965', to: '+6568332048' }).ready();
    await page.locator('.row-link').first().waitFor();
    await examine('calls');
    await page.locator('.row-link').first().click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await examine('a live call');
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('No entries').waitFor();
    await examine('an empty audit list');
    await fetch(`${server.url}/calls/nobody`, { method: 'DELETE', headers: { authorization: `Bearer ${TOKEN}` } });
    await page.reload();
    await page.locator('.audit tbody tr').first().waitFor();
    await examine('an audit list');
    expect(found).toEqual([]);
  });
});
