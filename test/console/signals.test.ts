import { hookswitchConsole } from '@hookswitch/console';
import { defineFlow, say, waitFor } from '@hookswitch/dsl';
import { startServer } from '@hookswitch/runtime';
import { createPlatform } from '@hookswitch/simulator';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { covered, focused } from './support/in-page.ts';
import { Phone } from './support/phone.ts';

const TOKENS = { boss: 'a-token-that-nobody-guesses', desk: 'a-token-of-the-front-desk' };

/** Takes amounts above 0, as a schema of Zod would. */
const SCHEMA = `{ '~standard': { version: 1, vendor: 'test', validate: (value) =>
  value?.amount > 0 ? { value } : { issues: [{ message: 'must be more than 0', path: ['amount'] }] } } }`;
const SHOP = `import { defineFlow, say, subflow, waitFor } from '@hookswitch/dsl';

const pay = subflow('pay', function* () {
  return yield* waitFor('paid', { schema: ${SCHEMA}, timeout: '1h', hold: [say('Still waiting.')], examples: { little: { amount: 5 }, 'a lot': { amount: 5000 } } });
});

export default defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS' }, function* () {
  const paid = yield* pay();
  yield say(paid.arrived ? \`We have got \${paid.value.amount}.\` : 'We have not got it.');
  const code = yield* waitFor('approved', { timeout: '1h', hold: [say('Nearly done.')] });
  yield say(\`Approved: \${JSON.stringify(code)}.\`);
});
`;

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 60 && !name.test((await focused(page)).name); steps++) await page.keyboard.press('Tab');
  const now = await focused(page);
  expect([now.name, now.isSeen]).toEqual([expect.stringMatching(name), true]);
}

describeInChromium('signals on the console', () => {
  it('are sent from the phone by the keyboard: an example, any JSON, and what does not fit is refused there', async () => {
    const dev = new DevProject({ 'flows/shop.ts': SHOP });
    onTestFinished(() => dev.close());
    await dev.serve();
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    const wait = page.getByRole('region', { name: 'Signal paid' });
    await wait.waitFor();
    await phone.hears('Still waiting.');
    expect(await wait.getByRole('button').allInnerTexts()).toEqual(['little', 'a lot', 'Send the signal']);
    await tabTo(page, /^little$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('{"amount": 0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The value is no JSON').waitFor();
    await wait.getByRole('textbox').fill('{"amount": 0}');
    await wait.getByRole('button', { name: 'Send the signal' }).press('Enter');
    await page.getByRole('alert').getByText('must be more than 0').waitFor();
    expect(await violations(page, 'a refused signal')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await covered(page)).toEqual([]);
    await tabTo(page, /^a lot$/);
    await page.keyboard.press('Enter');
    await phone.hears('We have got 5000.');
    await page.getByRole('status').getByText('The signal paid was taken: the flow goes on.').waitFor();
    // The place is gone, and the focus is not lost with it.
    await expect.poll(async () => (await focused(page)).name).toMatch(/Phone/);
    const approved = page.getByRole('region', { name: 'Signal approved' });
    await approved.getByLabel('Value (JSON)').fill('7');
    await approved.getByRole('button', { name: 'Send the signal' }).press('Enter');
    await phone.hears('Approved: {"arrived":true,"value":7}.');
    await phone.isOver();
    await page.getByRole('link', { name: 'See how it went' }).click();
    await page.getByText('Signal paid: taken by the flow').waitFor();
    await page.getByText('Signal approved: taken by the flow').waitFor();
  });

  it('are sent from the page of a call by whoever may operate; whoever only reads sees what is waited for', async () => {
    const flow = defineFlow({ name: 'office', voice: 'en-US-BenjaminRUS' }, function* () {
      const options = { timeout: '1h', hold: [say('Still waiting.')], examples: { yes: true } } as const;
      const { arrived } = yield* waitFor('approved', options);
      yield say(arrived ? 'It was approved.' : 'It was not.');
    });
    const server = await startServer({
      flows: [flow],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [`boss:admin:${TOKENS.boss}`, `desk:read:${TOKENS.desk}`],
      port: 0,
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
    const platform = createPlatform({ webhookUrls: `${server.url}/webhooks` });
    onTestFinished(async () => {
      await platform.close();
      await server.close();
    });
    const call = platform.inboundCall({ from: '+6591178965', to: '+6568332048' });
    const openCall = async (token: string): Promise<Page> => {
      const { page } = await openPage(`${server.url}/console/#/calls`);
      await page.getByLabel('API token').fill(token);
      await page.getByRole('button', { name: 'Open' }).click();
      await page.locator('.row-link').first().click();
      await page.getByRole('region', { name: 'Signal approved' }).waitFor();
      return page;
    };
    await call.ready();
    const reader = await openCall(TOKENS.desk);
    await reader.getByText('Waits for the signal approved, 1 h 0 min at most').waitFor();
    expect(await reader.getByRole('region', { name: 'Signal approved' }).getByRole('button').count()).toBe(0);
    const page = await openCall(TOKENS.boss);
    expect(await violations(page, 'a call that waits')).toEqual([]);
    await page.getByRole('button', { name: 'yes', exact: true }).press('Enter');
    await page.getByText('The signal approved was taken: the flow goes on.').waitFor();
    await page.getByText('Signal approved: taken by the flow').waitFor();
    await reader.getByRole('region', { name: 'Signal approved' }).waitFor({ state: 'detached' });
    const audit = await fetch(`${server.url}/audit`, { headers: { authorization: `Bearer ${TOKENS.boss}` } });
    expect(await audit.json()).toMatchObject({ entries: [{ action: 'call.signal', label: 'boss', result: 202 }] });
  });
});
