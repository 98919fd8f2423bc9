import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';

/** A desk that is open on Mondays, in two languages, and asks twice. */
const desk = (more = ''): string => `import { capture, currentLanguage, defineFlow, now, openingHours } from '@hookswitch/dsl';
const hours = openingHours({ timeZone: 'Asia/Singapore', days: { mon: ['09:00-17:00'] } });
export default defineFlow(
  {
    name: 'desk',
    voices: { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' },
    language: 'en',
    examples: { at: ['2026-01-05T11:00:00+08:00', '2026-01-04T11:00:00+08:00'], direction: ['inbound', 'outbound'] },
  },
  function* () {
    for (const id of ['first', 'second']) {
      const state = hours.isOpen(yield* now()) ? 'open' : 'closed';
      const text = \`\${id}: \${state}, \${yield* currentLanguage()}${more}\`;
      yield* capture({ en: text, zh: text }, { id, maxDigits: 1 });
    }
  },
);
`;

describeInChromium('the time of a call on the page of hookswitch dev', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/desk.ts': desk() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  async function opened() {
    const { page } = await openPage(dev.page);
    const phone = new Phone(page);
    const choice = page.getByRole('combobox', { name: 'Time of the call' });
    return { page, phone, choice, strip: page.getByText('Clock set for this call') };
  }

  it('is an example of the flow, until the call is over and across a change of the flow', async () => {
    const { phone, choice, strip } = await opened();
    await choice.selectOption('Monday, 5 January 2026, 11:00 (+08:00)');
    await phone.call('desk');
    await phone.hears('first: open, en');
    expect(await strip.innerText()).toBe('Clock set for this call: Monday, 5 January 2026, 11:00 (+08:00)');
    await phone.waitsAt('first');
    const from = dev.terminal.length;
    dev.save('flows/desk.ts', desk('.'));
    await dev.says(/Checked every path/, from);
    await phone.click('1');
    await phone.hears('second: open, en.');
    await phone.hangUp();
    await phone.button('New call').click();
    expect(await choice.inputValue()).toBe('now');
    expect(await strip.count()).toBe(0);
  });

  it('is any time of any zone, and a zone that there is not is refused', async () => {
    const { page, phone, choice } = await opened();
    await choice.selectOption('Another time …');
    await page.getByLabel('Date and time').fill('2026-01-05T10:30');
    const zone = page.getByLabel('Time zone');
    await zone.fill('Asia/Nowhere');
    await phone.button('Call').click();
    expect(await page.getByRole('alert').innerText()).toBe('There is no time zone "Asia/Nowhere". Write one like Asia/Singapore.');
    await zone.fill('Europe/Berlin');
    await phone.button('Call').click();
    await phone.hears('first: closed');
    await page.getByText('Clock set for this call: Monday, 5 January 2026, 10:30 (+01:00)').waitFor();
    await phone.hangUp();
  });

  it('is told to a call that the flow makes, in the language that is chosen', async () => {
    const { page, phone, choice } = await opened();
    await page.getByLabel('The flow calls me').check();
    await choice.selectOption('Monday, 5 January 2026, 11:00 (+08:00)');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('zh');
    await phone.button('Let it call').click();
    await phone.button('Answer').click();
    await phone.hears('first: open, zh');
    await phone.hangUp();
  });
});
