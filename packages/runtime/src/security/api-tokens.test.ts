import { describe, expect, it } from 'vitest';
import { API_ROLES, type ApiToken, apiTokensProblem, createApiTokens, isEnough, leastToken, readApiTokens } from './api-tokens.ts';

const SECRETS = ['first-token-of-the-test', 'second-token-of-the-test', 'third:token:with:colons'] as const;
const grafana = { token: SECRETS[0], label: 'grafana', role: 'read' } as const;

describe('the tokens of the API', () => {
  it('are bare, or have a label and a role, as an object or as a text', () => {
    const given = [SECRETS[0], { token: SECRETS[1], label: 'Night shift', role: 'operate' }, `desk:read:${SECRETS[2]}`] as const;
    expect(readApiTokens(given)).toEqual([
      { token: SECRETS[0], label: 'token-1', role: 'admin' },
      given[1],
      { token: SECRETS[2], label: 'desk', role: 'read' },
    ]);
  });

  it.each<[string, readonly unknown[], string]>([
    ['no text and no object', [7], '[0] must be a text'],
    ['nothing', [SECRETS[0], null], '[1] must be a text'],
    ['a text without a role', [`grafana:${SECRETS[0]}`], '[0] has a colon, and is not of the form label:role:token'],
    ['a key that is none', [{ ...grafana, rol: 'read' }], 'Did you mean "role"?'],
    ['no token', [{ label: 'grafana', role: 'read' }], '[0].token must be a text'],
    ['an empty token', [''], '[0].token must be a text'],
    ['an empty token after its role', ['grafana:read:'], '[0].token must be a text'],
    ['a space in a token', [`${SECRETS[0]} x`], '[0].token has characters'],
    ['a short token', ['fifteen-charact'], '[0].token is weak'],
    ['one character repeated', ['a'.repeat(40)], '[0].token is weak'],
    ['a role that is none', [`grafana:root:${SECRETS[0]}`], '[0].role must be one of read, operate, admin'],
    ['a role that is nearly one', [{ ...grafana, role: 'opertate' }], 'did you mean "operate"?'],
    ['a role that every object has', [{ ...grafana, role: 'constructor' }], '[0].role must be one of'],
    ['no role', [{ token: SECRETS[0], label: 'grafana' }], '[0].role must be one of'],
    ['no label', [`:read:${SECRETS[0]}`], '[0].label must be a text of 1 to 64 characters'],
    ['a label that is too long', [{ ...grafana, label: 'x'.repeat(65) }], '[0].label must be a text of 1 to 64 characters'],
    ['a label with a space before it', [` grafana:read:${SECRETS[0]}`], '[0].label must be without'],
    ['a label that changes a terminal', [{ ...grafana, label: 'red\u001b[31m' }], '[0].label must be without'],
    ['a label that is written backwards', [{ ...grafana, label: '\u202eafar' }], '[0].label must be without'],
    ['a label that no text could hold', [{ ...grafana, label: 'a:b' }], '[0].label must be without'],
    ['a token twice', [SECRETS[0], SECRETS[1], grafana], '[2].token is the same as that of [0]'],
    ['a label twice', [grafana, { ...grafana, token: SECRETS[1] }], '[1].label is the same as that of [0]'],
    ['a label that a bare token has', [SECRETS[0], { ...grafana, token: SECRETS[1], label: 'token-1' }], '[1].label is the same'],
  ])('with %s are refused, and no part of them is repeated', (_what, value, words) => {
    const problem = apiTokensProblem(value);
    expect(problem).toContain(words);
    expect(problem).not.toMatch(/of-the-test|fifteen|root|opertate|red|afar|grafana/);
  });

  it('are a list, which may be empty', () => {
    expect([apiTokensProblem('token'), apiTokensProblem([]), createApiTokens([]).isEmpty]).toEqual([
      'must be a list of tokens',
      null,
      true,
    ]);
  });

  it('tell whose they are, and nothing of others', () => {
    const tokens = createApiTokens([SECRETS[0], `desk:read:${SECRETS[2]}`]);
    const holder = (header: string | undefined) => tokens.find(header)?.label ?? null;
    expect([`Bearer ${SECRETS[0]}`, `bearer  ${SECRETS[2]} `].map(holder)).toEqual(['token-1', 'desk']);
    expect(tokens.find(`Bearer ${SECRETS[2]}`)).toEqual({ label: 'desk', role: 'read' });
    const others = [undefined, '', 'Bearer', 'Bearer ', SECRETS[0], `Basic ${SECRETS[0]}`, `Bearer desk:read:${SECRETS[2]}`];
    expect([...others, `Bearer ${SECRETS[0]}x`, `Bearer ${SECRETS[0].slice(1)}`, `Bearer ${SECRETS[0]} x`].map(holder)).toEqual(
      Array.from({ length: 10 }, () => null),
    );
  });
});

describe('roles', () => {
  it('may do what is theirs, and what is that of lower ones', () => {
    expect(API_ROLES.map((role) => API_ROLES.filter((needed) => isEnough(role, needed)))).toEqual([
      ['read'],
      ['read', 'operate'],
      ['read', 'operate', 'admin'],
    ]);
  });

  it('of several tokens the least one that is enough is taken', () => {
    const tokens = (['admin', 'operate', 'read', 'operate'] as const).map((role, index): ApiToken => ({
      token: '',
      label: `${index}`,
      role,
    }));
    const labels = (some: readonly ApiToken[]) => API_ROLES.map((needed) => leastToken(some, needed)?.label ?? null);
    expect([labels(tokens), labels(tokens.slice(0, 1)), labels(tokens.slice(2, 3)), labels([])]).toEqual([
      ['2', '1', '0'],
      ['0', '0', '0'],
      ['2', null, null],
      [null, null, null],
    ]);
  });
});
