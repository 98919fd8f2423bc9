import { describe, expect, it } from 'vitest';
import type { FlowDefinition } from '../../flow/flow-options.ts';
import { menu } from '../menu/menu.ts';
import { type Answer, play } from '../play.test-support.ts';
import { custom } from '../validators/custom.ts';
import { date } from '../validators/date.ts';
import { digits } from '../validators/digits.ts';
import { invalid } from '../validators/invalid.ts';
import { pin } from '../validators/pin.ts';
import type { AskOptions } from './ask-options.ts';
import { ask } from './ask.ts';

const PROMPT = 'Account number?';
const asking = <T, W>(options: AskOptions<T, W>, answers: readonly Answer[] = [], definition: Partial<FlowDefinition> = {}) =>
  play(
    function* () {
      return yield* ask(PROMPT, { id: 'account', ...options });
    },
    answers,
    definition,
  );

describe('a question', () => {
  it('gives what was keyed in', () => {
    expect(asking({}, ['0071']).result).toBe('0071');
  });

  it('gives what its validator makes of it', () => {
    expect(asking({ validate: custom((entry) => ({ room: Number(entry) })) }, ['12']).result).toEqual({ room: 12 });
  });

  it('gives the same answer to a plain yield', () => {
    const { result } = play(
      function* () {
        return yield ask(PROMPT, { validate: digits(4) });
      },
      ['1', '1234'],
    );
    expect(result).toBe('1234');
  });

  it('tells silence, too short, too long and not valid apart, each with its reason', () => {
    const validate = custom((entry) => (entry === '1111' ? invalid('No ones, please.') : entry), { minDigits: 3, maxDigits: 5 });
    const { turns } = asking({ validate, attempts: 9 }, [null, '', '12', '123456', '1111', '1*1']);
    expect(turns).toEqual([
      PROMPT,
      PROMPT,
      `That was too short. | ${PROMPT}`,
      `That was too short. | ${PROMPT}`,
      `That was too long. | ${PROMPT}`,
      `No ones, please. | ${PROMPT}`,
      `Please use the number keys only. | ${PROMPT}`,
    ]);
  });

  it('has a reason for every refusal', () => {
    expect(asking({ validate: custom(() => invalid()) }, ['1']).heard).toBe(`That is not valid. | ${PROMPT}`);
  });

  it('has prompts for each event and attempt in place of reason and prompt', () => {
    const told = {
      noInput: ['Hello?', 'Are you there?'],
      tooShort: 'Four digits, please.',
      invalid: ['Sorry. {reason} Again?'],
      attempts: 9,
    };
    const validate = custom((entry) => (entry === '1111' ? invalid('No ones.') : entry), { minDigits: 4, maxDigits: 4 });
    const { turns } = asking({ validate, ...told }, [null, null, '1', '1111', null]);
    expect(turns.slice(1)).toEqual(['Hello?', 'Are you there?', 'Four digits, please.', 'Sorry. No ones. Again?', 'Are you there?']);
  });

  it.each<[string, AskOptions, readonly Answer[], unknown]>([
    ['in all', { attempts: 2 }, [null, '1'], 'nobody'],
    ['of one event', { attempts: { total: 9, tooShort: 1 } }, [null, '1'], 'nobody'],
    ['of another event', { attempts: { total: 9, tooShort: 1 } }, [null, null], undefined],
  ])('ends after the attempts that it has %s', (_what, options, answers, result) => {
    expect(asking({ validate: digits(4), otherwise: 'nobody', ...options }, answers).result).toBe(result);
  });

  it('may end in a part of the flow', () => {
    const otherwise = function* () {
      return yield* menu('Nothing?', { 1: 'no' }, { id: 'nothing' });
    };
    expect(asking({ attempts: 1, otherwise }, [null, '1']).result).toBe('no');
  });

  it('without otherwise ends in the goodbye of the flow', () => {
    expect(asking({ attempts: 1 }, [null], { goodbye: 'See you.' }).heard).toBe('See you. | (hangs up)');
  });
});

describe('the capture of a question', () => {
  it('leaves nothing to the platform that it does not document', () => {
    expect(asking({}).capture).toMatchObject({ noOfTries: 1, minDigits: 1, successMessage: null, failureMessage: null });
  });

  it.each<[string, AskOptions, object]>([
    ['a fixed length', { validate: digits(8) }, { maxDigits: 8, completeOnHash: false }],
    ['#, one digit beyond the longest', { validate: digits(4, 8) }, { maxDigits: 9, completeOnHash: true }],
    ['#, 25 digits being the most', { validate: digits(4, 25) }, { maxDigits: 25, completeOnHash: true }],
  ])('is ended by %s', (_what, options, expected) => {
    expect(asking(options).capture).toMatchObject({ digitTimeout: 5_000, overallTimeout: 30_000, ...expected });
  });

  it('is sensitive where the answer is secret, unless told otherwise', () => {
    const sensitive = (options: AskOptions) => asking(options).capture.sensitive;
    expect([sensitive({}), sensitive({ sensitive: true }), sensitive({ validate: pin(4) })]).toEqual([false, true, true]);
    expect(sensitive({ validate: pin(4), sensitive: false })).toBe(false);
  });

  it('tells exploration each class of answer', () => {
    const validate = custom((entry) => (entry.startsWith('9') ? invalid() : entry), {
      minDigits: 2,
      maxDigits: 3,
      examples: { pass: ['12', '345'], fail: ['99'] },
    });
    const { shape } = asking({ validate, examples: ['777'] }).capture;
    expect(shape?.answers.map(({ label, digits: keyed }) => `${label}: ${keyed}`)).toEqual([
      'valid: 12',
      'valid 2: 345',
      'not valid: 99',
      'too short: 1',
      'too long: 1234',
      '#: ',
      '777: 777',
      'silence: null',
    ]);
    expect(shape?.declared).toEqual(['valid', 'valid 2']);
  });

  it('declares an answer even where no example gives one', () => {
    expect(asking({ validate: custom((entry) => entry) }).capture.shape?.declared).toEqual(['valid']);
  });
});

describe('universal keys at a question', () => {
  const FLOW: Partial<FlowDefinition> = { keys: { repeat: '*', operator: '0' }, operator: function* () {} };

  it('work where they can not be an answer', () => {
    expect(asking({ validate: digits(4), attempts: 1 }, ['*', '0', '0123'], FLOW).result).toBe('0123');
  });

  it('are answers where they can be', () => {
    expect(asking({ validate: digits(1, 4) }, ['0'], FLOW).result).toBe('0');
  });

  it('go back where a branch is around', () => {
    const { sites } = play(
      function* () {
        yield* menu('Account 1.', { 1: () => ask(PROMPT, { id: 'account' })[Symbol.iterator]() }, { id: 'top' });
      },
      ['1', '*'],
      { keys: { back: '*' } },
    );
    expect(sites).toEqual(['top', 'account', 'top']);
  });

  it('are an error where the question itself gives one that could be an answer', () => {
    expect(asking({ validate: digits(1, 4), keys: { repeat: '7' } }).error).toMatchObject({ code: 'HS_KEYS_CLASH' });
  });

  it('let # end the entry where it means something', () => {
    expect(asking({ validate: digits(4), keys: { repeat: '#' } }).capture).toMatchObject({ completeOnHash: true, maxDigits: 4 });
  });
});

describe('a question that looks at the time', () => {
  it('is told by the call when it is answered', () => {
    const validate = date('DDMMYYYY', { timeZone: 'UTC', range: 'future' });
    const { heard } = asking({ validate }, ['04032026']);
    expect(heard).toBe(`That date is too early. | ${PROMPT}`);
    expect(asking({ validate }, ['05032026']).result).toEqual({ year: 2026, month: 3, day: 5 });
  });
});
