import { describe, expect, it } from 'vitest';
import { capture, defineFlow } from '@hookswitch/dsl';
import type { HookswitchConfig } from './define-config.ts';
import { type ConfigSources, readConfig } from './read-config.ts';

const file = (value: unknown): ConfigSources => ({ file: { name: 'hookswitch.config.ts', value } });
const flow = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* capture('Press a key.', { id: 'key', maxDigits: 1 });
});

/** What a wrong configuration is answered with. */
function problem(sources: ConfigSources): unknown {
  try {
    return readConfig(sources).values;
  } catch (error) {
    return error;
  }
}

describe('readConfig', () => {
  it('takes flags over the environment over the file over the defaults', () => {
    const { values, origins } = readConfig({
      ...file({ port: 1, host: '0.0.0.0', store: 'memory', retentionDays: 7 }),
      env: { HOOKSWITCH_PORT: '2', HOOKSWITCH_HOST: '127.0.0.1', PORT: '9' },
      flags: { port: 3 },
    });
    expect(values).toMatchObject({ port: 3, host: '127.0.0.1', store: 'memory', retentionDays: 7, logLevel: 'info' });
    expect(origins).toMatchObject({
      port: { kind: 'flag', name: '--port' },
      host: { kind: 'environment', name: 'HOOKSWITCH_HOST' },
      store: { kind: 'file', name: 'hookswitch.config.ts' },
      logLevel: { kind: 'default' },
    });
  });

  it('takes the first variable that is set, and none that is empty', () => {
    expect(readConfig({ env: { HOOKSWITCH_PORT: ' ', PORT: '8080' } }).values.port).toBe(8080);
    expect(readConfig({ env: { DATABASE_URL: 'postgres://db/calls' } }).values.store).toBe('postgres://db/calls');
  });

  it('does not take the port variable that Kubernetes sets for a service of our name', () => {
    expect(readConfig({ env: { HOOKSWITCH_PORT: 'tcp://10.0.0.1:3000', PORT: '8080' } }).values.port).toBe(8080);
  });

  it.each<[string, string, Partial<HookswitchConfig>]>([
    ['HOOKSWITCH_WEBHOOK_SECRET', 'Bearer one, Bearer two', { webhookSecrets: ['Bearer one', 'Bearer two'] }],
    ['HOOKSWITCH_FLOWS', 'flows, more/support.ts', { flows: ['flows', 'more/support.ts'] }],
    ['HOOKSWITCH_ALLOWED_ADDRESSES', '8x8', { allowedAddresses: '8x8' }],
    ['HOOKSWITCH_ALLOWED_ADDRESSES', '10.0.0.0/8', { allowedAddresses: ['10.0.0.0/8'] }],
    ['HOOKSWITCH_TRUST_PROXY', '1', { trustProxy: 1 }],
    ['HOOKSWITCH_TRUST_PROXY', '10.0.0.1,10.0.0.2', { trustProxy: ['10.0.0.1', '10.0.0.2'] }],
    ['HOOKSWITCH_SHOW_NUMBERS', 'TRUE', { showNumbers: true }],
    ['HOOKSWITCH_SHOW_NUMBERS', '0', { showNumbers: false }],
    ['HOOKSWITCH_DATA_KEYS', 'a,b', { dataKeys: 'a,b' }],
  ])('reads %s=%s', (variable, text, expected) => {
    expect(readConfig({ env: { [variable]: text } }).values).toMatchObject(expected);
  });

  it('takes flows as paths, as flows and with what they answer', () => {
    const flows = ['flows', flow, { flow, numbers: ['+6531580000'], subAccounts: ['Acme'], default: true }, { flow: 'flows/support.ts' }];
    expect(readConfig(file({ flows })).values.flows).toBe(flows);
  });

  it('names the near miss of an unknown key', () => {
    expect(problem(file({ webhookSecret: 'x' }))).toMatchObject({
      code: 'HS_CONFIG',
      setting: 'webhookSecret',
      message: expect.stringContaining('Did you mean "webhookSecrets"?') as string,
    });
  });

  it.each([
    ['no object', 7, 'hookswitch.config.ts exports no settings'],
    ['nothing', undefined, 'hookswitch.config.ts exports no settings'],
    ['a port that is none', { port: 70_000 }, 'hookswitch.config.ts: port must be a whole number in 0..65535; got 70000.'],
    ['a store of no kind', { store: 'mysql://x' }, 'store must be memory, sqlite:FILE'],
    ['an object that is no store', { store: {} }, 'store must be memory, sqlite:FILE'],
    [
      'a store without all methods',
      { store: { kind: 'redis', commit: () => 'committed' } },
      'store is a store without open(), close(), ping(), load()',
    ],
    ['a sqlite store without a file', { store: 'sqlite:' }, 'store must be memory, sqlite:FILE'],
    ['a publicUrl that is none', { publicUrl: 'ivr.example.com' }, 'publicUrl must be an http or https URL'],
    ['no secrets', { webhookSecrets: [] }, 'webhookSecrets must be a list of texts, at least one'],
    ['no tokens', { apiTokens: [] }, 'apiTokens must be a list of tokens, at least one'],
    [
      'a token of an unknown role',
      { apiTokens: ['desk:reed:a-token-of-the-front-desk'] },
      'apiTokens[0].role must be one of read, operate, admin',
    ],
    ['a number of days below one', { retentionDays: 0 }, 'retentionDays must be a whole number in 1..'],
    ['a wrong choice', { delivery: 'acton' }, 'got "acton" (did you mean "action"?)'],
    ['no flows', { flows: [] }, 'flows must be a path, or a list'],
    [
      'a route with an unknown key',
      { flows: [{ flow: 'a.ts', number: ['+6531580000'] }] },
      'flows[0] has no key "number". Did you mean "numbers"?',
    ],
    ['a route without a flow', { flows: ['flows', { numbers: ['+6531580000'] }] }, 'flows[1].flow must be a flow'],
    ['a route with a number that is none', { flows: [{ flow: 'a.ts', numbers: ['reception'] }] }, 'numbers in E.164 form'],
    ['an unknown session key', { sessions: { buget: 1 } }, 'sessions has no key "buget". Did you mean "budget"?'],
    ['a session key that is set elsewhere', { sessions: { delivery: 'action' } }, 'set delivery beside sessions'],
    ['a session time of nothing', { sessions: { budget: 0 } }, 'sessions.budget must be milliseconds'],
    ['a fallback without words', { sessions: { fallback: { audio: 'https://a/b.mp3' } } }, 'sessions.fallback.text must be'],
    ['an unknown hook', { hooks: { onEnded: () => {} } }, 'hooks has no key "onEnded". Did you mean "onEnd"?'],
    [
      'a hook that would never run',
      { hooks: { onEnd: function* () {} } },
      'hooks.onEnd must be a function, async or not, but is a generator',
    ],
    ['a wrong key within a key', { sessions: { fallback: { text: 'Sorry.', transferTo: 7 } } }, 'sessions.fallback.transferTo must be '],
    ['a hook that is no function', { hooks: { onEnd: true } }, 'hooks.onEnd must be a function'],
    ['a subaccount without key', { subAccounts: [{ id: 'Acme' }] }, 'subAccounts[0].apiKey must be the key of this subaccount'],
    [
      'one subaccount twice',
      {
        subAccounts: [
          { id: 'Acme', apiKey: 'a' },
          { id: 'Acme', apiKey: 'b' },
        ],
      },
      'subAccounts names "Acme" twice',
    ],
    ['a subaccount without its key', { subAccountId: 'Acme' }, 'apiKey is not'],
  ])('refuses %s', (_what, value, message) => {
    expect(problem(file(value))).toMatchObject({ code: 'HS_CONFIG', message: expect.stringContaining(message) as string });
  });

  it.each([
    ['HOOKSWITCH_PORT', 'three thousand', 'HOOKSWITCH_PORT must be a whole number in 0..65535; got "three thousand".'],
    ['HOOKSWITCH_SHOW_NUMBERS', 'yes', 'HOOKSWITCH_SHOW_NUMBERS must be true or false; got "yes".'],
    ['HOOKSWITCH_API_TOKEN', 'desk:operat:a-token-of-the-front-desk', 'HOOKSWITCH_API_TOKEN[0].role must be one of'],
    ['HOOKSWITCH_API_TOKEN', 'one-token-of-the-server,short', 'HOOKSWITCH_API_TOKEN[1].token is weak'],
    ['HOOKSWITCH_WEBHOOK_SECRET', ' , ', 'HOOKSWITCH_WEBHOOK_SECRET must be a list of texts'],
  ])('names the variable %s that holds %j', (variable, text, message) => {
    expect(problem({ env: { [variable]: text } })).toMatchObject({ message: expect.stringContaining(message) as string });
  });

  it.each([
    ['in a variable', { env: { HOOKSWITCH_STORE: 'mysql://user:hunter2@db' } }],
    ['in the file', file({ apiKey: 7, subAccountId: 'Acme' })],
    ['in a list of tokens', { env: { HOOKSWITCH_API_TOKEN: 'hunter2:hunter2:hunter2,hunter2' } }],
    ['in place of a role', { env: { HOOKSWITCH_API_TOKEN: 'read:hunter2-hunter2:hunter2-hunter2-hunter2' } }],
    ['in place of a key', file({ apiTokens: [{ 'hunter2-hunter2-hunter2': 'read' }] })],
    ['in a list', file({ subAccounts: [{ id: 'Acme', apiKey: 'hunter2', key: 'hunter2' }] })],
  ])('keeps a secret %s out of the message', (_where, sources) => {
    expect(String(problem(sources))).not.toMatch(/hunter2|7/);
  });

  it('warns of variables of ours that nobody reads', () => {
    const { warnings } = readConfig({
      env: { HOOKSWITCH_SECRET: 'x', HOOKSWITCH_PORT_3000_TCP: 'x', HOOKSWITCH_URL: 'http://127.0.0.1:1' },
    });
    expect(warnings).toEqual(['Nothing reads the variable HOOKSWITCH_SECRET. Did you mean HOOKSWITCH_WEBHOOK_SECRET?']);
  });
});
