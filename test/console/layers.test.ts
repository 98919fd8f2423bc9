import { hookswitchConsole } from '@hookswitch/console';
import { defineFlow, menu, say } from '@hookswitch/dsl';
import { startServer } from '@hookswitch/runtime';
import { createPlatform } from '@hookswitch/simulator';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { shop } from './support/shop.ts';

const REPORTER = `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { reporters: ['default', '@hookswitch/dsl/coverage'] } });
`;
const FIRST = `import { startCall } from '@hookswitch/dsl/testing';
import { it } from 'vitest';
import shop from './shop.ts';

it('asks for an order', async () => {
  const call = await startCall(shop);
  await call.press('1');
});
`;

describeInChromium('the layer of tests', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop(), 'vitest.config.ts': REPORTER });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('says what to run, shows what tests took as soon as they have run, and copies a test that takes what none did', async () => {
    const { page } = await openPage(`${dev.page}#/diagram/shop?layer=tests`);
    const row = (name: string) => page.locator(`.outline-row[data-row="${name}"] .outline-figure`);
    await page.getByText('There is no .hookswitch/coverage.json yet').waitFor();
    expect(await page.locator('.layer-note code').innerText()).toContain('--reporter=@hookswitch/dsl/coverage');
    dev.save('flows/shop.test.ts', FIRST);
    expect((await dev.vitest()).code).toBe(0);
    await row('order').getByText('✓').waitFor();
    expect(await row('clerk').innerText()).toBe('none');
    const edge = (target: string) => page.locator(`.hs-edge[data-source="main"][data-target="${target}"]`);
    expect(await edge('order').getAttribute('class')).toContain('hs-taken');
    expect(await edge('clerk').first().getAttribute('class')).toContain('hs-untaken');

    await page.locator('.outline-row[data-row="main"]').click();
    await page.getByText('shop.test.ts > asks for an order').waitFor();
    expect(await violations(page, 'the layer of tests')).toEqual([]);
    await page.getByRole('button', { name: /^Copy a test that goes this way\s*: 2, to clerk$/ }).click();
    await page.getByText('Copied.').waitFor();
    const code = await page.evaluate<string>('navigator.clipboard.readText()');
    const file = await page.locator('.way-test code').first().innerText();
    expect(file).toBe('shop.main-2.test.ts');
    dev.save(`flows/${file}`, code);
    const ran = await dev.vitest();
    expect([ran.code, ran.output]).toEqual([0, expect.stringContaining('2 passed')]);
    await row('clerk').getByText('✓').waitFor();
  });
});

const TOKEN = 'a-token-that-nobody-guesses';

const office = defineFlow({ name: 'office', voice: 'en-US-BenjaminRUS' }, function* () {
  const wing = yield* menu(
    'For the east wing press 1, for the west wing press 2.',
    { 1: 'east', 2: 'west' },
    { id: 'main', otherwise: 'east' },
  );
  yield* menu(`The ${wing} wing. To hear it again press 1.`, { 1: 'again' }, { id: wing, otherwise: 'again' });
  yield say('Goodbye.');
});

describeInChromium('the layer of insights', () => {
  it('says what is missing, counts few calls and gives shares of many, and shows the last ones at a site', async () => {
    const server = await startServer({
      flows: [office],
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
    const callTo = async (wing: string): Promise<void> => {
      const call = platform.inboundCall({ from: '+6591178965', to: '+6568332048' });
      await call.ready();
      if (wing !== '') await call.press(wing);
      await call.hangUp();
    };
    const { page } = await openPage(`${server.url}/console/#/diagram/office?layer=insights`);
    await page.getByLabel('API token').fill(TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('No call of version 1 of office has ended within the last 7 days.').waitFor();
    expect(await page.locator('.layer-note code').innerText()).toBe('npx hookswitch calls list --flow office');
    for (const wing of ['1', '2', '1', '']) await callTo(wing);
    const figure = (target: string) => page.locator(`.hs-label[data-source="main"][data-target="${target}"] .hs-figure`);
    await page.reload();
    await figure('east').getByText('2', { exact: true }).waitFor();
    await callsAreMany(callTo);
    await page.reload();
    await figure('east').getByText('68 % · 27', { exact: true }).waitFor();
    expect(await page.locator('.hs-node[data-node="main"] .hs-figure').allTextContents()).toEqual([
      '100 % came',
      '5 % left',
      expect.stringMatching(/ s$|^$/),
    ]);
    await page.locator('.outline-row[data-row="main"]').focus();
    await page.getByRole('tooltip').getByText('Recent calls at main').waitFor();
    await page.getByRole('tooltip').getByText('The caller hung up').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Site main' });
    await panel.locator('.recent a').nth(1).waitFor();
    expect(await panel.locator('.way-note').allInnerTexts()).toContain('68 % · 27');
    expect(await violations(page, 'the layer of insights')).toEqual([]);
  });
});

/** 40 calls in all: 27 to the east wing, 11 to the west, and two that gave up. */
async function callsAreMany(callTo: (wing: string) => Promise<void>): Promise<void> {
  for (const wing of [...Array<string>(25).fill('1'), ...Array<string>(10).fill('2'), '']) await callTo(wing);
}
