import { describe, expect, it } from 'vitest';
import { say } from '../../effects/say.ts';
import { menu } from '../../questions/menu/menu.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

describe('an option that exploration never left a site by', () => {
  it('is found where it leads back to the question, and nothing is said', () => {
    const problems = problemsOf(function* () {
      for (let round = 0; round < 200; round++) if ((yield* menu('One or two.', { 1: 'a', 2: 'b' }, { id: 'main' })) === 'a') return;
    });
    expect(problems.map(({ code, message }) => [code, message.slice(0, 18)])).toEqual([['HS_VERIFY_OPTION', 'Option "2" of "mai']]);
  });

  it('is found where it was never tried', () => {
    const body = function* () {
      yield* menu('One.', { 1: 'a', 2: 'b' }, { id: 'main' });
    };
    expect(found(body, {}, { maxAnswers: 1 })).toEqual(['warning HS_VERIFY_OPTION main []', 'warning HS_VERIFY_TRUNCATED idle []']);
  });

  it('is none where something is said between, or the key for hearing it again is pressed', () => {
    const body = function* () {
      for (let round = 0; round < 9; round++) {
        if ((yield* menu('One or two.', { 1: 'end', 2: 'hours' }, { id: 'main' })) === 'end') return;
        yield say('We are open all day.');
      }
    };
    expect(found(body, { keys: { repeat: '*' } })).toEqual([]);
  });

  it('is none for keys that no author declared', () => {
    const body = function* () {
      for (let round = 0; round < 9; round++) if ((yield* key('main')) === '1') return;
    };
    expect(found(body)).toEqual([]);
  });
});
