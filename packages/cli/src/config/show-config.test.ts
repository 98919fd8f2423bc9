import { defineFlow, say } from '@hookswitch/dsl';
import { createMemoryStore } from '@hookswitch/runtime';
import { describe, expect, it } from 'vitest';
import type { HookswitchConfig } from './define-config.ts';
import { readConfig } from './read-config.ts';
import { describeStore, showConfig } from './show-config.ts';

const SECRET = 'hunter2-hunter2-hunter2';
const shown = (config: HookswitchConfig) =>
  Object.fromEntries(showConfig(readConfig({ file: { name: 'f', value: config } })).map((row) => [row.name, row.value]));

describe('showConfig', () => {
  it('shows no secret', () => {
    const text = JSON.stringify(
      shown({
        store: `postgres://calls:${SECRET}@db.internal:5432/calls?sslpassword=${SECRET}`,
        webhookSecrets: [SECRET, `Bearer ${SECRET}`],
        apiTokens: [SECRET, { token: `${SECRET}-2`, label: 'grafana', role: 'read' }, `ops:operate:${SECRET}-3`],
        dataKeys: SECRET,
        subAccountId: 'Acme',
        apiKey: SECRET,
        subAccounts: [{ id: 'Other', apiKey: SECRET }],
      }),
    );
    expect(text).not.toContain(SECRET);
    expect(text).toContain('postgres://db.internal:5432/calls');
  });

  it('says how many secrets are accepted', () => {
    expect(shown({ webhookSecrets: ['a', 'b'] }).webhookSecrets).toEqual(['••••••', '••••••']);
  });

  it('shows whose tokens are known, and what each may do', () => {
    expect(shown({ apiTokens: [SECRET, `ops:operate:${SECRET}-2`] }).apiTokens).toEqual([
      { token: '••••••', label: 'token-1', role: 'admin' },
      { token: '••••••', label: 'ops', role: 'operate' },
    ]);
  });

  it('shows flows and hooks by their names', () => {
    const flow = defineFlow({ name: 'hello', version: '2', voice: 'en-US-BenjaminRUS' }, function* () {
      yield say('Hello.');
    });
    const { flows, hooks } = shown({ flows: ['flows', { flow, numbers: ['+6531580000'] }], hooks: { onEnd: () => {} } });
    expect(flows).toEqual(['flows', { flow: 'flow hello 2', numbers: ['+6531580000'] }]);
    expect(hooks).toEqual({ onEnd: 'function' });
  });

  it('shows what is not set as null, and defaults as such', () => {
    const rows = showConfig(readConfig({}));
    expect(rows.find(({ name }) => name === 'publicUrl')).toEqual({ name: 'publicUrl', value: null, origin: null });
    expect(rows.find(({ name }) => name === 'port')).toMatchObject({ value: 3000, origin: { kind: 'default' } });
  });
});

describe('describeStore', () => {
  it.each([
    ['memory', 'memory'],
    ['sqlite:calls.db', 'sqlite:calls.db'],
    [`postgres://u:${SECRET}@h:1/d`, 'postgres://h:1/d'],
    [`postgres://u:${SECRET}@[h`, 'postgres://••••••'],
  ])('says of %s: %s', (store, expected) => {
    expect(describeStore(store)).toBe(expected);
  });

  it('names the kind of a store that was brought', () => {
    expect(describeStore(createMemoryStore())).toBe('a store of its own (memory)');
  });
});
