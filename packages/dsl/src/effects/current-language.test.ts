import { describe, expect, expectTypeOf, it } from 'vitest';
import type { FlowDefinition } from '../flow/flow-options.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { startCall } from '../testing/start-call.ts';
import { capture } from './capture.ts';
import { currentLanguage } from './current-language.ts';
import { useLanguage } from './use-language.ts';

const VOICES: Partial<FlowDefinition> = { voices: { en: 'en-US-ZiraRUS', zh: 'zh-CN-HuihuiRUS' }, language: 'en' };

/** What a flow takes for its language as it begins, after a change, and in a part of its own. */
async function told(definition: Partial<FlowDefinition>, change: string | null, language?: string): Promise<unknown> {
  const part = function* () {
    return yield* currentLanguage();
  };
  const flow = defineFlow({ name: 'two', ...definition }, function* () {
    const before = yield* currentLanguage();
    expectTypeOf(before).toEqualTypeOf<string | null>();
    if (change !== null) yield useLanguage(change);
    yield* capture('Well?', { id: 'well', maxDigits: 1 });
    return [before, yield* part()];
  });
  const call = await startCall(flow, language === undefined ? {} : { language });
  await call.press('1');
  return call.result;
}

describe('currentLanguage', () => {
  it('is frozen data', () => {
    expect({ ...currentLanguage() }).toEqual({ kind: 'currentLanguage' });
    expect(Object.isFrozen(currentLanguage())).toBe(true);
  });

  it.each<[string, Partial<FlowDefinition>, string | null, string | undefined, readonly (string | null)[]]>([
    ['the flow speaks by itself', VOICES, null, undefined, ['en', 'en']],
    ['the call came with', VOICES, null, 'zh', ['zh', 'zh']],
    ['was changed to, also after an answer', VOICES, 'zh', undefined, ['en', 'zh']],
    ['was changed back to', VOICES, 'en', 'zh', ['zh', 'en']],
    ['a flow with one voice does not have', { voice: 'en-US-ZiraRUS' }, null, undefined, [null, null]],
  ])('is the language that %s', async (_which, definition, change, language, expected) => {
    expect(await told(definition, change, language)).toEqual(expected);
  });
});
