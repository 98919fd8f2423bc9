import { describe, expect, it } from 'vitest';
import { verify } from '../chart/verify.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { menu } from '../questions/menu/menu.ts';
import { defineFlow } from './define-flow.ts';

describe('an effect that is used as a text', () => {
  it.each([
    ['a step by its name', () => `${step('find', () => 1)}`, 'step(…) "find" was used as a text'],
    ['a capture by its id', () => String(capture('PIN?', { id: 'pin' })), 'capture(…) "pin" was used as a text'],
    ['a menu', () => `${menu('One.', { 1: 'one' })}`, 'menu(…) was used as a text'],
  ])('is an error that names %s and the missing yield*', (_what, use, message) => {
    expect(use).toThrow(expect.objectContaining({ code: 'HS_EFFECT_AS_TEXT', message: expect.stringContaining(message) as string }));
    expect(use).toThrow('yield*');
  });

  it('is found at its line before a caller hears it', () => {
    const flow = defineFlow({ name: 'forgetful', voice: 'en-US-BenjaminRUS' }, function* () {
      const name = step('find', () => 'Ann', { examples: { found: 'Ann' } });
      yield say(`Hello ${name as never as string}.`);
    });
    const [problem] = verify(flow).problems;
    expect(problem).toMatchObject({
      code: 'HS_VERIFY_FLOW_THROWS',
      source: expect.stringMatching(/effect-as-text\.test\.ts:\d+/) as string,
    });
  });
});
