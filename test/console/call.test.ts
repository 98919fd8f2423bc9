import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';
import { shop } from './support/shop.ts';

describeInChromium('a call on the page of hookswitch dev', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop(), 'flows/taxi.ts': shop().replace("name: 'shop'", "name: 'taxi'") });
    await dev.serve();
  });
  afterAll(() => dev.close());

  /** Calls the shop about an order, is connected, and hangs up at the last question. */
  async function callAboutAnOrder(phone: Phone): Promise<void> {
    await phone.call('shop');
    await phone.waitsAt('main');
    await phone.click('1');
    await phone.waitsAt('order');
    await phone.type('1234');
    await phone.hears('Your order is on its way.');
    await phone.button('Answers').click();
    await phone.button('The other party hangs up').click();
    await phone.waitsAt('helped');
    await phone.hangUp();
  }

  it('goes by keypad and keyboard to a bridge and a hang-up, lit on the diagram, and asks nobody but its server', async () => {
    const { page, requests } = await openPage(dev.page);
    const phone = new Phone(page);
    await callAboutAnOrder(phone);
    const said = await phone.conversation.locator('p').allInnerTexts();
    expect(said.filter((line) => !/^(Ringing|Calling|\+|The other party)/.test(line))).toEqual([
      'Welcome to the shop.',
      'For your order press 1, to talk to us press 2.',
      '1',
      'Key in your order, four digits.',
      '1 2 3 4',
      'Your order is on its way.',
      'Were you helped? Press 1 for yes, 2 for no.',
      'You hung up',
    ]);
    await phone.lit.waitFor({ state: 'detached' });
    expect(requests.filter(({ url }) => !url.startsWith(dev.page))).toEqual([]);
  });

  it('is told by its timeline, and becomes a test that passes', async () => {
    const { page } = await openPage(dev.page);
    await callAboutAnOrder(new Phone(page));
    await page.getByRole('link', { name: 'See how it went' }).click();
    const timeline = page.locator('.timeline');
    await timeline.getByText('Session over: COMPLETED').waitFor();
    expect(await timeline.locator('.came').allInnerTexts()).toEqual([
      'Call received',
      'Pressed 1',
      'Pressed 1234',
      expect.stringMatching(/^Bridge (?:answered, and over after \d+ s|over)/),
    ]);
    await timeline.getByText('find-order').waitFor();
    const first = timeline.locator('.entry').first();
    await first.getByText('Answer', { exact: true }).click();
    await first.getByText('"clientActionId": "main.0"').waitFor();

    await page.getByRole('button', { name: 'Copy as test' }).click();
    const fileName = await page.locator('.test-head code').innerText();
    await page.getByRole('status').getByText('Copied.').waitFor();
    dev.save(`flows/${fileName}`, await page.evaluate<string>('navigator.clipboard.readText()'));
    const { code, output } = await dev.vitest();
    expect([code, output]).toEqual([0, expect.stringMatching(/Tests .*1 passed/)]);
  });

  it('leaves a journal that can be downloaded', async () => {
    const { page } = await openPage(dev.page);
    await callAboutAnOrder(new Phone(page));
    await page.getByRole('link', { name: 'See how it went' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download journal' }).click();
    const download = await downloading;
    const file = join(dev.folder, 'journal.json');
    await download.saveAs(file);
    expect(download.suggestedFilename()).toMatch(/^journal-.*\.json$/);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      format: 'hookswitch-journal',
      flow: 'shop',
      entries: [{ site: 'main' }, { site: 'order' }, { site: 'find-order' }, { site: 'clerk' }, { site: 'helped' }],
    });
  });

  it('goes on after the page was loaded anew', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await page.reload();
    await phone.hears('Welcome to the shop.');
    await phone.waitsAt('main');
    await phone.type('1');
    await phone.waitsAt('order');
    await phone.hangUp();
  });

  it('stays with its flow while somebody looks at other pages, and after it', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    const shown = page.getByRole('region', { name: 'Diagram of taxi.' });
    await phone.call('taxi');
    await phone.waitsAt('main');
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.locator('.calls tbody tr').first().waitFor();
    await page.getByRole('link', { name: 'Phone' }).click();
    await phone.hangUp();
    await shown.waitFor();
    await phone.button('New call').click();
    await shown.waitFor();
    expect(await page.getByRole('combobox', { name: 'Flow' }).inputValue()).toBe('taxi');
  });

  it('is placed by the flow, and answered or not', async () => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    for (const deed of ['Answer', 'Busy']) {
      await page.getByRole('radio', { name: 'The flow calls me' }).check();
      await phone.button('Let it call').click();
      await phone.button(deed).click();
      if (deed === 'Answer') {
        await phone.waitsAt('main');
        await phone.hangUp();
      }
      await phone.button('New call').click();
    }
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.locator('.calls tbody tr').nth(1).getByText('outbound').waitFor({ state: 'attached' });
  });

  it.each([
    ['Busy', 'It is busy'],
    ['No answer', 'Nobody answers'],
    ['Declines', 'The call is declined'],
  ])('is told when the other party is asked for, and what comes of it: %s', async (deed, outcome) => {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    await phone.call('shop');
    await phone.waitsAt('main');
    await phone.type('2');
    await phone.button(deed).click();
    await phone.hears(outcome);
    await phone.hears('Nobody is free. Goodbye.');
    await phone.isOver();
    await phone.hears('The flow hung up');
  });
});
