import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { VERIFY_CODES } from './problem.ts';
import { verify } from './verify.ts';

const sound = defineFlow({ name: 'sound', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('For billing press 1, for an agent press 2.', { 1: 'billing', 2: 'agent' }, { id: 'main' });
  yield say(topic);
});

const troubled = defineFlow({ name: 'troubled', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* step('visit', () => 1);
  while ((yield* capture('Press a key.', { id: 'main', maxDigits: 1 })) !== '1') yield say(new Date().toISOString());
});

describe('verify', () => {
  it('finds nothing in a sound flow, and says how far it looked', () => {
    const { ok, problems, explored } = verify(sound);
    expect([ok, problems, explored.truncated, explored.limits]).toEqual([true, [], false, []]);
    expect(explored.answers).toBeGreaterThan(10);
  });

  it('gives errors first, and is not ok with one', () => {
    const { ok, problems } = verify(troubled);
    expect(ok).toBe(false);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error HS_VERIFY_SILENCE',
      'error HS_VERIFY_REPLAY',
      'warning HS_VERIFY_STEP_UNCAUGHT',
      'warning HS_VERIFY_STEP_EXAMPLES',
    ]);
  });

  it('finds the same when it looks again', () => {
    expect(JSON.stringify(verify(troubled))).toBe(JSON.stringify(verify(troubled)));
  });

  it('is ok with warnings alone', () => {
    const { ok, problems } = verify(sound, { maxAnswers: 3 });
    expect([ok, problems.at(-1)?.code]).toEqual([true, 'HS_VERIFY_TRUNCATED']);
    expect(problems.at(-1)?.message).toContain('maxAnswers');
  });

  it('never calls a step', () => {
    let calls = 0;
    verify(
      defineFlow({ name: 'stepping', voice: 'en-US-BenjaminRUS' }, function* () {
        yield* step('count', () => ++calls, { examples: { some: 3 } });
      }),
    );
    expect(calls).toBe(0);
  });

  it('explores what it draws', () => {
    expect([...verify(sound).chart.sites.keys()]).toEqual(['main']);
  });

  it('says what came in place of a flow', () => {
    expect(() => verify((() => undefined) as never)).toThrow('verify: expected what defineFlow returns, got an arrow function or a method');
  });

  it('has codes of one kind', () => {
    expect(VERIFY_CODES.every((code) => /^HS_VERIFY_[A-Z_]+$/.test(code))).toBe(true);
  });
});
