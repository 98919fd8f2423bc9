import { describe, expect, it } from 'vitest';
import type { FlowBody } from '../../flow/flow-options.ts';
import { type Answer, play } from '../play.test-support.ts';
import { confirm, type ConfirmOptions } from './confirm.ts';

const asking = <W>(options: ConfirmOptions<W>, answers: readonly Answer[]) =>
  play(function* () {
    return yield* confirm('Book it? Yes 1, no 2.', { id: 'book', ...options });
  }, answers);

describe('confirm', () => {
  it.each([
    ['1', true],
    ['2', false],
  ])('gives a boolean for %s', (key, result) => {
    expect(asking({}, [key]).result).toBe(result);
  });

  it('takes other keys', () => {
    expect([asking({ yes: '9', no: '0,*' }, ['*']).result, asking({ yes: '9', no: '0,*' }, ['9']).result]).toEqual([false, true]);
  });

  it('has prompts, attempts and otherwise as a menu has', () => {
    const { turns, result } = asking({ noInput: 'Well?', attempts: 2, otherwise: null }, [null, '7']);
    expect([turns[1], result]).toEqual(['Well?', null]);
  });

  it('gives the same answer to a plain yield', () => {
    const body: FlowBody = function* () {
      return yield confirm('Yes?');
    };
    const { result, sites } = play(body, ['1']);
    expect([sites[0], result]).toEqual(['confirm-yes', true]);
  });

  it('is called confirm in what it throws and tells', () => {
    const { capture } = asking({}, []);
    expect(capture.shape).toMatchObject({ of: 'confirm', declared: ['1', '2'] });
  });

  it.each<[string, object, string]>([
    ['the same keys', { yes: '2' }, 'HS_MENU_CLASH'],
    ['keys in common', { yes: '1,2' }, 'HS_MENU_CLASH'],
    ['no keys', { yes: 'y' }, 'HS_MENU_KEY'],
    ['a number', { yes: 1 }, 'HS_MENU_KEY'],
    ['an unknown option', { ye: '1' }, 'HS_EFFECT_OPTION_UNKNOWN'],
  ])('is refused where it is made with %s', (_what, options, code) => {
    expect(() => confirm('Yes?', options)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
