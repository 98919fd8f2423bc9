import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage, WIDE } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { covered, overflowing, unreadableTexts } from './support/in-page.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

/** A flow that speaks from right to left. */
const CLINIC = `import { capture, defineFlow } from '@hookswitch/dsl';
export default defineFlow({ name: 'clinic', voice: 'ar-EG-Hoda' }, function* () {
  yield* capture('مرحبا. اضغط 1.', { id: 'main' });
});
`;

/** What a window of the usual size has left for its page at 200 %. */
const ZOOMED = { width: WIDE.width / 2, height: WIDE.height / 2 };

describeInChromium('the console, for those who see it otherwise', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop(), 'flows/clinic.ts': CLINIC });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('covers no button at 200 %, on any page', async () => {
    const { page } = await openPage(dev.page, { size: ZOOMED });
    const phone = new Phone(page);
    const found: string[] = [];
    const look = async (where: string): Promise<void> =>
      void found.push(...[...(await overflowing(page)), ...(await covered(page))].map((flaw) => `${where}: ${flaw}`));
    await page.locator('.hs-node').first().waitFor();
    await look('phone');
    await phone.call('shop');
    await phone.waitsAt('main');
    await look('a call');
    await phone.hangUp();
    await look('the end');
    await page.goto(`${dev.page}#/calls`);
    await page.locator('.row-link').first().waitFor();
    await look('calls');
    await page.locator('.row-link').first().click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await look('what happened');
    await page.goto(`${dev.page}#/diagram/shop?site=main`);
    await page.getByRole('complementary', { name: 'Site main' }).waitFor();
    await look('diagram');
    expect(found).toEqual([]);
  });

  it('finds what is covered, and what is too dim', async () => {
    const { page } = await openPage(`${dev.page}#/calls`, { size: ZOOMED });
    await page.getByRole('combobox', { name: 'Search calls' }).waitFor();
    await page.evaluate(`
      const style = new CSSStyleSheet();
      style.replaceSync('::placeholder { color: #999 !important } body::after { content: ""; position: fixed; inset: 0; z-index: 9 }');
      document.adoptedStyleSheets = [style];
    `);
    expect(await covered(page)).toContain('Hookswitch: BODY .null');
    expect((await unreadableTexts(page)).join()).toMatch(/placeholder flow:support .*: [12]\.\d+/);
  });

  it('shows the current page in the colours of the system', async () => {
    const { page } = await openPage(dev.page);
    await page.emulateMedia({ forcedColors: 'active' });
    await page.locator('.top nav a').nth(1).waitFor();
    const lines = await page.evaluate<readonly (readonly [string | null, string])[]>(
      "[...document.querySelectorAll('.top nav a')].map((link) => [link.getAttribute('aria-current'), getComputedStyle(link).borderBottomColor])",
    );
    const [current] = lines.filter(([is]) => is === 'page');
    const others = lines.filter(([is]) => is === null);
    expect(others.length).toBeGreaterThan(0);
    expect(others.map(([, colour]) => colour)).not.toContain(current?.[1]);
  });

  it('has what callers hear in its language and direction', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    const said = phone.conversation.getByText('مرحبا. اضغط 1.');
    await phone.call('clinic');
    await phone.waitsAt('main');
    expect([await said.getAttribute('lang'), await said.getAttribute('dir')]).toEqual(['ar-EG', 'rtl']);
    await phone.hangUp();
  });

  it('tells what is lit in both themes', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await page.locator('.hs-came .hs-line').first().waitFor({ state: 'attached' });
    const dim: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      dim.push(...(await unreadableTexts(page)));
    }
    expect(dim).toEqual([]);
    await phone.hangUp();
  });
});
