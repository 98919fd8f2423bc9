import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { capture } from '../../effects/capture.ts';
import { confirm } from '../../effects/confirm.ts';
import type { Flow } from '../../effects/effect.ts';
import { menu } from '../../effects/menu.ts';
import { subflow } from '../../effects/subflow.ts';
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
