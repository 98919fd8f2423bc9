import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

describeInChromium('hookswitch dev while somebody calls', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('serves what was saved: the diagram and the next prompt are new, and the call goes on', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    const reloaded = dev.says(/Reloaded shop in \d+ ms/);
    dev.save('flows/shop.ts', shop().replace('Key in your order, four digits.', 'Which order is it?'));
    await reloaded;
    await page.locator('[data-node="order"] .hs-text').getByText('Which order is it?').waitFor();
    await phone.waitsAt('main');
    await phone.type('1');
    await phone.hears('Which order is it?');
    await phone.type('1234');
    await phone.hears('Your order is on its way.');
    await phone.hangUp();
  });

  it('shows file and line of what is wrong, and the last good version serves until it is mended', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    const refused = dev.says(/✗ flows\/shop\.ts:6:\d+ Does not compile: .*\n.*The last good version keeps serving/);
    dev.save('flows/shop.ts', shop().replace("say('Welcome to the shop.')", "say('Welcome to the shop.'"));
    await refused;
    const problem = page.getByRole('alert', { name: 'The flows could not be loaded' });
    await problem.getByText(/^flows\/shop\.ts:6:\d+$/).waitFor();
    expect(await problem.locator('.frame-marked').innerText()).toContain("yield say('Welcome to the shop.';");
    await phone.type('1');
    await phone.waitsAt('order');

    const reloaded = dev.says(/Reloaded shop/);
    dev.save('flows/shop.ts', shop());
    await reloaded;
    await problem.waitFor({ state: 'detached' });
    await phone.waitsAt('order');
    await phone.hangUp();
  });

  it('names the line that callers would trip over', async () => {
    const refused = dev.says(/✗ flows\/shop\.ts:7:\d+ .*\n.*It is served all the same/);
    dev.save('flows/shop.ts', shop({ main: '' }));
    await refused;
    const { page } = await openPage(dev.page);
    await page
      .getByRole('alert', { name: 'Callers would trip over this' })
      .getByText(/^flows\/shop\.ts:7:\d+$/)
      .waitFor();
    const reloaded = dev.says(/Reloaded shop/);
    dev.save('flows/shop.ts', shop());
    await reloaded;
  });

  it('serves a flow before it has explored it: its diagram comes when that is done', async () => {
    const slow = new DevProject({
      'flows/shop.ts': `import { existsSync, writeFileSync } from 'node:fs';
        import { setTimeout } from 'node:timers/promises';
        // The process that serves is the first to load this, the one that explores the second.
        while (existsSync('served') && !existsSync('go')) await setTimeout(10);
        writeFileSync('served', '');
        ${shop()}`,
    });
    try {
      await slow.opens();
      await slow.says(/Serving shop/, 0);
      const { page } = await openPage(slow.page);
      const phone = new Phone(page);
      await phone.call('shop');
      await phone.hears('Welcome to the shop.');
      await page.getByText('The flow is being explored.').waitFor();
      slow.save('go', '');
      await phone.waitsAt('main');
      await slow.says(/Checked every path: 5 sites/, 0);
    } finally {
      await slow.close();
    }
  });

  it('says that the flows are on their way while they load for the first time', async () => {
    const slow = new DevProject({
      'flows/shop.ts': `import { existsSync } from 'node:fs';
        import { setTimeout } from 'node:timers/promises';
        while (!existsSync('go')) await setTimeout(10);
        ${shop()}`,
    });
    try {
      await slow.opens();
      const { page } = await openPage(slow.page);
      await page.getByText('Loading the flows').waitFor();
      slow.save('go', '');
      await page.getByRole('combobox', { name: 'Flow' }).waitFor();
    } finally {
      await slow.close();
    }
  });

  it('says that it is gone, and comes back by itself when it was started again', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    expect(await dev.end()).toBe(0);
    await page.getByText('The connection to the server is lost.').waitFor();
    await dev.serve();
    await phone.hears('The call was ended: the server was restarted');
    await page.getByRole('status').getByText('Live').waitFor();
    await phone.button('New call').click();
    await phone.call('shop');
    await phone.waitsAt('main');
    await page.getByRole('link', { name: 'Calls' }).click();
    const outcomes = page.locator('.calls tbody .badge');
    await outcomes.filter({ hasText: 'Live' }).waitFor();
    await outcomes.filter({ hasText: 'Ended' }).first().waitFor();
  });
});
