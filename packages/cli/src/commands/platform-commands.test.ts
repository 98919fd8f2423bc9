import { describe, expect, it } from 'vitest';
import { hookswitch, platform, project } from '../cli.test-support.ts';

const SECRETS = 'Bearer new-0123456789abcdef, Bearer old-0123456789abcdef';
const PUBLIC = { HOOKSWITCH_PUBLIC_URL: 'https://ivr.example.com', HOOKSWITCH_WEBHOOK_SECRET: SECRETS };
const VOICES = {
  speechProfiles: [{ speechProfileCode: 'en-US-ZiraRUS', localeCode: 'en-US', localeDescription: 'English US', gender: 'F' }],
};
const NUMBERS = { numbers: [{ msisdn: '6568332048', countryCode: 'SG', operationalStatus: 'Active' }] };

/** Runs a command against a platform that answers so. */
async function against(answers: Readonly<Record<string, unknown>>, ...args: readonly string[]) {
  const { env, arrived } = await platform(answers);
  return { ...(await hookswitch(args, { cwd: project(), env: { ...env, ...PUBLIC } })), arrived };
}

/** A platform that takes every webhook. */
const TAKES = { 'POST webhooks': (body: unknown) => ({ ...(body as object), httpAuthHeader: undefined }) };

describe('hookswitch logs', () => {
  it('starts an export and says how to look at it', async () => {
    const { code, out, err, arrived } = await against(
      { 'POST messages/exports': { jobId: 'j1' } },
      'logs',
      'start',
      '--from',
      '2030-01-01',
      '--limit',
      '0',
    );
    expect([code, out]).toEqual([0, 'j1\n']);
    expect(err).toContain('hookswitch logs show j1');
    expect(arrived[0]?.body).toEqual({ from: '2030-01-01', limit: 0 });
  });

  it('shows the files of an export', async () => {
    const done = { status: 'succeeded', data: ['https://a/1.csv', 'https://a/2.csv'], expires: '2030-02-01T00:00:00Z' };
    const { out, err } = await against({ 'GET messages/exports/j1': done }, 'logs', 'show', 'j1');
    expect(out).toBe('https://a/1.csv\nhttps://a/2.csv\n');
    expect(err).toContain('succeeded, until 2030-02-01T00:00:00Z');
  });

  it('tells an export that goes on from one that failed', async () => {
    expect(await against({ 'GET messages/exports/j1': { status: 'running' } }, 'logs', 'show', 'j1')).toMatchObject({ code: 0, out: '' });
    expect(await against({ 'GET messages/exports/j1': { status: 'failed' } }, 'logs', 'show', 'j1')).toMatchObject({ code: 1, out: '' });
  });

  it('cancels an export', async () => {
    expect(await against({ 'DELETE messages/exports/j1': {} }, 'logs', 'cancel', 'j1')).toMatchObject({ code: 0, out: 'cancelled  j1\n' });
  });

  it.each([
    [['start', '--from', '2030-02-30'], 'logExports.start.from'],
    [['start', '--limit', 'many'], '--limit'],
    [['show', '../numbers'], 'logExports.get.jobId'],
  ])('refuses %j', async (args, problem) => {
    expect(await against({}, 'logs', ...args)).toMatchObject({ arrived: [], err: expect.stringContaining(problem) as string });
  });
});

describe('hookswitch webhooks', () => {
  it('lists what is registered, and what is wrong with it', async () => {
    const webhooks = [
      { type: 'VCA', url: 'https://a/webhooks/vca', enabled: true },
      { type: 'VSS', url: 'https://a/b', enabled: false, httpAuthHeaderAvailable: false },
    ];
    const { code, out } = await against({ 'GET webhooks': { webhooks } }, 'webhooks', 'list');
    expect([code, out]).toEqual([0, 'VCA  https://a/webhooks/vca\nVSS  https://a/b             switched off, without secret\n']);
  });

  it('says how to register some where there are none', async () => {
    expect(await against({ 'GET webhooks': [] }, 'webhooks', 'list')).toMatchObject({
      out: expect.stringContaining('hookswitch webhooks set') as string,
    });
  });

  it('registers all of them at publicUrl, with the first secret', async () => {
    const { code, out, arrived } = await against(TAKES, 'webhooks', 'set');
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        ...['VCA', 'VSS', 'VCS', 'VRU', 'VNU'].map(
          (type) => `set  Acme_Hotel  ${type}  https://ivr.example.com/webhooks/${type.toLowerCase()}`,
        ),
        '',
      ],
    ]);
    expect(arrived.map(({ body }) => body)).toContainEqual({
      type: 'VSS',
      url: 'https://ivr.example.com/webhooks/vss',
      httpAuthHeader: 'Bearer new-0123456789abcdef',
      enabled: true,
    });
  });

  it('registers some, elsewhere', async () => {
    const { arrived } = await against(TAKES, 'webhooks', 'set', 'vca', '--public-url', 'https://other.example.com/voice/');
    expect(arrived.map(({ body }) => body)).toMatchObject([{ type: 'VCA', url: 'https://other.example.com/voice/webhooks/vca' }]);
  });

  it('only says what it would register', async () => {
    const { out, arrived } = await against({}, 'webhooks', 'set', 'vca', '--dry-run');
    expect([out, arrived]).toEqual(['would set  Acme_Hotel  VCA  https://ivr.example.com/webhooks/vca\n', []]);
  });

  it('removes what is there', async () => {
    const { code, out, arrived } = await against(
      { 'GET webhooks': [{ type: 'VCA', url: 'https://a' }], 'DELETE webhooks/VCA': {} },
      'webhooks',
      'remove',
      'VCA',
      'vcs',
    );
    expect([code, out]).toEqual([0, 'removed  Acme_Hotel  VCA\nwas not there  Acme_Hotel  VCS\n']);
    expect(arrived.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET webhooks', 'DELETE webhooks/VCA']);
  });

  it('switches off a VNU, which 8x8 does not remove', async () => {
    const { out, arrived } = await against(
      {
        'GET webhooks': [
          { type: 'VNU', url: 'https://a' },
          { type: 'NEW', url: 'https://a' },
        ],
        'POST webhooks': TAKES['POST webhooks'],
      },
      'webhooks',
      'remove',
      '--all',
    );
    expect(out).toBe('switched off  Acme_Hotel  VNU\n');
    expect(arrived.at(-1)?.body).toEqual({ type: 'VNU', url: 'https://a', enabled: false });
  });

  it.each([
    [['set', 'vcx'], 'There is no webhook "vcx". Did you mean "VCA"?'],
    [['remove'], 'Name the webhooks to remove'],
    [['remove', 'vca', '--all'], 'one of both'],
    [['set', '--public-url', 'ivr.example.com'], 'must be an http or https URL'],
    [['list', '--subaccount', 'Acme_Hotl'], '--subaccount: "Acme_Hotl" is not configured. Did you mean "Acme_Hotel"? There is Acme_Hotel.'],
  ])('refuses %j', async (args, problem) => {
    const { code, err, arrived } = await against({}, 'webhooks', ...args);
    expect([code, err, arrived]).toEqual([2, expect.stringContaining(problem), []]);
  });

  it.each([
    ['publicUrl', { HOOKSWITCH_WEBHOOK_SECRET: 'Bearer x' }, 'set HOOKSWITCH_PUBLIC_URL'],
    ['a secret', { HOOKSWITCH_PUBLIC_URL: 'https://a' }, 'set HOOKSWITCH_WEBHOOK_SECRET'],
  ])('wants %s to register', async (_what, env, problem) => {
    const account = { HOOKSWITCH_SUBACCOUNT_ID: 'Acme', HOOKSWITCH_API_KEY: 'k' };
    const { code, err } = await hookswitch(['webhooks', 'set'], { cwd: project(), env: { ...account, ...env } });
    expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
  });
});

describe('hookswitch voices', () => {
  it('lists voices', async () => {
    expect(await against({ 'GET speech-profiles': VOICES }, 'voices')).toMatchObject({
      code: 0,
      out: 'en-US-ZiraRUS  en-US  English US  F\n',
    });
  });

  it('lists those of a language, or says that there are none', async () => {
    expect(await against({ 'GET speech-profiles': VOICES }, 'voices', '--language', 'en')).toMatchObject({
      out: expect.stringContaining('Zira') as string,
    });
    expect(await against({ 'GET speech-profiles': VOICES }, 'voices', '-l', 'fi')).toMatchObject({
      code: 0,
      out: '',
      err: 'No voice speaks "fi". All of them: hookswitch voices\n',
    });
  });
});

describe('hookswitch numbers', () => {
  it('lists numbers', async () => {
    expect(await against({ 'GET numbers': NUMBERS }, 'numbers')).toMatchObject({ code: 0, out: '6568332048  SG  Active\n' });
  });

  it('says that there are none', async () => {
    expect(await against({ 'GET numbers': { numbers: [] } }, 'numbers')).toMatchObject({ code: 0, err: 'No virtual numbers.\n' });
  });
});

describe.each([['webhooks', 'list'], ['voices'], ['numbers']])('hookswitch %s %s', (...command) => {
  const args = command.filter(Boolean);
  const answers = { 'GET webhooks': [], 'GET speech-profiles': VOICES, 'GET numbers': NUMBERS };

  it('prints JSON by subaccount', async () => {
    expect(JSON.parse((await against(answers, ...args, '--json')).out)).toHaveProperty('Acme_Hotel');
  });

  it('asks every configured subaccount, or one', async () => {
    const { url } = await platform(answers);
    const config = `export default { platformUrl: '${url}', subAccounts: [{ id: 'One', apiKey: 'a' }, { id: 'Two', apiKey: 'b' }] };`;
    const cwd = project({ 'hookswitch.config.ts': config });
    expect((await hookswitch(args, { cwd })).out).toMatch(/^One:\n[^]*^Two:\n/m);
    expect((await hookswitch([...args, '--subaccount', 'Two'], { cwd })).out).not.toMatch(/One|Two/);
  });

  it('exits with 3 when 8x8 refuses the key, and does not show it', async () => {
    const { code, err } = await against(Object.fromEntries(Object.keys(answers).map((key) => [key, 401])), ...args);
    expect([code, err]).toEqual([3, expect.stringContaining('8x8 does not know the API key')]);
    expect(err).not.toContain('S3CRET');
  });

  it('wants a subaccount', async () => {
    const { code, err } = await hookswitch(args, { cwd: project() });
    expect([code, err]).toEqual([2, expect.stringContaining('No subaccount of 8x8 is configured. Set HOOKSWITCH_SUBACCOUNT_ID')]);
  });
});
