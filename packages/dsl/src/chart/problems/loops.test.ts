import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { hangup } from '../../effects/hangup.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

const poll = (name: string) => step(name, () => true, { examples: { ready: true, pending: false }, onError: () => false });

describe('a loop that needs no caller', () => {
  it('is found where a flow speaks without end', () => {
    const body = function* () {
      if ((yield* key('main')) === '1') for (;;) yield say('On and on.');
    };
    expect(found(body, { limits: { effectsPerBatch: 50 } })).toEqual(['error HS_VERIFY_LOOP main [1]']);
  });

  it('is found where a step is tried until it gives something else', () => {
    const body = function* () {
      yield* key('main');
      while (!(yield* poll('poll')));
    };
    expect(found(body)).toEqual(['error HS_VERIFY_LOOP poll [1]']);
    expect(problemsOf(body)[0]?.source).toMatch(/loops\.test\.ts:\d+:\d+$/);
  });

  it('is found once where two steps lead to each other', () => {
    const body = function* () {
      for (;;) {
        yield* poll('one');
        yield* poll('two');
      }
    };
    expect(found(body)).toEqual(['error HS_VERIFY_LOOP one []', 'error HS_VERIFY_DEAD_END one []']);
    expect(problemsOf(body)[0]?.message).toContain('leads back to itself, by way of "two", for ever');
  });

  it('is found where a number is dialled until somebody answers', () => {
    const body = function* () {
      while ((yield* bridge('+6531589338')).outcome !== 'answered');
    };
    expect(found(body)).toEqual(['error HS_VERIFY_LOOP bridge []']);
  });

  it('is found in what is done after the end of the session', () => {
    const body = function* () {
      try {
        yield* key('main');
        yield hangup();
      } finally {
        while (!(yield* poll('release')));
      }
    };
    expect(found(body)).toContain('error HS_VERIFY_LOOP release [hang-up]');
  });

  it('is none where the rounds are counted', () => {
    const body = function* () {
      for (let round = 0; round < 20; round++) if (yield* poll('poll')) return;
    };
    expect(found(body)).toEqual([]);
  });
});
