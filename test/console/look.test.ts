import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeInChromium, NARROW, openPage, WIDE } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { focused, overflowing, unreadableTexts } from './support/in-page.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

const MAX_TABS = 60;

describeInChromium('the look of the console', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  /** What is wrong with the page as it stands, in both themes. */
  async function flaws(page: Page, where: string): Promise<readonly string[]> {
    const found = (await overflowing(page)).map((name) => `${where}: ${name} is too wide`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const text of await unreadableTexts(page)) found.push(`${where}, ${colorScheme}: ${text}`);
    }
    return found;
  }

  it('is readable in both themes, and fits a phone, on every page', async () => {
    const { page } = await openPage(dev.page, { size: NARROW });
    const phone = new Phone(page);
    const found: string[] = [];
    const look = async (where: string): Promise<void> => void found.push(...(await flaws(page, where)));
    const go = (hash: string): Promise<unknown> => page.goto(`${dev.page}#/${hash}`);

    await go('calls');
    await page.getByText('No calls yet').waitFor();
    await look('no calls');
    await go('phone');
    await page.locator('.hs-node').first().waitFor();
    await look('phone');
    await phone.call('shop');
    await phone.waitsAt('main');
    await look('a call');
    await phone.type('2');
    await phone.button('Answers').waitFor();
    await look('the other phone rings');
    await phone.button('Answers').click();
    await phone.button('The other party hangs up').waitFor();
    await look('a bridge');
    await go('calls');
    await page.locator('.calls tbody tr').waitFor();
    await page.getByRole('combobox', { name: 'Search calls' }).fill('ended-by:');
    await page.getByRole('option', { name: 'ended-by:caller' }).waitFor();
    await look('calls');
    await go('diagram/shop?site=main');
    await page.getByRole('heading', { name: 'main' }).waitFor();
    await look('diagram');
    await go('phone');
    await phone.hangUp();
    await look('the end');
    await page.getByRole('link', { name: 'See how it went' }).click();
    await page.getByRole('button', { name: 'Copy as test' }).click();
    await page.locator('.test').waitFor();
    await page.getByText('Webhook').first().click();
    await look('a timeline');
    await go('nowhere');
    await page.getByText('There is no such page').waitFor();
    await look('nowhere');
    dev.save('flows/shop.ts', shop().replace('yield say', 'yield say)'));
    await page.getByRole('alert').waitFor();
    await look('a problem');
    expect(found).toEqual([]);
    const mended = dev.says(/Reloaded/);
    dev.save('flows/shop.ts', shop());
    await mended;
  });

  it('fills its window and no more, with a panel beside the diagram and a problem above it', async () => {
    const { page } = await openPage(`${dev.page}#/diagram/shop?site=main`);
    const heights = (): Promise<unknown> => page.evaluate('[document.documentElement.scrollHeight, innerHeight]');
    await page.getByRole('complementary', { name: 'Site main' }).waitFor();
    expect(await heights()).toEqual([WIDE.height, WIDE.height]);
    dev.save('flows/shop.ts', shop().replace('yield say', 'yield say)'));
    await page.getByRole('alert').waitFor();
    expect(await heights()).toEqual([WIDE.height, WIDE.height]);
    await page.getByRole('link', { name: 'Phone' }).click();
    await page.locator('[data-node="main"]').click();
    await page.getByRole('complementary', { name: 'Site main' }).waitFor();
    expect(await heights()).toEqual([WIDE.height, WIDE.height]);
    const mended = dev.says(/Reloaded/);
    dev.save('flows/shop.ts', shop());
    await mended;
  });

  it('begins at the top of the page that a link leads to, with the filters in sight that it brings', async () => {
    const { page } = await openPage(dev.page, { size: NARROW });
    await page.locator('[data-node="main"]').click();
    await page.getByRole('link', { name: 'Calls that stand or ended here' }).click();
    await page.getByRole('button', { name: 'Leave out site: main' }).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    expect(await page.getByRole('combobox', { name: 'Search calls' }).inputValue()).toBe('flow:shop site:main ');
  });

  it('is measured by rules that find flaws', async () => {
    const { page } = await openPage(dev.page, { size: NARROW });
    await page.locator('.hs-node').first().waitFor();
    await page.evaluate("document.querySelector('.phone-hint').style.cssText = 'color: #888; width: 900px'");
    expect(await flaws(page, 'phone')).toEqual([
      'phone: p.phone-hint is too wide',
      expect.stringMatching(/^phone, light: This machine plays 8x8.*: 3\.\d+$/),
    ]);
  });

  it('needs no mouse, and shows where the focus is', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await page.locator('.hs-node').first().waitFor();
    const unseen: string[] = [];
    const tabTo = async (wanted: string): Promise<void> => {
      for (let tabs = 0; tabs < MAX_TABS; tabs++) {
        const { name, isSeen } = await focused(page);
        if (tabs > 0 && !isSeen) unseen.push(name);
        if (name === wanted) return page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
      }
      throw new Error(`The key Tab never came to "${wanted}".`);
    };
    await tabTo('Call');
    await phone.waitsAt('main');
    await page.keyboard.press('2');
    await phone.button('Answers').waitFor();
    await tabTo('Answers');
    await phone.button('The other party hangs up').waitFor();
    await tabTo('The other party hangs up');
    await phone.waitsAt('helped');
    await tabTo('Hang up');
    await phone.isOver();
    expect(await focused(page)).toMatchObject({ name: 'New call' });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await tabTo('Copy as test');
    await page.locator('.test').waitFor();
    expect(unseen).toEqual([]);
  });
});
