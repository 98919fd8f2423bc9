import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { covered, focused, overflowing } from './support/in-page.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

describeInChromium('a fork of a call', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  /** A call that asked for an order and hung up at the clerk. */
  async function called(page: Page): Promise<void> {
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await phone.type('1');
    await phone.waitsAt('order');
    await phone.type('1234');
    await page.getByText('What does the other party do?').waitFor();
    await phone.hangUp();
    await page.getByRole('link', { name: 'See how it went' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
  }

  it('is played by the keyboard alone, on the code as it is now, and becomes a test that passes', async () => {
    const { page } = await openPage(dev.page);
    await called(page);
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let steps = 0; steps < 60 && !name.test((await focused(page)).name); steps++) await page.keyboard.press('Tab');
      const now = await focused(page);
      expect([now.name, now.isSeen]).toEqual([expect.stringMatching(name), true]);
    };
    await tabTo(/^Fork from here.*turn 1$/s);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'shop, from turn 1' }).waitFor();
    await expect.poll(async () => (await focused(page)).name).toBe('shop, from turn 1');
    await page.getByText('Press keys.').waitFor();
    await page.keyboard.type('1234');
    const log = page.getByRole('log', { name: 'What is heard' });
    await log.getByText('Your order is on its way.').waitFor();
    await tabTo(/^No answer$/);
    await page.keyboard.press('Enter');
    await page.getByText('The flow hung up.').waitFor();
    await log.getByText('Nobody is free. Goodbye.').waitFor();
    await tabTo(/^Save as test$/);
    await page.keyboard.press('Enter');
    const code = page.getByRole('region', { name: 'Code of the test' });
    await code.waitFor();
    dev.save('flows/forked.test.ts', await code.innerText());
    expect(await dev.vitest()).toMatchObject({ code: 0 });
    await tabTo(/^Close$/);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focused(page)).name).toBe('Save as test');
    expect(await violations(page, 'a fork')).toEqual([]);
  });

  it('shows what was heard then beside what is heard now, keeps what was done, and takes it back', async () => {
    const { page } = await openPage(dev.page);
    await called(page);
    await page.getByRole('link', { name: 'Fork from here, turn 0' }).click();
    const log = page.getByRole('log', { name: 'What is heard' });
    await log.getByText('as then').first().waitFor();
    const from = dev.terminal.length;
    dev.save('flows/shop.ts', shop({ greeting: 'Hello from the shop.' }));
    await dev.says(/Reloaded/, from);
    await expect.poll(() => log.locator('del').allInnerTexts()).toEqual(['Welcome', 'to']);
    await expect.poll(() => log.locator('ins').allInnerTexts()).toEqual(['Hello', 'from']);
    const keypad = page.getByRole('group', { name: 'Keypad' });
    await keypad.getByRole('button').filter({ hasText: '2' }).first().click();
    await page.getByText('Connecting to').waitFor();
    await page.reload();
    await page.getByText('Connecting to').waitFor();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Press keys.').waitFor();
    expect(await violations(page, 'a fork in other words')).toEqual([]);
    dev.save('flows/shop.ts', shop());
  });

  it('has room on every screen, and says it where there is no such turn', async () => {
    const { page } = await openPage(dev.page);
    await called(page);
    await page.getByRole('link', { name: 'Fork from here, turn 1' }).click();
    await page.getByText('Press keys.').waitFor();
    for (const width of [1280, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await overflowing(page), await covered(page)]).toEqual([width, [], []]);
    }
    const address = page.url().replace('turn=1', 'turn=77');
    await page.goto(address);
    await page.getByRole('alert').getByText('The call has no turn 77.').waitFor();
  });
});
