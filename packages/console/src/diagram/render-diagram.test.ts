import { capture, compile, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { viewChart } from './chart-view.ts';
import { escapeXml } from './draw.ts';
import { renderChartView, renderDiagram } from './render-diagram.ts';

const support = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('Bills <& more> press 1, others 2.', { 1: 'bills', 2: 'others' }, { id: 'main', otherwise: 'others' });
  if (topic === 'bills') yield* step('look-up', () => 1, { examples: { found: 1 } });
  yield say('Bye.');
});

/** A flow with one capture behind the other. */
const chain = (length: number) =>
  defineFlow({ name: 'chain', voice: 'en-US-BenjaminRUS' }, function* () {
    for (let index = 0; index < length; index++) yield* capture(`Prompt ${index}.`, { id: `site-${index}`, maxDigits: 1, examples: ['1'] });
  });

const boxes = (svg: string): { x: number; y: number }[] =>
  [...svg.matchAll(/class="hs-node [^>]*translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

describe('renderDiagram', () => {
  it('shows sites with their prompts, and arrows with their keys', async () => {
    const svg = await renderDiagram(compile(support).chart);
    expect([...svg.matchAll(/data-site="([^"]+)"/g)].map(([, name]) => name)).toEqual(['main', 'look-up']);
    expect(svg).toContain('class="hs-node hs-step"');
    expect(svg).toMatch(/data-source="main" data-target="look-up" data-when="answer"><title>1<\/title>/);
  });

  it('tells what tests took by solid and dashed lines, in words, and by what the lines mean', async () => {
    const { chart } = compile(support);
    const taken = { site: (name: string) => name === 'main', arrow: ({ label }: { label: string }) => label !== '1' };
    const svg = await renderDiagram(chart, { taken });
    expect(svg).toMatch(/hs-edge hs-when-answer hs-untaken" data-source="main" data-target="look-up"/);
    expect(svg).toMatch(/hs-edge hs-when-start hs-taken"/);
    expect(svg).toContain('<title>1 (taken by no test)</title>');
    expect(svg).toMatch(/hs-node hs-step hs-untaken"[^>]*><title>look-up \(reached by no test\)/);
    expect(svg).toContain('>by none</text>');
    expect(svg).toMatch(/\.hs-untaken [^{]*\{[^}]*stroke-dasharray:5 4/);
    const plain = await renderDiagram(chart);
    expect([plain.includes('class="hs-legend"'), plain.includes('hs-untaken"')]).toEqual([false, false]);
  });

  it('writes texts so that they are no markup', async () => {
    const svg = await renderDiagram(compile(support).chart);
    expect(svg).toContain('Bills &#60;&#38; more&#62;');
    expect(svg).not.toContain('<& more>');
  });

  it.each([
    ['ar-EG-SalmaNeural', 'اضغط 1.', ' lang="ar-EG" direction="rtl" x="204"'],
    ['zh-CN-HuihuiRUS', '请按 1。', ' lang="zh-CN" x="12"'],
    [null, 'הקש 1.', ' direction="rtl" x="204"'],
    [null, '1: press it.', ' x="12"'],
  ])('says in which language and direction a prompt is read: %s', async (voice, text, attributes) => {
    const chart = viewChart(compile(support).chart);
    const sites = chart.sites.map((site) => ({ ...site, prompts: [text], voices: [voice] }));
    expect(await renderChartView({ ...chart, sites })).toContain(`<text class="hs-text"${attributes} y="50">${text}</text>`);
  });

  it('brings its colours along as a file, and leaves them to the page otherwise', async () => {
    const { chart } = compile(support);
    expect(await renderDiagram(chart)).toContain('prefers-color-scheme:dark');
    expect(await renderDiagram(chart, { standalone: false })).not.toContain('<style>');
  });

  it('lays a big flow out in a thread, no two boxes in one place', async () => {
    const places = boxes(await renderDiagram(compile(chain(40)).chart));
    expect(places.length).toBeGreaterThanOrEqual(41);
    expect(new Set(places.map(({ x, y }) => `${x}/${y}`)).size).toBe(places.length);
  });

  it('shows a site beside each start of a call, wherever the rest of the flow lies', async () => {
    const flow = defineFlow({ name: 'wide', voice: 'en-US-BenjaminRUS', examples: { from: [null, '+6590000002'] } }, function* (call) {
      if (call.from === null) yield* capture('Who are you?', { id: 'who', maxDigits: 1, examples: ['1'] });
      else if (call.from.endsWith('2')) yield* capture('Good to hear you again.', { id: 'again', maxDigits: 1, examples: ['1'] });
      const options = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index + 1, `part-${index + 1}`]));
      const part = yield* menu('Which part?', options, { id: 'main', otherwise: 'none' });
      for (const which of ['a', 'b', 'c']) yield* capture('Key?', { id: `${String(part)}-${which}`, maxDigits: 1, examples: ['1'] });
    });
    const svg = await renderDiagram(compile(flow).chart);
    const sites = [...svg.matchAll(/class="hs-node hs-capture" [^>]*translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const starts = [...svg.matchAll(/class="hs-node hs-start" [^>]*translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(starts).toHaveLength(3);
    for (const [x = 0, y = 0] of starts)
      expect(sites.some(([left = 0, top = 0]) => left > x && left < x + 700 && Math.abs(top - y) < 300)).toBe(true);
  });

  it('is seen whole when its file is opened, and as large as it is in a page', async () => {
    expect(await renderDiagram(compile(support).chart)).toMatch(
      /^<svg [^>]*width="\d+" height="\d+" style="max-width:100%;max-height:100vh"/,
    );
  });

  it('draws the same flow the same way', async () => {
    const [one, two] = await Promise.all([renderDiagram(compile(support).chart), renderDiagram(compile(support).chart)]);
    expect(one).toBe(two);
  });
});

describe('escapeXml', () => {
  it.each([
    ['markup', `<a b="c" d='e'>&`, '&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;'],
    ['characters that XML has no place for', 'a\u0000b\u0008\ufffec\ud800', 'abc'],
    ['other languages and symbols', '你好 ☎ 😀', '你好 ☎ 😀'],
  ])('writes %s', (_, text, written) => {
    expect(escapeXml(text)).toBe(written);
  });
});
