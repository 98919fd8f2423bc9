import { hookswitchConsole } from '@hookswitch/console';
import { defineFlow, say, settings } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, type Look, NARROW, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { Phone } from './support/phone.ts';
import { keepPicture } from './support/pictures.ts';

const TOKENS = { Anna: 'a-token-that-nobody-guesses', Bob: 'another-that-nobody-guesses', Wall: 'a-third-that-nobody-guesses' };

const line = settings({
  closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
  notice: { kind: 'text', default: null, label: 'Notice', maxLength: 60 },
  agent: { kind: 'phone', default: '+6531589338', label: 'Agent' },
  tries: { kind: 'number', default: 3, min: 1, max: 5, integer: true, label: 'Tries' },
  menu: { kind: 'choice', choices: ['short', 'long'], default: 'long', label: 'Menu' },
  music: { kind: 'audio', default: null, label: 'Music' },
});
const support = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
  const { notice } = yield* line.read();
  if (notice !== null) yield say(notice);
  yield say('Goodbye.');
});
const plain = defineFlow({ name: 'plain', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Goodbye.');
});

describeInChromium('the page of settings', () => {
  let server: RunningServer;
  const serve = async (flows: Parameters<typeof startServer>[0]['flows'], store = 'memory'): Promise<void> => {
    server = await startServer({
      ...{ flows, store, allowUnverified: true, port: 0, logLevel: 'silent' },
      apiTokens: [`Anna:operate:${TOKENS.Anna}`, `Bob:operate:${TOKENS.Bob}`, `Wall:read:${TOKENS.Wall}`],
      extend: (app) => app.register(hookswitchConsole),
    });
  };
  beforeEach(() => serve([{ flow: support, numbers: ['+6531589000'] }, plain]));
  afterEach(() => server.close());

  async function opened(who: keyof typeof TOKENS = 'Anna', look: Look = {}): Promise<Page> {
    const { page } = await openPage(`${server.url}/console/#/settings`, look);
    await page.getByLabel('API token').fill(TOKENS[who]);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'What was changed' }).waitFor();
    return page;
  }

  /** What somebody else does meanwhile, through the API. */
  async function put(path: string, body: object, token = TOKENS.Bob): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/settings/${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
  }

  const form = (page: Page, name: string | RegExp) => page.getByRole('form', { name });

  it('has a form of its declaration for each kind, and says at the field what the server refuses', async () => {
    const page = await opened();
    const cases = [
      ['Tries', 'Tries', '9', /must be a whole number from 1 to 5/],
      ['Agent', 'Agent', '12ab', /./],
    ] as const;
    for (const [label, field, typed, says] of cases) {
      await page.getByRole('button', { name: `Change: ${label}` }).click();
      const shown = form(page, `${label} of support`);
      await shown.getByLabel(field, { exact: true }).fill(typed);
      await shown.getByRole('button', { name: 'Save' }).click();
      await shown.getByRole('alert').filter({ hasText: says }).waitFor();
      expect(await shown.getByLabel(field, { exact: true }).getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Change: Menu' }).click();
    await form(page, 'Menu of support').getByLabel('Menu').selectOption('short');
    await form(page, 'Menu of support').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Menu of support: saved.').waitFor();
    await page.getByRole('complementary', { name: 'Changed settings' }).getByText('Menu of support is short (Anna, just now)').waitFor();
  });

  it('sets a text until a time, by the keyboard alone, and shows on every page that it is set', async () => {
    const page = await opened();
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Change: Notice' }).focus();
    await keyboard.press('Enter');
    await keyboard.press('Space');
    const shown = form(page, 'Notice of support');
    await shown.getByRole('textbox', { name: 'Notice' }).focus();
    await keyboard.type('We are moving.');
    await shown.getByRole('blockquote').getByText('We are moving.').waitFor();
    await shown.getByLabel('Ends').selectOption('midnight');
    await shown.getByLabel('Reason').focus();
    await keyboard.type('the movers come');
    await keyboard.press('Enter');
    await page.getByText(/Changed until .*00:00/).waitFor();
    await page.getByText('Anna, just now: the movers come').waitFor();
    expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe('Change: Notice');
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByText(/Notice of support is “We are moving.” until .*00:00 \(Anna, just now\)/).waitFor();
    await page.getByRole('link', { name: 'Look at the settings' }).click();
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  });

  it('closes intake, says what callers hear, and opens it again', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Close: Intake', exact: true }).first().click();
    const shown = form(page, /^Intake of (support|plain)$/);
    await shown.getByLabel('What callers hear instead').fill('We have a team day.');
    await shown.getByRole('blockquote').getByText('We have a team day.').waitFor();
    await shown.getByRole('button', { name: 'Close intake' }).click();
    await page.getByText(/^Intake of (support|plain) is closed \(Anna, just now\)$/).waitFor();
    await put('support/intake', { open: false, number: '+6531589000' });
    await page.reload();
    await page.getByText('2 settings are changed').waitFor();
    await page.getByRole('button', { name: 'Change: Intake', exact: true }).click();
    await form(page, /^Intake of (support|plain)$/)
      .getByRole('button', { name: 'Open intake' })
      .click();
    await page.getByText(/^Intake of \+?6531589000 is closed \(Bob, just now\)$/).waitFor();
  });

  it('says what is there now where somebody else was faster, and can replace it', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Change: Tries' }).click();
    const shown = form(page, 'Tries of support');
    await shown.getByLabel('Tries', { exact: true }).fill('5');
    await put('support/tries', { value: 2 });
    await shown.getByRole('button', { name: 'Save' }).click();
    await shown.getByText('It has changed meanwhile: this is what is there now: 2 (Bob, just now).').waitFor();
    await shown.getByRole('button', { name: 'Replace it by mine' }).click();
    await page.getByText('Tries of support is 5 (Anna, just now)').waitFor();
  });

  it('undoes a change after it was confirmed', async () => {
    await put('support/closedToday', { value: true, reason: 'a holiday' });
    const page = await opened();
    await page.getByText('Closed today of support is on').waitFor();
    await page.getByRole('button', { name: /^Undo: Closed today/ }).click();
    await page.getByText('Set Closed today of support back to the default?').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Anna undid a change of Closed today of support: on → the default').waitFor();
    expect(await page.getByRole('complementary', { name: 'Changed settings' }).count()).toBe(0);
  });

  it('only shows them to a token that may look', async () => {
    await put('support/tries', { value: 2 });
    const page = await opened('Wall');
    await page.getByText('You can look, not change').waitFor();
    expect(await page.getByRole('button', { name: /^(Change|Close|Undo)/ }).count()).toBe(0);
    await page.getByText('Tries of support is 2 (Bob, just now)').waitFor();
  });

  it('says how settings are declared where no flow has any', async () => {
    await server.close();
    await serve([plain]);
    const page = await opened();
    await page.getByText('No flow declares settings').waitFor();
    await page.getByText("const line = settings({ closedToday: { kind: 'boolean', default: false } });").waitFor();
  });

  it.each<[string, Look]>([
    ['settings.png', { size: { width: 1280, height: 1100 } }],
    ['settings-dark.png', { size: { width: 1280, height: 1100 }, theme: 'dark' }],
    ['settings-768.png', { size: { width: 768, height: 1100 } }],
    ['settings-390.png', { size: NARROW }],
    ['settings-390-dark.png', { size: NARROW, theme: 'dark' }],
  ])('has no violation that axe finds, and a picture: %s', async (name, look) => {
    await put('support/intake', {
      open: false,
      says: 'We have a team day. Please call tomorrow.',
      until: new Date(Date.now() + 7_200_000).toISOString(),
    });
    await put('support/closedToday', { value: true, reason: 'team day' }, TOKENS.Anna);
    const page = await opened('Anna', look);
    await page.getByText('2 settings are changed').waitFor();
    expect(await violations(page, name)).toEqual([]);
    await page.getByRole('button', { name: 'Change: Notice' }).click();
    await page.getByLabel('None').uncheck();
    await form(page, 'Notice of support')
      .getByRole('textbox', { name: 'Notice' })
      .fill('We are moving. Please press 2 for urgent matters.');
    expect(await violations(page, `${name}, with a form`)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    // Whoever has examined the page has looked at it in both.
    await page.emulateMedia({ colorScheme: look.theme ?? 'light' });
    keepPicture(name, await page.screenshot({ animations: 'disabled' }), name === 'settings.png');
  });
});

describeInChromium('the settings of a call on the phone', () => {
  it('hold for the next call only', async () => {
    const dev = new DevProject({
      'flows/support.ts': `import { defineFlow, say, settings } from '@hookswitch/dsl';
const line = settings({ notice: { kind: 'text', default: null, label: 'Notice' } });
export default defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
  const { notice } = yield* line.read();
  yield say(notice ?? 'Welcome as ever.');
});
`,
    });
    try {
      await dev.serve();
      const { page } = await openPage(dev.page);
      const phone = new Phone(page);
      await page.getByText('Settings of the call: as they are').click();
      await page.getByLabel('Set Notice').check();
      expect(await violations(page, 'settings of a call')).toEqual([]);
      await phone.button('Call').click();
      await page.getByRole('alert').filter({ hasText: 'Notice must be words to speak' }).waitFor();
      await page.getByRole('textbox', { name: 'Notice' }).fill('We are moving.');
      await phone.button('Call').click();
      await phone.hears('We are moving.');
      await page.getByText('Set for this call: Notice “We are moving.”').waitFor();
      await phone.button('New call').click();
      await page.getByText('Settings of the call: as they are').waitFor();
      await phone.button('Call').click();
      await phone.hears('Welcome as ever.');
    } finally {
      await dev.close();
    }
  });
});
