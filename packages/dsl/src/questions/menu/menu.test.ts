import { describe, expect, it } from 'vitest';
import type { FlowBody } from '../../flow/flow-options.ts';
import { type Answer, play } from '../play.test-support.ts';
import type { MenuOptions } from './menu-options.ts';
import { menu } from './menu.ts';

const PROMPT = 'Billing 1, agent 2.';
const topic = <const W = never>(options: MenuOptions<W> = {}) => menu(PROMPT, { 1: 'billing', 2: 'agent' }, { id: 'main', ...options });

const asking = (effect: ReturnType<typeof menu>, answers: readonly Answer[] = []) =>
  play(function* () {
    return yield* effect;
  }, answers);

describe('a menu of values', () => {
  it.each([
    ['1', 'billing'],
    ['2', 'agent'],
  ])('gives what %s stands for', (key, chosen) => {
    expect(asking(topic(), [key]).result).toBe(chosen);
  });

  it('gives the same answer to a plain yield', () => {
    const plain: FlowBody = function* () {
      return yield topic();
    };
    const { result, sites } = play(plain, [null, '1']);
    expect(result).toBe('billing');
    expect(sites).toEqual(['main', 'main', 'ended']);
  });

  it.each<[string, number]>([
    ['1', 1],
    ['2', 1],
    ['5', 2],
    ['*', 3],
    ['', 4],
    ['12', 5],
    ['09', 6],
  ])('knows keys written as lists, ranges, signs and several digits: %j', (keys, chosen) => {
    const options = { '1, 2': 1, '4-6': 2, '*': 3, '#': 4, 12: 5, '08-10': 6 };
    expect(asking(menu('Choose.', options, { id: 'm' }), [keys]).result).toBe(chosen);
  });

  it('may answer with null, false and objects', () => {
    const effect = menu('Choose.', { 1: null, 2: false, 3: { to: 'sales' } }, { id: 'm' });
    expect([asking(effect, ['1']).result, asking(effect, ['2']).result, asking(effect, ['3']).result]).toEqual([
      null,
      false,
      { to: 'sales' },
    ]);
  });
});

describe('what goes wrong in a menu', () => {
  const told = { noInput: ['Are you there?', 'Hello?'], noMatch: ['No such choice.'], invalid: 'One key, please.', attempts: 9 };

  it('has prompts for each event and attempt, the last one used again', () => {
    const { turns } = asking(topic(told), [null, '7', null, '', null, '8', '12']);
    expect(turns).toEqual([
      PROMPT,
      'Are you there?',
      'No such choice.',
      'Hello?',
      'One key, please.',
      'Hello?',
      'No such choice.',
      'One key, please.',
    ]);
  });

  it('repeats the main prompt where an event has none', () => {
    expect(asking(topic(), [null, '7']).turns).toEqual([PROMPT, PROMPT, PROMPT]);
  });

  it('takes the prompts of noMatch for an invalid entry without prompts of its own', () => {
    expect(asking(topic({ noMatch: 'No such choice.' }), ['']).heard).toBe('No such choice.');
  });

  it('escalates with lists of texts and audio', () => {
    const prompt = [{ audio: 'https://acme.test/sorry.wav' }, 'Billing 1.'];
    expect(asking(topic({ noInput: [prompt] }), [null]).heard).toBe('[https://acme.test/sorry.wav] | Billing 1.');
  });

  it.each<[string, readonly Answer[]]>([
    ['silence', [null, null, null]],
    ['other keys', ['7', '8', '9']],
    ['anything', [null, '7', '']],
  ])('ends after three attempts of %s', (_what, answers) => {
    expect(asking(topic({ otherwise: 'nobody' }), answers).result).toBe('nobody');
    expect(asking(topic({ otherwise: 'nobody' }), answers.slice(1)).site).toBe('main');
  });

  it('ends when one event has used up its own attempts', () => {
    const options = { attempts: { total: 5, noInput: 2 }, otherwise: 'nobody' };
    expect(asking(topic(options), [null, '7', null]).result).toBe('nobody');
    expect(asking(topic(options), ['7', '8', null, '9']).wait).toBe('platform');
  });

  it('may end in null', () => {
    expect(asking(topic({ otherwise: null, attempts: 1 }), [null]).result).toBeNull();
  });

  it('may end in a part of the flow', () => {
    const { result, turns } = asking(
      topic({
        attempts: 1,
        *otherwise() {
          return yield* menu('Really nothing?', { 1: 'no' }, { id: 'really' });
        },
      }),
      [null, '1'],
    );
    expect([result, turns[1]]).toEqual(['no', 'Really nothing?']);
  });
});

describe('a menu without otherwise', () => {
  it('throws an error that the flow can catch', () => {
    const { result } = play(
      function* () {
        try {
          return yield* topic({ attempts: 2 });
        } catch (error) {
          return error;
        }
      },
      [null, '7'],
    );
    expect(result).toMatchObject({ code: 'HS_NO_ANSWER', effect: 'menu', id: 'main', attempts: 2, last: 'noMatch' });
  });

  it('ends in the goodbye of its flow', () => {
    const { turns, wait, error } = asking(topic(), [null, null, null]);
    expect([turns.at(-1), wait, error]).toEqual(['Goodbye. | (hangs up)', 'ended', null]);
  });
});
