import { describe, expect, it } from 'vitest';
import { diagnoseNode } from '../doctor/node.ts';
import { flowSource, hookswitch, platform, project, started } from '../cli.test-support.ts';

const files = { 'flows/hello.ts': flowSource('hello') };
const SECRET = 'Bearer 0123456789abcdef0123456789abcdef';
const KEY = Buffer.alloc(32, 'secret key of a test').toString('base64');
const SENSITIVE = files['flows/hello.ts'].replace('maxDigits: 1,', 'maxDigits: 1, sensitive: true,');

type Found = { state: string; about: string; text: string };

/** What the doctor finds, by what it is about. */
async function doctor(world: { files?: Record<string, string>; env?: Record<string, string> }, ...args: readonly string[]) {
  const { code, out } = await hookswitch(['doctor', '--json', ...args], { cwd: project(world.files ?? files), env: world.env ?? {} });
  const found = JSON.parse(out) as Found[];
  return { code, of: (about: string) => found.filter((one) => one.about === about).map(({ state, text }) => `${state}: ${text}`) };
}

describe('hookswitch doctor', () => {
  it('finds a new project fit to be tried, and says what is missing for 8x8', async () => {
    const { code, out } = await hookswitch(['doctor'], { cwd: project(files) });
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ {2}Node +\d+\.\d+\.\d+\n✓ {2}Configuration +from defaults[^\n]*\n✓ {2}Flows +hello\n✓ {2}Data keys/);
    for (const about of ['Webhooks', 'API', 'Public URL', '8x8']) expect(out).toMatch(new RegExp(`^! {2}${about} .*HOOKSWITCH_`, 'm'));
  });

  it('finds a whole installation in order', async () => {
    const env = { HOOKSWITCH_WEBHOOK_SECRET: SECRET, HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token', HOOKSWITCH_DATA_KEYS: KEY };
    const { url } = await started(['--store', 'memory'], { cwd: project(files), env: { ...env } });
    const webhooks = ['VCA', 'VSS', 'VCS', 'VRU', 'VNU'].map((type) => ({
      type,
      url: `${url}/webhooks/${type.toLowerCase()}`,
      enabled: true,
      httpAuthHeaderAvailable: true,
    }));
    const there = await platform({ 'GET webhooks': { webhooks } });
    const { code, of } = await doctor({ env: { ...env, ...there.env, HOOKSWITCH_PUBLIC_URL: url } });
    expect([code, of('8x8')]).toEqual([0, [`ok: Acme_Hotel: all webhooks lead to ${url}`]]);
    expect([of('Webhooks'), of('API'), of('Data keys')]).toEqual([['ok: one secret'], ['ok: token-1 (admin)'], ['ok: one key']]);
    expect(of('Public URL')).toEqual([expect.stringMatching(/^warning: .* is not encrypted/)]);
  });

  it('names the voices that flows speak with and the account does not have', async () => {
    const there = await platform({
      'GET webhooks': { webhooks: [] },
      'GET speech-profiles': { speechProfiles: [{ speechProfileCode: 'en-US-BenjaminRUS', localeCode: 'en-US' }] },
      'GET numbers': { numbers: [{ msisdn: '6560000000' }] },
    });
    const source = flowSource('hello').replace(/voice: '[^']*'/, "voice: 'ms-MY-Rizwan'");
    const { code, of } = await doctor({ files: { 'flows/hello.ts': source }, env: there.env });
    expect(code).toBe(1);
    expect(of('Voices')).toEqual([expect.stringContaining('failure: Acme_Hotel does not have "ms-MY-Rizwan" of "hello"')]);
  });

  it.each([
    ['all of them', ['6560000000', '+65 3158 9338'], 'ok: the account has all 2 that routes name'],
    [
      'one of them',
      ['6560000000'],
      'warning: Routes name +6531589338, which the account does not have: no call comes in there. See: hookswitch numbers',
    ],
    [
      'none',
      [],
      'warning: Routes name +6560000000, +6531589338, which the account does not have: no call comes in there. See: hookswitch numbers',
    ],
  ])('compares the numbers of the routes with those of the account: %s', async (_what, owned, expected) => {
    const there = await platform({ 'GET webhooks': { webhooks: [] }, 'GET numbers': { numbers: owned.map((msisdn) => ({ msisdn })) } });
    const config = "export default { flows: [{ flow: 'flows', numbers: ['+6560000000', '+6531589338'], default: true }] };";
    const { of } = await doctor({ files: { ...files, 'hookswitch.config.ts': config }, env: there.env });
    expect(of('Numbers')).toEqual([expected]);
  });

  it('says where the numbers of the account can not be read', async () => {
    const there = await platform({ 'GET webhooks': { webhooks: [] } });
    const config = "export default { flows: [{ flow: 'flows', numbers: ['+6560000000'], default: true }] };";
    const { of } = await doctor({ files: { ...files, 'hookswitch.config.ts': config }, env: there.env });
    expect(of('Numbers')).toEqual([expect.stringMatching(/^warning: the numbers could not be read: \S/)]);
  });

  it('names each webhook that does not lead here', async () => {
    const webhooks = [
      { type: 'VCA', url: 'https://old.example.com/webhooks/vca' },
      { type: 'VSS', url: 'https://ivr.example.com/webhooks', enabled: false },
      { type: 'VCS', url: 'https://ivr.example.com/webhooks', httpAuthHeaderAvailable: false },
      { type: 'VRU', url: 'https://ivr.example.com/webhooks/vru' },
    ];
    const there = await platform({ 'GET webhooks': { webhooks } });
    const { code, of } = await doctor({
      env: { ...there.env, HOOKSWITCH_PUBLIC_URL: 'https://ivr.example.com', HOOKSWITCH_WEBHOOK_SECRET: SECRET },
    });
    expect([code, of('8x8')]).toEqual([
      1,
      [
        'failure: Acme_Hotel: VCA leads to https://old.example.com/webhooks/vca, not to https://ivr.example.com/webhooks/vca. Run: hookswitch webhooks set vca',
        'failure: Acme_Hotel: VSS is switched off. Run: hookswitch webhooks set vss',
        'warning: Acme_Hotel: VCS is sent without the secret, and would be refused. Run: hookswitch webhooks set vcs',
        'warning: Acme_Hotel: VNU is not registered. Run: hookswitch webhooks set vnu',
      ],
    ]);
  });

  it.each<[string, Parameters<typeof doctor>[0], string, RegExp]>([
    [
      'a config that can not be used',
      { files: { ...files, 'hookswitch.config.ts': 'export default { prot: 1 };' } },
      'Configuration',
      /^failure: .*Did you mean "port"/,
    ],
    ['a flow that can not be loaded', { files: { 'flows/a.ts': 'throw new Error("no");' } }, 'Flows', /^failure: flows\/a\.ts:1/],
    [
      'a flow with an error',
      { files: { 'flows/a.ts': files['flows/hello.ts'].replace('yield say', 'while (true) yield say') } },
      'Flows',
      /^failure: hello has errors\. See: hookswitch check/,
    ],
    [
      'calls that nothing answers',
      { files: { ...files, 'flows/b.ts': flowSource('b') } },
      'Flows',
      /^warning: Calls to numbers that no route names/,
    ],
    [
      'flows that claim the same',
      {
        files: {
          ...files,
          'hookswitch.config.ts': "export default { flows: [{ flow: 'flows', default: true }, { flow: 'b.ts', default: true }] };",
          'b.ts': flowSource('b'),
        },
      },
      'Flows',
      /^failure: .*both want to be the default/,
    ],
    ['sensitive sites without a key', { files: { 'flows/a.ts': SENSITIVE } }, 'Data keys', /^failure: hello takes sensitive input/],
    ['a key that is none', { env: { HOOKSWITCH_DATA_KEYS: 'abc' } }, 'Data keys', /^failure: /],
    [
      'no secret although others can reach it',
      { env: { HOOKSWITCH_HOST: '0.0.0.0' } },
      'Webhooks',
      /^failure: No secret is set, and others can reach/,
    ],
    ['a short secret', { env: { HOOKSWITCH_WEBHOOK_SECRET: 'abc' } }, 'Webhooks', /^warning: Secret 1 is short/],
    [
      'an address list without proxies',
      { env: { HOOKSWITCH_WEBHOOK_SECRET: SECRET, HOOKSWITCH_ALLOWED_ADDRESSES: '8x8' } },
      'Webhooks',
      /^failure: Address list: it needs trustProxy/,
    ],
    ['a store that forgets', { env: { HOOKSWITCH_STORE: 'memory' } }, 'Store', /^warning: memory: all calls are forgotten/],
    [
      'a store that is not there yet',
      { env: { HOOKSWITCH_STORE: 'sqlite:/nowhere/calls.db' } },
      'Store',
      /^ok: sqlite:\/nowhere\/calls\.db; the server makes it/,
    ],
    ['a store that is no database', { env: { HOOKSWITCH_STORE: `sqlite:${import.meta.filename}` } }, 'Store', /^failure: /],
    [
      'a variable that nobody reads',
      { env: { HOOKSWITCH_STOR: 'x' } },
      'Configuration',
      /^warning: Nothing reads the variable HOOKSWITCH_STOR\. Did you mean HOOKSWITCH_STORE\?/,
    ],
    [
      'a secret in the config file',
      { files: { ...files, 'hookswitch.config.ts': "export default { apiTokens: ['a-long-enough-api-token'] };" } },
      'Configuration',
      /^warning: apiTokens stands in the config file/,
    ],
  ])('finds %s', async (_what, world, about, expected) => {
    const { code, of } = await doctor(world, '--offline');
    expect(of(about)).toContainEqual(expect.stringMatching(expected));
    expect(code).toBe(expected.source.startsWith('^failure') ? 1 : 0);
  });

  it('finds that nothing answers at publicUrl', async () => {
    const { code, of } = await doctor({ env: { HOOKSWITCH_PUBLIC_URL: 'http://127.0.0.1:1', HOOKSWITCH_WEBHOOK_SECRET: SECRET } });
    expect([code, of('Public URL')]).toEqual([1, [expect.stringMatching(/^failure: .*is not answered from here/)]]);
  });

  it('finds that something else answers at publicUrl, and that the key is refused', async () => {
    const there = await platform({ 'GET webhooks': 401 });
    const { code, of } = await doctor({ env: { ...there.env, HOOKSWITCH_PUBLIC_URL: there.url, HOOKSWITCH_WEBHOOK_SECRET: SECRET } });
    expect([code, of('Public URL'), of('8x8')]).toEqual([
      1,
      [expect.stringContaining('not by a Hookswitch server')],
      [expect.stringContaining('does not know the API key')],
    ]);
  });

  it('asks nobody with --offline', async () => {
    const there = await platform({});
    const { of } = await doctor({ env: { ...there.env, HOOKSWITCH_PUBLIC_URL: 'https://ivr.example.com' } }, '--offline');
    expect([of('Public URL'), of('8x8'), there.arrived]).toEqual([['ok: https://ivr.example.com; not asked'], [], []]);
  });
});

describe('diagnoseNode', () => {
  it.each([
    ['18.20.0', 'failure'],
    ['20.18.3', 'failure'],
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('finds %s: %s', (version, state) => {
    expect(diagnoseNode(version).state).toBe(state);
  });
});
