import { describe, expect, it } from 'vitest';
import { spokenDate } from '../../calendar/dates-spoken.ts';
import type { FlowDefinition } from '../../flow/flow-options.ts';
import { type Answer, play } from '../play.test-support.ts';
import { amount } from '../validators/amount.ts';
import { date } from '../validators/date.ts';
import { digits } from '../validators/digits.ts';
import { pin } from '../validators/pin.ts';
import type { AskOptions } from './ask-options.ts';
import { ask } from './ask.ts';

const asking = <T, W>(options: AskOptions<T, W>, answers: readonly Answer[] = [], definition: Partial<FlowDefinition> = {}) =>
  play(
    function* () {
      return yield* ask('Number?', { id: 'number', confirm: true, ...options });
    },
    answers,
    definition,
  );

describe('a question with a confirmation', () => {
  it('reads the entry one by one and asks whether it is right', () => {
    const { turns, sites, result } = asking({ validate: digits(3) }, ['123', '1']);
    expect(turns[1]).toBe('You entered 1, 2, 3. If that is right press 1, to enter it again press 2.');
    expect(sites).toEqual(['number', 'number-confirm', 'ended']);
    expect(result).toBe('123');
  });

  it('asks again for an entry that is not right, which costs an attempt', () => {
    const { sites, result } = asking({ attempts: 2, otherwise: 'nobody' }, ['1', '2', '3', '2']);
    expect(sites).toEqual(['number', 'number-confirm', 'number', 'number-confirm', 'ended']);
    expect(result).toBe('nobody');
  });

  it('gives up where the caller does not say whether it is right', () => {
    expect(asking({ otherwise: 'nobody' }, ['1', null, '9', null]).result).toBe('nobody');
    expect(asking({ otherwise: 'nobody', confirm: { attempts: 1 } }, ['1', null]).result).toBe('nobody');
    const { result } = play(
      function* () {
        try {
          yield* ask('Number?', { id: 'number', confirm: true });
        } catch (error) {
          return error;
        }
        return null;
      },
      ['1', null, null, null],
    );
    expect(result).toMatchObject({ code: 'HS_NO_ANSWER', effect: 'ask', attempts: 1, last: 'again' });
  });

  it('reads * as what it is', () => {
    expect(asking({ validate: amount({ max: 9_999 }) }, ['12*5']).heard).toMatch(/^You entered 1, 2, point, 5\. /);
  });

  it('takes other words, also for silence and other keys', () => {
    const confirm = { prompt: '{entry}: 1 or 2?', noInput: 'Is it {entry}?', noMatch: ['1 or 2.'] };
    expect(asking({ confirm }, ['12', null, '5']).turns).toEqual(['Number?', '1, 2: 1 or 2?', 'Is it 1, 2?', '1 or 2.']);
  });

  it('takes words made of the value', () => {
    const validate = date('DDMM', { timeZone: 'UTC', range: 'future' });
    const confirm = { prompt: (day: { year: number; month: number; day: number }) => `${spokenDate(day, { language: 'en' })}? 1 or 2.` };
    expect(asking({ validate, confirm }, ['0603']).heard).toBe('Friday, March 6? 1 or 2.');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty text', ''],
    ['a list', ['1', 'or 2.']],
  ])('names its prompt where that is a function that gives %s', (_what, given) => {
    const { error } = asking({ confirm: { prompt: () => given as string } }, ['12']);
    expect(error).toMatchObject({ name: 'EffectArgumentError', argument: 'ask: confirm.prompt' });
  });

  it('keeps a secret entry secret', () => {
    expect(asking({ validate: pin(4) }, ['1234']).capture).toMatchObject({ sensitive: true });
  });

  it('speaks the language of the call', () => {
    const phrases = {
      readBack: { en: 'You entered {entry}.', de: 'Ihre Eingabe: {entry}.' },
      point: { en: 'point', de: 'Komma' },
    };
    const definition = { voices: { de: 'de-DE-Hedda', en: 'en-US-BenjaminRUS' }, phrases };
    expect(asking({ validate: amount({ max: 9_999 }) }, ['1*5'], definition).heard).toBe('Ihre Eingabe: 1, Komma, 5.');
  });

  it('works without an id', () => {
    const { sites } = play(
      function* () {
        yield* ask('Number?', { confirm: true });
      },
      ['1', '2'],
    );
    expect(sites).toEqual(['ask-number', 'ask-number-confirm', 'ask-number']);
  });
});
