import { describe, expect, it } from 'vitest';
import { refusal } from '../effects/make-effects.test-support.ts';
import { checkName } from './name.ts';

describe('a name', () => {
  it.each(['main', 'find-customer', '_1', '9', 'a'.repeat(64)])('may be %s', (name) => {
    expect(refusal(() => checkName('step', 'name', name)).code).toBe('accepted');
  });

  it.each(['', 'a b', 'a.b', 'a/b', '-a', 'ä', 'a'.repeat(65), 'a\n', null, undefined, 1, {}])('may not be %j', (name) => {
    expect(refusal(() => checkName('step', 'name', name))).toMatchObject({ code: 'HS_EFFECT_ARGUMENT', argument: 'step.name' });
  });

  it('is shown when it is refused, short and without its numbers', () => {
    expect(refusal(() => checkName('step', 'name', 'find +6531589338')).message).toContain('got "find +…".');
    expect(refusal(() => checkName('step', 'name', ' '.repeat(1000))).message.length).toBeLessThan(250);
  });
});
