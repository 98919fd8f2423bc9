import { hookswitchConsole } from '@hookswitch/console';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, type Look, NARROW, openPage } from './support/browser.ts';
import { floors } from './support/floors.ts';
import { focused } from './support/in-page.ts';

const TOKEN = 'a-token-that-nobody-guesses';
const SITES = 83;
/** Compressed, all of it: page, styles, and the diagram of a large flow. */
const MAX_BYTES = 150_000;

describeInChromium('the diagram of a large flow', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      flows: [floors(SITES)],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [TOKEN],
      port: 0,
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
  });
  afterAll(() => server.close());

  async function opened(look: Look = {}, query = ''): Promise<Page> {
    const { page } = await openPage(`${server.url}/console/#/diagram/building${query}`, look);
    await page.getByLabel('API token').fill(TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('treeitem').first().waitFor();
    return page;
  }

  const row = (page: Page, name: string) => page.locator(`.outline-row[data-row="${name}"]`);
  const scale = (page: Page): Promise<number> =>
    page.evaluate<number>(
      "document.querySelector('.hs-diagram').getBoundingClientRect().width / document.querySelector('.hs-diagram').viewBox.baseVal.width",
    );
  /** Whether a site is within the canvas. */
  const isSeen = (page: Page, site: string): Promise<boolean> =>
    page.evaluate<boolean>(`(() => {
      const inner = document.querySelector('[data-node="${site}"]').getBoundingClientRect();
      const outer = document.querySelector('.diagram-frame').getBoundingClientRect();
      return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    })()`);

  it('is walked by the keyboard alone: find, outline, panel, and back', async () => {
    const page = await opened();
    const at = async (): Promise<string> => (await focused(page)).name.replace(/\s+(,?)/g, (_, comma: string) => comma || ' ');
    await page.keyboard.press('/');
    await page.keyboard.type('number rec');
    await page.getByText('0 of 83').waitFor();
    await page.getByText('No site has all of these words').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('DOOR number');
    await page.getByText('20 of 83').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'floor-1/door' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'floor-2/door' }).waitFor();
    await expect.poll(() => isSeen(page, 'floor-2/door')).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await at()).toBe('door, takes keys');
    await page.keyboard.press('ArrowLeft');
    expect(await at()).toBe('floor-2, takes keys');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'floor-2', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    expect(await at()).toBe('floor-2, takes keys');
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => row(page, 'floor-2').getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await at()).toBe('desk, takes keys');
    await page.keyboard.press('End');
    await page.keyboard.press('f');
    expect(await at()).toBe('floor-1, takes keys');
    await page.keyboard.press('ArrowUp');
    expect(await at()).toBe('floor-1, takes keys');
  });

  it('has one place for Tab in its outline, and none at its boxes', async () => {
    const page = await opened();
    expect(await page.locator('.outline-row[tabindex="0"]').count()).toBe(1);
    expect(await page.locator('.hs-node[tabindex="0"]').count()).toBe(0);
  });

  it('is folded by what names begin with, and what is chosen is unfolded', async () => {
    const page = await opened({}, '?site=floor-9%2Frecords');
    await row(page, 'floor-9/records').waitFor();
    expect(await row(page, 'floor-9/records').getAttribute('aria-level')).toBe('2');
    expect(await row(page, 'floor-9/records').getAttribute('aria-selected')).toBe('true');
    expect(await row(page, 'floor-8/records').count()).toBe(0);
    await row(page, 'floor-8').locator('.outline-fold').click();
    await row(page, 'floor-8/records').click();
    await page.getByRole('heading', { name: 'floor-8/records' }).waitFor();
  });

  it('brings a site that is chosen to a readable size, and never becomes larger by zooming out', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Show all' }).click();
    const whole = await scale(page);
    expect(whole).toBeLessThan(0.9);
    const sizes: number[] = [];
    for (let times = 0; times < 20; times++) {
      await page.getByRole('button', { name: 'Zoom out' }).click();
      sizes.push(await scale(page));
    }
    expect(sizes.every((size, index) => size <= (sizes[index - 1] ?? whole) + 1e-6)).toBe(true);
    await row(page, 'floor-7').click();
    await expect.poll(() => scale(page)).toBeCloseTo(0.9);
    await expect.poll(() => isSeen(page, 'floor-7')).toBe(true);
  });

  it('looks where the map is clicked', async () => {
    const page = await opened();
    expect(await isSeen(page, 'floor-20')).toBe(false);
    const { x, y } = await page.evaluate<{ x: number; y: number }>(`(() => {
      const nodes = [...document.querySelectorAll('.hs-node:not(.hs-jump)')];
      const index = nodes.findIndex((node) => node.dataset.node === 'floor-20');
      const { left, top, width, height } = document.querySelectorAll('.minimap rect')[index].getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })()`);
    await page.mouse.click(x, y);
    expect(await isSeen(page, 'floor-20')).toBe(true);
  });

  it('is moved by transforms alone: nothing is laid out, and nothing else of the page changes', async () => {
    const page = await opened();
    const box = await page.locator('.diagram-frame').boundingBox();
    if (box === null) throw new Error('There is no canvas.');
    const [x, y] = [box.x + box.width - 40, box.y + box.height / 2];
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 10, y);
    await frames(page);
    await page.evaluate(`
      window.changes = new Set();
      new MutationObserver((records) => {
        for (const { type, target, attributeName } of records) changes.add(type + ' ' + attributeName + ' ' + target.className);
      }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    `);
    const before = await layouts(cdp);
    for (let moved = 20; moved <= 600; moved += 20) {
      await page.mouse.move(x - moved, y + moved / 10);
      await frames(page);
    }
    expect((await layouts(cdp)) - before).toBe(0);
    expect(await page.evaluate('[...changes].sort()')).toEqual(['attributes style diagram-plane', 'attributes style minimap-glass']);
    await page.mouse.up();
    expect(await isSeen(page, 'floor-1')).toBe(false);
  });

  it('hides what universal keys do until somebody asks', async () => {
    const page = await opened();
    const repeats = page.locator('.hs-label title', { hasText: '(repeat)' });
    expect(await repeats.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Universal keys' }).check();
    await repeats.first().waitFor({ state: 'attached' });
  });

  it('is an outline and a panel alone where there is little room', async () => {
    const page = await opened({ size: NARROW });
    expect(await page.locator('.diagram-frame').isVisible()).toBe(false);
    await row(page, 'floor-3').click();
    await page.getByRole('complementary', { name: 'Site floor-3' }).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('.diagram-frame').waitFor();
    await expect.poll(() => isSeen(page, 'floor-3')).toBe(true);
  });

  it(`weighs less than ${MAX_BYTES / 1_000} kB, with its page and all that it loads`, async () => {
    const { page } = await openPage(`${server.url}/health`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(`${server.url}/console/#/diagram/building`);
    await page.getByLabel('API token').fill(TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('treeitem').first().waitFor();
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MAX_BYTES);
  });
});

/** Two frames have been shown. */
function frames(page: Page): Promise<unknown> {
  return page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** How often the page was laid out so far. */
async function layouts(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
}
