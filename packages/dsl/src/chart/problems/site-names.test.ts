import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { capture } from '../../effects/capture.ts';
import { step } from '../../effects/step.ts';
import type { Flow } from '../../flow/effect.ts';
import type { FlowBody } from '../../flow/flow-options.ts';
import { subflow } from '../../flow/subflow.ts';
import { ask } from '../../questions/ask/ask.ts';
import { confirm } from '../../questions/menu/confirm.ts';
import { menu } from '../../questions/menu/menu.ts';
import { digits } from '../../questions/validators/digits.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

describe('two sites with one name', () => {
  it('are found, with both lines', () => {
    const problems = problemsOf(function* () {
      if ((yield* key('main')) === '1') yield* bridge('+6531589338');
      else yield* bridge('+6531589339');
    });
    expect(problems.map(({ code, severity, site }) => [code, severity, site])).toEqual([['HS_VERIFY_SITE_TWICE', 'warning', 'bridge']]);
    expect(problems[0]?.message).toMatch(/site-names\.test\.ts:\d+ and site-names\.test\.ts:\d+/);
  });

  it('are found where one is reached after the other only', () => {
    const body = function* () {
      yield* capture('First.', { id: 'one', maxDigits: 1 });
      yield* capture('Second.', { id: 'one', maxDigits: 1 });
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_SITE_TWICE one [1]']);
  });

  it('are found where a question and its read-back meet a name of the author', () => {
    const body = function* () {
      yield* ask('Number?', { id: 'x', validate: digits(2), confirm: true });
      yield* menu('One.', { 1: true }, { id: 'x-confirm' });
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_SITE_TWICE x-confirm [valid 1]']);
  });

  it('are found where two menus of one name follow each other', () => {
    const body = function* () {
      yield* menu('One.', { 1: true }, { id: 'one' });
      yield* menu('Two.', { 1: true }, { id: 'one' });
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_SITE_TWICE one [1]']);
  });

  const once = { examples: { done: 1 }, onError: () => 0 };
  // prettier-ignore
  it.each<[string, FlowBody]>([
    ['menus', function* () { yield* menu('One.', { 1: true }, { id: 'm' }); yield* menu('Two.', { 1: true }, { id: 'm' }); }],
    ['bridges', function* () { if ((yield* key('main')) === '1') yield* bridge('+6531589338'); else yield* bridge('+6531589339'); }],
    ['steps', function* () { return [yield* step('s', () => 1, once), yield* step('s', () => 2, once)]; }],
    ['captures', function* () { yield* (yield* key('main')) === '1' ? key('s') : capture('B.', { id: 's', maxDigits: 1 }); }],
  ])('are found in one line, and told apart by their columns: %s', (_, body) => {
    const [problem, ...others] = problemsOf(body);
    expect([problem?.code, others]).toEqual(['HS_VERIFY_SITE_TWICE', []]);
    expect(problem?.message).toMatch(/\.ts:(\d+)(:\d+)? and \S+\.ts:\d+/);
  });

  it('are none where a question asks again after its read-back, in other words, and is made before it is asked', () => {
    const body = function* () {
      const question = ask('Number?', {
        id: 'x',
        validate: digits(2),
        noInput: ['Pardon?'],
        invalid: 'No.',
        confirm: { noInput: ['Hm?'], noMatch: 'No.' },
      });
      for (let round = 0; round < 3; round++) yield* question;
    };
    expect(found(body)).toEqual([]);
  });

  it('are none where one line is run again, asks again in other words, or stands in sub-flows of different names', () => {
    const ring = function* (): Flow {
      yield* menu('One.', { 1: 'one' }, { id: 'main', otherwise: 'none', noInput: ['Pardon?', 'Press one.'] });
      yield* bridge('+6531589338');
    };
    const body = function* () {
      yield* ring();
      yield* subflow('sales', ring)();
      yield* ring();
    };
    expect(found(body)).toEqual([]);
  });

  it('are none where a plainly yielded menu asks again', () => {
    const body = function* () {
      yield menu('One.', { 1: 'one' }, { id: 'main', otherwise: 'none', noInput: 'Pardon?' });
    };
    expect(found(body)).toEqual([]);
  });
});

describe('a prompt that changes and has no id', () => {
  it('is found', () => {
    const body = function* () {
      for (const what of ['name', 'street', 'town']) yield* capture(`Key in your ${what}.`, { maxDigits: 1 });
      for (const dish of ['soup', 'fish']) yield* confirm(`Do you want ${dish}?`, { otherwise: false });
    };
    expect(found(body)).toEqual([
      'warning HS_VERIFY_DYNAMIC_PROMPT capture-key-in-your-street [1]',
      'warning HS_VERIFY_DYNAMIC_PROMPT confirm-do-you-want-fish [1 1 1 1]',
    ]);
  });

  it('is none where the place has an id, or the text a language each', () => {
    const body = function* () {
      for (const what of ['name', 'street']) yield* capture(`Key in your ${what}.`, { id: what, maxDigits: 1 });
      for (const dish of ['soup', 'fish']) yield* menu(`Press one for ${dish}.`, { 1: true }, { id: `wants-${dish}`, otherwise: false });
      yield* capture({ en: 'Anything else?', de: 'Noch etwas?' }, { maxDigits: 1 });
    };
    expect(found(body, { voices: { en: 'en-US-BenjaminRUS', de: 'de-DE-HeddaRUS' }, voice: null as never })).toEqual([]);
  });
});
