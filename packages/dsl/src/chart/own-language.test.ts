import { describe, expect, it } from 'vitest';
import { step } from '../effects/step.ts';
import { useLanguage } from '../effects/use-language.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { explore } from './explore.ts';

const voices = { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' };
const text = (en: string, zh: string) => ({ en, zh });

describe('a flow of several languages', () => {
  const flow = defineFlow({ name: 'shop', voices }, function* () {
    const known = yield* step('find', () => null as string | null, { examples: { regular: 'zh', unknown: null }, onError: () => null });
    if (known !== null) yield* useLanguage(known);
    else yield* menu(text('For English press 1.', '请按 1。'), { 1: 'en' }, { id: 'language', otherwise: 'en' });
    yield* menu(text('Orders press 1.', '订单请按 1。'), { 1: 'orders' }, { id: 'main', otherwise: 'orders' });
    yield* menu(text('New press 1.', '新订单请按 1。'), { 1: 'new' }, { id: 'orders', otherwise: 'old' });
  });

  it('is drawn in its own language, whichever its first example speaks', () => {
    const { sites } = explore(flow, { quietWalks: 0 });
    const first = Object.fromEntries([...sites.values()].map(({ name, prompts }) => [name, prompts[0]]));
    expect(first).toEqual({ find: '', language: 'For English press 1.', main: 'Orders press 1.', orders: 'New press 1.' });
  });

  it('still shows what is said in the others, and in which voice', () => {
    const { prompts = [], voices: said = [] } = explore(flow).sites.get('main') ?? {};
    expect(prompts.map((prompt, index) => [prompt, said[index]])).toEqual([
      ['Orders press 1.', voices.en],
      ['订单请按 1。', voices.zh],
    ]);
  });
});
