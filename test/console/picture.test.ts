import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAX_BYTES = 300_000;

/** What `npm run pictures` writes into the documentation; at any other time it is only taken. */
function keep(name: string, png: Buffer): void {
  if (process.env['PICTURES'] === undefined) return;
  mkdirSync(`${ROOT}docs/images`, { recursive: true });
  writeFileSync(`${ROOT}docs/images/${name}`, png);
}

describeInChromium('the picture of the console in the documentation', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({});
    await dev.serve(`${ROOT}examples/restaurant`);
  });
  afterAll(() => dev.close());

  it('is of a call to an example, and small', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('restaurant');
    await phone.waitsAt('main');
    await phone.type('1');
    await phone.waitsAt('reservations');
    await phone.type('1');
    await phone.waitsAt('book/guests');
    await page.locator('[data-node="book/guests"] .hs-badge').waitFor();
    const png = await page.screenshot({ animations: 'disabled' });
    await phone.hangUp();
    expect(png.length).toBeLessThan(MAX_BYTES);
    keep('console.png', png);
  });

  it('is of a fork, with other words than then', async () => {
    const forked = new DevProject({ 'flows/shop.ts': shop() });
    onTestFinished(() => forked.close());
    await forked.serve();
    const { page } = await openPage(forked.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await phone.type('1');
    await phone.waitsAt('order');
    await phone.type('1234');
    await page.getByText('What does the other party do?').waitFor();
    await phone.hangUp();
    const from = forked.terminal.length;
    forked.save('flows/shop.ts', shop({ main: 'To hear where your parcel is press 1, to talk to us press 2.' }));
    await forked.says(/Reloaded/, from);
    await page.getByRole('link', { name: 'See how it went' }).click();
    await page.getByRole('link', { name: 'Fork from here, turn 1' }).click();
    await page.getByText('other words').waitFor();
    const png = await page.screenshot({ animations: 'disabled' });
    expect(png.length).toBeLessThan(MAX_BYTES);
    keep('fork.png', png);
  });

  it('is of a call that waits for a signal', async () => {
    const waiting = new DevProject({});
    onTestFinished(() => waiting.close());
    await waiting.serve(`${ROOT}examples/payment`);
    const { page } = await openPage(waiting.page);
    const phone = new Phone(page);
    await phone.call('payment');
    await phone.waitsAt('order');
    await phone.type('4711');
    await page.getByRole('region', { name: 'Signal paid' }).waitFor();
    await phone.hears('Take your time.');
    const png = await page.screenshot({ animations: 'disabled' });
    await phone.hangUp();
    expect(png.length).toBeLessThan(MAX_BYTES);
    keep('signal.png', png);
  });

  it('is of a diagram with a site that was chosen, and of what tests reach', async () => {
    const { page } = await openPage(`${dev.page}#/diagram/restaurant?site=book%2Fguests`);
    await page.getByRole('complementary', { name: 'Site book/guests' }).waitFor();
    keep('diagram.png', await page.screenshot({ animations: 'disabled' }));
    await page.getByRole('radio', { name: 'Tests' }).check({ force: true });
    await page.locator('.layer-note, .hs-edge.hs-taken').first().waitFor({ state: 'attached' });
    const png = await page.screenshot({ animations: 'disabled' });
    expect(png.length).toBeLessThan(MAX_BYTES);
  });
});
