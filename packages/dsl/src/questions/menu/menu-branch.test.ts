import { describe, expect, it } from 'vitest';
import { capture } from '../../effects/capture.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import type { Flow } from '../../flow/effect.ts';
import type { FlowBody } from '../../flow/flow-options.ts';
import { type Answer, play } from '../play.test-support.ts';
import { menu } from './menu.ts';

const KEYS = { keys: { back: '*', main: '0' } } as const;

function* billing() {
  return yield* menu('Paid 1, open 2.', { 1: 'paid', 2: 'open' }, { id: 'billing' });
}
function* agent() {
  yield* say('One moment.');
  return 7;
}
const top = () => menu('Billing 1, agent 2.', { 1: billing, 2: agent }, { id: 'top' });

const asking = (effect: ReturnType<typeof menu>, answers: readonly Answer[]) =>
  play(
    function* () {
      return yield* effect;
    },
    answers,
    KEYS,
  );

describe('a menu of branches', () => {
  it.each<[readonly Answer[], unknown]>([
    [['1', '2'], 'open'],
    [['2'], 7],
  ])('runs the one that is chosen and gives its result: %j', (answers, result) => {
    expect(asking(top(), answers).result).toBe(result);
  });

  it('hands over the keys that were pressed', () => {
    const effect = menu(
      'Room?',
      {
        '1-9': function* (keys) {
          return `room ${keys}`;
        },
        '#': function* (keys) {
          return keys;
        },
      },
      { id: 'm' },
    );
    expect([asking(effect, ['4']).result, asking(effect, ['']).result]).toEqual(['room 4', '#']);
  });

  it('takes functions that give a generator', () => {
    expect(asking(menu('Choose.', { 1: () => billing() }, { id: 'm' }), ['1', '1']).result).toBe('paid');
  });

  it('may end in a branch of its own, or in a value', () => {
    expect(asking(menu('Choose.', { 1: billing }, { id: 'm', attempts: 1, otherwise: agent }), [null]).result).toBe(7);
    expect(asking(menu('Choose.', { 1: billing }, { id: 'm', attempts: 1, otherwise: 'nobody' }), [null]).result).toBe('nobody');
  });

  it('hands answers and errors of effects to the branch', () => {
    const failing = function* (): Flow<string> {
      try {
        yield* step('look-up', () => 1);
      } catch (error) {
        return (error as Error).name;
      }
      return 'found';
    };
    const flow: FlowBody = function* () {
      return yield* menu('Choose.', { 1: failing }, { id: 'm' });
    };
    expect(play(flow, ['1', { result: 1 }]).result).toBe('found');
    expect(play(flow, ['1', 'FAILS']).result).toBe('StepFailedError');
  });

  it('lets the flow around it catch what a branch throws', () => {
    const { result, branches } = play(
      function* () {
        try {
          yield* menu(
            'Choose.',
            {
              1: function* () {
                yield* capture('Pin?', { id: 'pin' });
                throw new RangeError('lost');
              },
            },
            { id: 'm' },
          );
          return 'went on';
        } catch (error) {
          return (error as Error).message;
        }
      },
      ['1', '1'],
    );
    expect([result, branches]).toEqual(['lost', 0]);
  });
});

describe('back', () => {
  it.each<[string, FlowBody]>([
    ['yield*', billing],
    [
      'yield',
      function* () {
        return yield menu('Paid 1, open 2.', { 1: 'paid', 2: 'open' }, { id: 'billing' });
      },
    ],
  ])('closes the branch and plays its menu again, whether the inner menu came by %s', (_how, body) => {
    const effect = menu('Billing 1.', { 1: body as () => Flow<string> }, { id: 'top' });
    const { sites, result } = asking(effect, ['1', '*', '1', '2']);
    expect(sites).toEqual(['top', 'billing', 'top', 'billing', 'ended']);
    expect(result).toBe('open');
  });

  it('works where the menu around it came by a plain yield', () => {
    const { sites } = play(
      function* () {
        yield menu('Billing 1.', { 1: billing }, { id: 'top' });
      },
      ['1', '*'],
      KEYS,
    );
    expect(sites).toEqual(['top', 'billing', 'top']);
  });

  it('begins the menu anew: all attempts and the first prompt', () => {
    const effect = menu('Billing 1.', { 1: billing }, { id: 'top', noInput: ['Hello?'], attempts: 2, otherwise: 'nobody' });
    const { turns } = asking(effect, [null, '1', '*', null]);
    expect(turns).toEqual(['Billing 1.', 'Hello?', 'Paid 1, open 2.', 'Billing 1.', 'Hello?']);
  });

  it('leaves one level at a time', () => {
    const middle = () => menu('Middle: 1.', { 1: billing }, { id: 'middle' });
    const effect = menu(
      'Top: 1.',
      {
        1: function* () {
          return yield* middle();
        },
      },
      { id: 'top' },
    );
    expect(asking(effect, ['1', '1', '*', '*']).sites).toEqual(['top', 'middle', 'billing', 'middle', 'top']);
  });

  it('runs the finally blocks of the branch and performs what they yield', () => {
    function* renting(): Flow {
      try {
        yield* billing();
      } finally {
        yield* say('Leaving.');
        yield* step('release', () => 1);
        yield* say('Left.');
      }
    }
    const { sites, turns } = asking(menu('Rent 1.', { 1: renting }, { id: 'top' }), ['1', '*', { result: 1 }]);
    expect(sites).toEqual(['top', 'billing', 'release', 'top']);
    expect(turns.at(-1)).toBe('Leaving. | Left. | Rent 1.');
  });

  it('ends the flow with what a finally block of the branch throws', () => {
    function* broken(): Flow {
      try {
        yield* billing();
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- what is tested
        throw new RangeError('broken');
      }
    }
    expect(asking(menu('Rent 1.', { 1: broken }, { id: 'top' }), ['1', '*']).error).toMatchObject({ message: 'broken' });
  });
});

describe('main', () => {
  it('leaves all branches, innermost first, for the outermost menu', () => {
    const left: string[] = [];
    const leaving = (name: string, inner: () => Flow<unknown>) =>
      function* () {
        try {
          yield* inner();
        } finally {
          left.push(name);
        }
      };
    const middle = () => menu('Middle: 1.', { 1: leaving('inner', billing) }, { id: 'middle' })[Symbol.iterator]();
    const { sites } = asking(menu('Top: 1.', { 1: leaving('outer', middle) }, { id: 'top' }), ['1', '1', '0']);
    expect(sites).toEqual(['top', 'middle', 'billing', 'top']);
    expect(left).toEqual(['inner', 'outer']);
  });

  it('is back where there is one menu around', () => {
    expect(asking(top(), ['1', '0']).sites).toEqual(['top', 'billing', 'top']);
  });

  it('leaves any number of branches, the finally blocks of all of them run', () => {
    const depth = 2_000;
    let left = 0;
    function* deeper(): Flow {
      try {
        yield* menu('Deeper 1.', { 1: deeper }, { id: 'deep' });
      } finally {
        left++;
      }
    }
    const answers = [...Array.from({ length: depth }, () => '1'), '0'];
    const limits = { turns: depth + 2 };
    const { site, branches, error } = play(() => menu('Deeper 1.', { 1: deeper }, { id: 'top' })[Symbol.iterator](), answers, {
      ...KEYS,
      limits,
    });
    expect([site, branches, left, error]).toEqual(['top', 0, depth, null]);
  });
});
