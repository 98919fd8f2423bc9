import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { capture } from '../../effects/capture.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { menu } from '../../questions/menu/menu.ts';
import { found, key } from './problems.test-support.ts';

const silent = (entries: readonly string[]) => entries.filter((entry) => entry.includes('HS_VERIFY_SILENCE'));

describe('a question that silence never leaves', () => {
  it('is found', () => {
    const body = function* () {
      while ((yield* key('main')) !== '1') yield say('Pardon?');
    };
    expect(found(body)).toEqual(['error HS_VERIFY_SILENCE main []']);
  });

  it('is found once where two of them lead to each other', () => {
    const body = function* () {
      yield* key('first');
      for (;;) if ((yield* key('one')) === '1' || (yield* key('two')) === '1') return;
    };
    expect(silent(found(body))).toEqual(['error HS_VERIFY_SILENCE one [1]']);
  });

  it('is found where a step or a bridge comes between', () => {
    const body = function* () {
      while ((yield* key('main')) !== '1') {
        yield* step('log', () => null, { examples: { done: null }, onError: () => null });
        yield* bridge('+6531589338');
      }
    };
    expect(silent(found(body))).toEqual(['error HS_VERIFY_SILENCE main []']);
  });

  it('is found in a menu whose `otherwise` asks again', () => {
    const body = function* () {
      for (;;) if ((yield* menu('One.', { 1: true }, { id: 'main', otherwise: false })) === true) return;
    };
    expect(silent(found(body))).toEqual(['error HS_VERIFY_SILENCE main []']);
  });

  it('is found where the flow would meet its limit of turns first', () => {
    const body = function* () {
      while ((yield* key('main')) !== '1');
    };
    expect(silent(found(body, { limits: { turns: 30 } }))).toEqual(['error HS_VERIFY_SILENCE main []']);
  });

  it('is none where the silences are counted, however many questions there are', () => {
    const one = { maxDigits: 1, completeOnHash: false, examples: ['1'] };
    const body = function* () {
      for (let question = 0; question < 130; question++) yield* capture('?', { ...one, id: `q${question}` });
      yield* menu('One.', { 1: 'one' }, { id: 'main', attempts: 20 });
    };
    expect(found(body)).toEqual([]);
  });
});
