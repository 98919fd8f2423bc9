import { describe, expect, it } from 'vitest';
import { findProblem, hideValue } from './find-problem.ts';
import { FUNCTION, optionSet, type Schema, valueThat } from './schema.ts';

const ACCOUNT = optionSet(
  { id: { type: 'string', pattern: '^[a-z]+$', 'x-form': 'letters' }, key: { type: 'string', 'x-secret': true, 'x-form': 'its key' } },
  { required: ['id', 'key'] },
);
const SERVER = optionSet(
  {
    port: { type: 'integer', minimum: 0, maximum: 65_535 },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 10 },
    least: { type: 'number', minimum: 1 },
    level: { enum: ['info', 'warn'] },
    loud: { type: 'boolean' },
    secrets: { type: 'array', items: { type: 'string' }, minItems: 1, 'x-secret': true },
    accounts: { type: 'array', items: ACCOUNT },
    proxies: { anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'string' } }, { const: 'all' }] },
    owner: { anyOf: [{ type: 'string' }, ACCOUNT], 'x-form': 'a name or an account' },
    sessions: optionSet(
      { budget: { type: 'integer', minimum: 1, 'x-form': 'milliseconds' } },
      { 'x-elsewhere': { delivery: 'set it beside' } },
    ),
    onEnd: FUNCTION,
    even: valueThat('an even number', (value) => typeof value === 'number' && value % 2 === 0),
    name: { type: 'string', minLength: 1, maxLength: 5 },
  },
  { required: ['port'] },
);

const problem = (value: unknown, schema: Schema = SERVER): string => {
  const { path, says } = findProblem(schema, value) ?? { path: 'nothing', says: 'wrong' };
  return `${path} ${says}`;
};

describe('findProblem', () => {
  it('finds nothing wrong with what fits', () => {
    const accounts = [{ id: 'acme', key: 'k' }];
    expect(findProblem(SERVER, { port: 1, level: 'info', secrets: ['a'], accounts, proxies: 'all', onEnd: () => {}, even: 2 })).toBeNull();
  });

  it('takes undefined for a key that is left out', () => {
    expect(findProblem(SERVER, { port: 1, loud: undefined })).toBeNull();
    expect(problem({ port: undefined })).toBe('port must be a whole number in 0..65535');
  });

  it.each<[string, object, string]>([
    ['a number out of range', { port: 70_000 }, 'port must be a whole number in 0..65535; got 70000'],
    ['a text for a number', { port: '80' }, 'port must be a whole number in 0..65535; got "80"'],
    ['a number that must be above', { rate: 0 }, 'rate must be a number above 0, at most 10; got 0'],
    ['a number that is too small', { least: 0.5 }, 'least must be a number of at least 1; got 0.5'],
    ['a wrong choice', { level: 'wran' }, 'level must be one of info, warn; got "wran" (did you mean "warn"?)'],
    ['no switch', { loud: null }, 'loud must be true or false; got null'],
    ['a secret that is no list', { secrets: 'hunter2' }, 'secrets must be a list of texts, at least one'],
    ['an unknown key', { prot: 1 }, ' has no key "prot". Did you mean "port"? Known are port, rate, '],
    ['an unknown key within', { accounts: [{ id: 'a', key: 'k', name: 1 }] }, 'accounts[0] has no key "name". Known are id, key'],
    ['a missing key within', { accounts: [{ key: 'k' }] }, 'accounts[0].id must be letters'],
    ['a secret within', { accounts: [{ id: 'a', key: 7 }] }, 'accounts[0].key must be its key'],
    ['no object in a list', { accounts: [7] }, 'accounts[0] must be an object with keys out of id, key; got 7'],
    ['none of several', { proxies: true }, 'proxies must be a whole number, or a list of texts, or "all"; got true'],
    ['the object of several', { owner: { id: 'A', key: 'k' } }, 'owner.id must be letters; got "A"'],
    ['none of several that have a name', { owner: 7 }, 'owner must be a name or an account; got 7'],
    ['a key that is set elsewhere', { sessions: { delivery: 1 } }, 'sessions has no key "delivery": set it beside'],
    ['no object', { sessions: [] }, 'sessions must be an object with keys out of budget; got a list'],
    ['no function', { onEnd: {} }, 'onEnd must be a function; got an object'],
    ['what code refuses', { even: 3 }, 'even must be an even number; got 3'],
    ['a text that is too long', { name: 'abcdef' }, 'name must be a text of 1 to 5 characters; got "abcdef"'],
  ])('names %s', (_what, options, says) => {
    expect(problem({ port: 1, ...options })).toContain(says);
  });

  it.each([7, null, [], 'text', undefined])('refuses %j instead of options', (value) => {
    expect(problem(value)).toMatch(/^ must be an object with keys out of port, /);
  });

  it('tells an unknown key from its place, for whoever names keys by their path', () => {
    expect(findProblem(SERVER, { port: 1, accounts: [{ ID: 'a' }] })).toMatchObject({
      ...{ kind: 'unknown key', path: 'accounts[0]', unknown: { key: 'ID', hint: 'Did you mean "id"? Known are id, key' } },
    });
  });

  it('repeats nothing when told so, and cuts what is long', () => {
    expect(findProblem(SERVER, { port: 'x' }, hideValue)?.says).toBe('must be a whole number in 0..65535');
    expect(problem({ port: 'x'.repeat(200) })).toContain(`got "${'x'.repeat(60)}…"`);
  });

  it('knows names that every object has only as names', () => {
    expect(problem({ port: 1, constructor: 1 })).toContain('has no key "constructor"');
    expect(problem(JSON.parse('{"port":1,"__proto__":1}'))).toContain('has no key "__proto__"');
  });
});
