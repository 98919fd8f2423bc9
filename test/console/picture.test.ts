import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';

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
});
