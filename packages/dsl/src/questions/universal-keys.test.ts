import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { say } from '../effects/say.ts';
import type { Flow } from '../flow/effect.ts';
import type { FlowDefinition } from '../flow/flow-options.ts';
import { subflow } from '../flow/subflow.ts';
import type { MenuOptions } from './menu/menu-options.ts';
import { menu } from './menu/menu.ts';
import { type Answer, play } from './play.test-support.ts';

function* operator(): Flow {
  yield* bridge('+6531580000', { id: 'desk' });
  yield* say('Nobody there.');
}
const FLOW: Partial<FlowDefinition> = { keys: { repeat: '9', operator: '0', back: '*', main: '#' }, operator };
const topic = (options: MenuOptions = {}) => menu('Billing 1.', { 1: 'billing' }, { id: 'topic', ...options });

const calling = (effect: () => ReturnType<typeof menu>, answers: readonly Answer[], flow = FLOW) =>
  play(
    function* () {
      return yield* effect();
    },
    answers,
    flow,
  );

describe('repeat', () => {
  it('plays the main prompt again and costs no attempt', () => {
    const { turns, wait } = calling(() => topic({ attempts: 2, noInput: 'Hello?' }), ['9', null, '9', '9', '9']);
    expect(turns).toEqual(['Billing 1.', 'Billing 1.', 'Hello?', 'Billing 1.', 'Billing 1.', 'Billing 1.']);
    expect(wait).toBe('platform');
  });

  it('has the key that the menu gives it, or none', () => {
    const own = { keys: { repeat: '8' }, attempts: 1, otherwise: 'nobody' } as const;
    expect(calling(() => topic(own), ['8', '1']).result).toBe('billing');
    expect(calling(() => topic(own), ['9']).result).toBe('nobody');
    expect(calling(() => topic({ keys: { repeat: null }, attempts: 1, otherwise: 'nobody' }), ['9']).result).toBe('nobody');
  });
});

describe('operator', () => {
  it('runs the operator, and then the menu anew', () => {
    const { sites, heard } = calling(() => topic({ noInput: 'Hello?', attempts: 2 }), [null, '0', { bridge: 'busy' }, null]);
    expect(sites).toEqual(['topic', 'topic', 'operator/desk', 'topic', 'topic']);
    expect(heard).toBe('Hello?');
  });

  it('works in branches too, at the same sites', () => {
    const branch = subflow('sales', function* () {
      return yield* topic();
    });
    const effect = () => menu('Sales 1.', { 1: branch }, { id: 'top' });
    const { sites, result } = calling(effect, ['1', '0', { bridge: 'busy' }, '1']);
    expect(sites).toEqual(['top', 'sales/topic', 'operator/desk', 'sales/topic', 'ended']);
    expect(result).toBe('billing');
  });

  it('is a branch of the menu where it was called: back leads there', () => {
    function* desks(): Flow {
      yield* menu('Desk 1.', { 1: 'desk' }, { id: 'desks' });
    }
    const flow = { ...FLOW, operator: desks };
    expect(calling(() => topic(), ['0', '*'], flow).sites).toEqual(['topic', 'operator/desks', 'topic']);
  });

  it('has no key while it is run', () => {
    function* desks(): Flow<unknown> {
      return yield* menu('Desk 1, lift 0.', { 1: 'desk', 0: 'lift' }, { id: 'desks' });
    }
    const flow = { ...FLOW, operator: desks };
    expect(calling(() => topic(), ['0', '0'], flow).sites).toEqual(['topic', 'operator/desks', 'topic']);
  });

  it('gets the call', () => {
    const flow: Partial<FlowDefinition> = {
      keys: { operator: '0' },
      operator: function* (call) {
        yield* say(call.direction);
      },
    };
    expect(calling(() => topic(), ['0'], flow).heard).toBe('inbound | Billing 1.');
  });
});

describe('universal keys', () => {
  it('of the flow for back and main do nothing outside of branches', () => {
    expect(calling(() => topic({ attempts: 1, otherwise: 'nobody' }), ['*']).result).toBe('nobody');
    expect(calling(() => menu('Star.', { '*': 'star', '#': 'hash' }, { id: 'm' }), ['*']).result).toBe('star');
  });

  it('are told to exploration', () => {
    const { capture } = calling(() => topic(), []);
    expect(capture.shape?.answers).toContainEqual({ label: '9 (repeat)', digits: '9', universal: true });
    expect(capture.shape?.declared).toEqual(['1', '9 (repeat)', '0 (operator)']);
  });

  it('make the capture long enough', () => {
    const { capture } = calling(() => topic({ keys: { repeat: '#', operator: '00' } }), []);
    expect(capture).toMatchObject({ maxDigits: 2, completeOnHash: true });
  });

  it.each<[string, MenuOptions, string, RegExp]>([
    ['back outside of a branch', { keys: { back: '*' } }, 'HS_KEYS_OUTSIDE_BRANCH', /needs the branch of a menu around it/],
    ['main outside of a branch', { keys: { main: '*' } }, 'HS_KEYS_OUTSIDE_BRANCH', /keys\.main/],
    ['a key that is an option', { keys: { repeat: '1' } }, 'HS_KEYS_CLASH', /keys: \{ repeat: null \}/],
    ['one key for two things', { keys: { repeat: '0' } }, 'HS_KEYS_INVALID', /that of repeat/],
    ['a letter', { keys: { repeat: 'a' } }, 'HS_KEYS_INVALID', /must be what a caller can key in/],
    ['a number', { keys: { repeat: 9 as unknown as string } }, 'HS_KEYS_INVALID', /as a text such as '9'/],
    ['an unknown name', { keys: { repaet: '9' } as unknown as MenuOptions['keys'] & object }, 'HS_KEYS_INVALID', /Did you mean "repeat"/],
    ['no object', { keys: '9' as unknown as MenuOptions['keys'] & object }, 'HS_KEYS_INVALID', /must be an object/],
  ])('are checked at the line of the menu: %s', (_what, options, code, message) => {
    const { error } = calling(() => topic(options), []);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it('are checked when it is played where a menu is made once for all calls', () => {
    const once = topic({ keys: { back: '*' } });
    expect(calling(() => once, []).error).toMatchObject({ code: 'HS_KEYS_OUTSIDE_BRANCH' });
    const { sites } = calling(() => menu('Sales 1.', { 1: () => once[Symbol.iterator]() }, { id: 'top' }), ['1', '*']);
    expect(sites).toEqual(['top', 'topic', 'top']);
  });

  it('need an operator in the flow', () => {
    const { error } = calling(() => topic({ keys: { operator: '0' } }), [], { keys: { repeat: '9' } });
    expect(error).toMatchObject({ code: 'HS_KEYS_INVALID', message: expect.stringMatching(/without an operator/) as string });
  });
});
