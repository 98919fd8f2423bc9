import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { describeInChromium, openPage } from './support/browser.ts';
import { DevProject } from './support/dev.ts';
import { shop } from './support/shop.ts';

const REPORTER = `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { reporters: ['default', '@hookswitch/dsl/coverage'] } });
`;
const FIRST = `import { startCall } from '@hookswitch/dsl/testing';
import { it } from 'vitest';
import shop from './shop.ts';

it('asks for an order', async () => {
  const call = await startCall(shop);
  await call.press('1');
});
`;

describeInChromium('the layer of tests', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop(), 'vitest.config.ts': REPORTER });
    await dev.serve();
  });
  afterAll(() => dev.close());

  it('says what to run, shows what tests took as soon as they have run, and copies a test that takes what none did', async () => {
    const { page } = await openPage(`${dev.page}#/diagram/shop?layer=tests`);
    const row = (name: string) => page.locator(`.outline-row[data-row="${name}"] .outline-figure`);
    await page.getByText('There is no .hookswitch/coverage.json yet').waitFor();
    expect(await page.locator('.layer-note code').innerText()).toContain('--reporter=@hookswitch/dsl/coverage');
    dev.save('flows/shop.test.ts', FIRST);
    expect((await dev.vitest()).code).toBe(0);
    await row('order').getByText('✓').waitFor();
    expect(await row('clerk').innerText()).toBe('none');
    const edge = (target: string) => page.locator(`.hs-edge[data-source="main"][data-target="${target}"]`);
    expect(await edge('order').getAttribute('class')).toContain('hs-taken');
    expect(await edge('clerk').first().getAttribute('class')).toContain('hs-untaken');

    await page.locator('.outline-row[data-row="main"]').click();
    await page.getByText('shop.test.ts > asks for an order').waitFor();
    expect(await violations(page, 'the layer of tests')).toEqual([]);
    await page.getByRole('button', { name: /^Copy a test that goes this way\s*: 2, to clerk$/ }).click();
    await page.getByText('Copied.').waitFor();
    const code = await page.evaluate<string>('navigator.clipboard.readText()');
    const file = await page.locator('.way-test code').first().innerText();
    expect(file).toBe('shop.main-2.test.ts');
    dev.save(`flows/${file}`, code);
    const ran = await dev.vitest();
    expect([ran.code, ran.output]).toEqual([0, expect.stringContaining('2 passed')]);
    await row('clerk').getByText('✓').waitFor();
  });
});
