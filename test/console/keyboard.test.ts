import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { focused } from './support/in-page.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

describeInChromium('the keyboard on the console', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('presses the keys of the phone also after a click on the diagram, the 0 too', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await page.locator('.diagram-frame').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('0');
    await phone.waitsAt('main');
    await page.locator('[data-node="main"]').click();
    await page.keyboard.press('1');
    await phone.waitsAt('order');
    expect(await phone.conversation.locator('.line-me').allInnerTexts()).toEqual(['0', '1']);
    await phone.hangUp();
  });

  it('presses no keys once single-key shortcuts are switched off, and that stays so', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await page.getByRole('button', { name: 'Single-key shortcuts', pressed: true }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Single-key shortcuts', pressed: false }).waitFor();
    await phone.call('shop');
    await phone.waitsAt('main');
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Single-key shortcuts' }).click();
    await page.keyboard.press('1');
    await phone.waitsAt('order');
    expect(await phone.conversation.locator('.line-me').allInnerTexts()).toEqual(['1']);
    await phone.hangUp();
  });

  it('never loses the focus, and each page has its title', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    const at = async (): Promise<string> => `${(await focused(page)).name} | ${(await page.title()).replace(' · Hookswitch', '')}`;
    await phone.call('shop');
    await phone.waitsAt('main');
    await phone.hangUp();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Flow' }).waitFor();
    await expect.poll(at).toBe('Phone | Phone');
    await page.getByRole('link', { name: 'Calls' }).click();
    const row = page.locator('.row-link').first();
    await row.waitFor();
    await expect.poll(at).toBe('Calls | Calls');
    const started = await row.innerText();
    await row.press('Enter');
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await expect.poll(at).toMatch(/^\+6590000001 .* \| Call of \+6590000001 to \+6560000001$/s);
    await page.getByRole('button', { name: 'Copy as test' }).press('Enter');
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    await expect.poll(at).toMatch(/^Copy as test/);
    await page.goBack();
    await page.locator('.row-link:focus').waitFor();
    await expect.poll(at).toBe(`${started} | Calls`);
    await page.getByRole('link', { name: 'Diagram' }).click();
    await page.locator('[data-node="main"]').press('Enter');
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    await expect.poll(at).toMatch(/^main\s*, takes keys \| Diagram of shop$/);
    await page.locator('[data-node="main"]').press('Enter');
    await page.getByRole('button', { name: 'order', exact: true }).press('Enter');
    await expect.poll(at).toMatch(/^order \|/);
  });
});
