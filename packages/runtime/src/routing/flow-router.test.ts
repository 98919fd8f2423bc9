import { describe, expect, it } from 'vitest';
import { defineFlow, type FlowModule, say } from '@hookswitch/dsl';
import { createRoutes, type FlowSource } from './flow-router.ts';

const flow = (name: string, version = '1'): FlowModule =>
  defineFlow({ name, version, voice: 'en-US-BenjaminRUS' }, function* () {
    yield say('Hello.');
  });
const [a, b, a2] = [flow('a'), flow('b'), flow('a', '2')];

/** What answers a call to a number and a subaccount. */
function answers(sources: readonly FlowSource[], to = '+6568332048', subAccountId = 'Acme'): string | null {
  const found = createRoutes(sources).route({ to, subAccountId })?.flow.options;
  return found === undefined ? null : `${found.name}@${found.version}`;
}

describe('createRoutes', () => {
  it.each<[string, readonly FlowSource[], string | null]>([
    [
      'the flow of the number',
      [
        { flow: a, numbers: ['6568332048'] },
        { flow: b, default: true },
      ],
      'a@1',
    ],
    [
      'else that of the subaccount',
      [
        { flow: a, numbers: ['+6500000000'] },
        { flow: b, subAccounts: ['Acme'] },
      ],
      'b@1',
    ],
    ['else the default', [{ flow: a, default: true }, b], 'a@1'],
    ['else the only flow', [a], 'a@1'],
    ['else the only flow that claims nothing', [{ flow: a, numbers: ['+6500000000'] }, b], 'b@1'],
    ['in its newest version', [a, a2], 'a@2'],
    ['and no old version of a flow that claims something', [a, { flow: a2, numbers: ['+6500000000'] }, b], 'b@1'],
    ['else nothing', [a, b], null],
    ['and not a flow that does not want to', [{ flow: a, default: false }], null],
  ])('chooses %s', (_which, sources, expected) => {
    expect(answers(sources)).toBe(expected);
  });

  it('finds a call its version, else the newest of the name', () => {
    const { find } = createRoutes([a, a2, b]);
    expect([find('a', '1')?.flow, find('a', '7')?.flow, find('c', '1')]).toEqual([a, a2, null]);
  });

  it('tells calls that began on a server which has more than this one', () => {
    const { isAhead } = createRoutes([flow('a', '9'), flow('a', '10'), b]);
    expect([isAhead('a', '9'), isAhead('a', '8'), isAhead('a', '10'), isAhead('a', '11'), isAhead('c', '1')]).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
  });

  it('lets a choice of one’s own go before', () => {
    const routes = createRoutes([a, b, a2], ({ to }) => (to === '1' ? 'a' : null));
    expect([routes.route({ to: '1', subAccountId: '' })?.flow, routes.route({ to: '2', subAccountId: '' })]).toEqual([a2, null]);
  });

  it.each<[string, readonly FlowSource[], RegExp]>([
    ['one version twice', [a, flow('a')], /two flows are called "a" in version "1"/],
    [
      'one number twice',
      [
        { flow: a, numbers: ['+1234567'] },
        { flow: b, numbers: ['1234567'] },
      ],
      /a number is answered by both "b" and "a"/,
    ],
    [
      'one subaccount twice',
      [
        { flow: a, subAccounts: ['Acme'] },
        { flow: b, subAccounts: ['Acme'] },
      ],
      /subaccount "Acme" is answered by both/,
    ],
    [
      'two defaults',
      [
        { flow: a, default: true },
        { flow: b, default: true },
      ],
      /"b" and "a" both want to be the default flow/,
    ],
  ])('refuses %s', (_what, sources, message) => {
    expect(() => createRoutes(sources)).toThrow(message);
  });
});
