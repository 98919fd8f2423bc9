import { compile, defineFlow, menu } from '@hookswitch/dsl';
import { readCoverage } from '@hookswitch/dsl/coverage';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { viewChart } from './diagram/chart-view.ts';
import { flowRoutes } from './flow-routes.ts';
import type { FlowTests } from './flow-tests.ts';
import type { FlowView } from './views.ts';

const VOICES = { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' };

const shop = defineFlow({ name: 'shop', voices: VOICES, language: 'en' }, function* () {
  yield* menu({ en: 'Press 1.', zh: '请按 1。' }, { 1: 'one' }, { id: 'main', otherwise: 'one' });
});
const chart = viewChart(compile(shop).chart);

const coverage = (taken: boolean) =>
  readCoverage(
    JSON.stringify({
      format: 1,
      flows: [
        {
          name: 'shop',
          version: '1',
          sites: [{ name: 'main', taken, tests: taken ? ['a.test.ts > presses'] : [] }],
          arrows: chart.arrows.map(({ from, label, to, when }) => ({ from, label, to, when, taken: taken && label === '1', tests: [] })),
        },
      ],
    }),
  );

let app: FastifyInstance;
afterEach(() => app.close());

async function asked(query: string, coverageOf?: FlowTests['coverage'], path = 'shop') {
  app = Fastify();
  const tests = coverageOf === undefined ? {} : { tests: { coverage: coverageOf, write: () => Promise.resolve(null) } };
  await app.register(flowRoutes, { charts: () => [chart], ...tests });
  return app.inject(`/flows/${path}${query}`);
}

describe('the diagram of a flow', () => {
  it('has the prompts of the language that is asked for', async () => {
    const { svg, languages, chart: shown } = (await asked('?language=zh-CN')).json<FlowView>();
    expect(languages).toEqual(['en-US', 'zh-CN']);
    expect(svg).toContain('请按 1。');
    expect(shown.sites[0]?.prompts[0]).toBe('请按 1。');
  });

  it.each([
    [
      'a language that it does not speak',
      '?language=zh-CM',
      404,
      'The flow "shop" does not speak "zh-CM". Did you mean "zh-CN"? It speaks en-US, zh-CN.',
    ],
    ['a layer that there is not', '?layer=heat', 400, ''],
  ])('refuses %s', async (_what, query, status, message) => {
    const answer = await asked(query);
    expect(answer.statusCode).toBe(status);
    if (message !== '') expect(answer.json()).toEqual({ error: 'language', message });
  });

  it('has room for figures in the layer of insights alone', async () => {
    expect((await asked('')).json<FlowView>().svg).not.toContain('hs-figure');
    await app.close();
    expect((await asked('?layer=insights')).json<FlowView>().svg).toMatch(/hs-label" data-source="main"[^>]*>.*class="hs-figure"/);
  });

  it('says what tests took, anew when they took something else', async () => {
    let now = coverage(false);
    const first = (await asked('?layer=tests', () => now)).json<FlowView>();
    now = coverage(true);
    const second = (await app.inject('/flows/shop?layer=tests')).json<FlowView>();
    expect([first, second].map(({ tests }) => tests?.sites)).toEqual([
      [{ name: 'main', taken: false, tests: [] }],
      [{ name: 'main', taken: true, tests: ['a.test.ts > presses'] }],
    ]);
    expect([first.svg.includes('hs-taken'), second.svg.includes('hs-taken')]).toEqual([false, true]);
  });

  it.each([
    ['where nobody knows of tests', undefined, 'npx hookswitch dev'],
    ['where the reporter has not written', () => ({ message: 'There is no report.', command: 'npx vitest run' }), 'npx vitest run'],
    ['where no test called the flow', () => readCoverage('{"format":1,"flows":[]}'), 'npx vitest run'],
  ] as const)('says %s what to run', async (_where, known, command) => {
    const { tests } = (await asked('?layer=tests', known)).json<FlowView>();
    expect(tests).toEqual({ problem: { message: expect.stringMatching(/\.$/) as string, command }, sites: [], arrows: [] });
  });

  it('says that there is no test of an arrow that there is not', async () => {
    const answer = await asked('/test?from=main&label=9&to=main&when=answer', () => coverage(true));
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      {
        error: 'arrow',
        message: 'The flow "shop" has no answer "9" that leads from "main" to "main". Load the page again: its code has changed.',
      },
    ]);
  });
});
