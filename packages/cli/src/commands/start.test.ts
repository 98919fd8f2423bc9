import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project, started } from '../cli.test-support.ts';

const files = { 'flows/hello.ts': flowSource('hello') };
const SECRET = 'Bearer 0123456789abcdef0123456789abcdef';

describe('hookswitch start', () => {
  it('serves the flows of the project, and answers calls', async () => {
    const { url, end } = await started(['--store', 'memory'], { cwd: project(files) });
    const payload = {
      eventId: 'e1',
      sessionId: 's1',
      callId: 'c1',
      subAccountId: 'Acme',
      callStatus: 'CALL_RECEIVED',
      callDirection: 'INBOUND',
      source: '+6591178965',
      destination: '+6568332048',
    };
    const body = JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload });
    const response = await fetch(`${url}/webhooks/vca`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ callflow: [{ action: 'sayAndCapture', params: { promptMessage: 'Press a key.' } }] });
    expect(await end()).toMatchObject({ code: 0 });
  });

  it('says where it listens, what it serves, what store it has and what is missing', async () => {
    const { url, banner } = await started(['--store', 'memory'], { cwd: project(files) });
    expect(banner).toMatch(new RegExp(`^Hookswitch \\d+\\.\\d+\\.\\d+ listens on ${url}\\n`));
    expect(banner).toMatch(/ {2}Flows +hello: every other call\n {2}Store +memory; all calls are forgotten when the server stops\n/);
    expect(banner).toMatch(/ {2}Webhooks +taken from anybody on this machine.*HOOKSWITCH_WEBHOOK_SECRET/);
    expect(banner).toMatch(/ {2}Register +nothing yet: .*HOOKSWITCH_PUBLIC_URL/);
    expect(banner).toMatch(/ {2}API +closed; set HOOKSWITCH_API_TOKEN/);
    expect(banner).toMatch(/ {2}Calls out +none; set HOOKSWITCH_SUBACCOUNT_ID and HOOKSWITCH_API_KEY/);
  });

  it('names the webhooks to register', async () => {
    const env = {
      HOOKSWITCH_PUBLIC_URL: 'https://ivr.example.com/voice/',
      HOOKSWITCH_WEBHOOK_SECRET: SECRET,
      HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token',
    };
    const { banner } = await started(['--store', 'memory', 'flows'], { cwd: project(files), env });
    expect(banner).toMatch(/ {2}Webhooks +checked by a shared secret\n/);
    for (const kind of ['VCA', 'VSS', 'VCS', 'VRU', 'VNU'])
      expect(banner).toMatch(new RegExp(`${kind} {2}https://ivr\\.example\\.com/voice/webhooks/${kind.toLowerCase()}\\n`));
    expect(banner).not.toContain(SECRET);
  });

  it('says which flow answers what, numbers masked', async () => {
    const config = "export default { flows: [{ flow: 'flows/hello.ts', numbers: ['+6568332048'] }, 'flows/v2.ts', 'flows/other.ts'] };";
    const cwd = project({
      ...files,
      'flows/v2.ts': flowSource('hello', { version: '2' }),
      'flows/other.ts': flowSource('other'),
      'hookswitch.config.ts': config,
    });
    const { banner } = await started(['--store', 'memory'], { cwd });
    expect(banner).toContain('hello: +65••••48');
    expect(banner).toMatch(/hello 2: calls that are placed/);
    expect(banner).toMatch(/other: every other call/);
  });

  it('warns where two flows claim nothing, so that none answers', async () => {
    const cwd = project({ ...files, 'flows/other.ts': flowSource('other') });
    const { banner } = await started(['--store', 'memory'], { cwd });
    expect(banner).toContain('calls to other numbers hear the fallback: in hookswitch.config.ts, give one flow default: true');
  });

  it('warns of a secret that can be guessed', async () => {
    const { banner } = await started(['--store', 'memory'], { cwd: project(files), env: { HOOKSWITCH_WEBHOOK_SECRET: 'Bearer abc' } });
    expect(banner).toContain('secret 1 is short enough to be guessed');
  });

  it.each<[string, readonly string[], Record<string, string>, number, string]>([
    [
      'webhooks from anybody off loopback',
      ['--host', '0.0.0.0'],
      {},
      2,
      'No webhook secret is set, and the server listens beyond this machine',
    ],
    ['the same, even where it is allowed', ['--host', '0.0.0.0', '--allow-unverified'], {}, 2, 'No webhook secret is set'],
    [
      'webhooks from anybody behind a proxy',
      [],
      { HOOKSWITCH_PUBLIC_URL: 'https://ivr.example.com' },
      2,
      'No webhook secret is set, and a publicUrl',
    ],
    ['a store of no kind', ['--store', 'mysql://x'], {}, 2, '--store must be memory, sqlite:FILE'],
    ['a flow that is not there', ['nowhere.ts'], {}, 2, 'nowhere.ts: there is no such file or folder'],
    ['an address that is not ours', ['--host', '192.0.2.1'], { HOOKSWITCH_WEBHOOK_SECRET: SECRET }, 3, "Can't listen on 192.0.2.1"],
    ['a file that is no database', ['--store', 'sqlite:/dev/null/x.db'], {}, 3, 'store failed'],
  ])('refuses %s', async (_what, args, env, expected, problem) => {
    const { code, err } = await hookswitch(['start', '--port', '0', '--store', 'memory', ...args], { cwd: project(files), env });
    expect([code, err]).toEqual([expected, expect.stringContaining(problem)]);
  });

  it('says that a port is taken', async () => {
    const cwd = project(files);
    const { url } = await started(['--store', 'memory'], { cwd });
    const { code, err } = await hookswitch(['start', '--store', 'memory', '--port', new URL(url).port], { cwd });
    expect([code, err]).toEqual([3, expect.stringMatching(/Can't listen on 127\.0\.0\.1, port \d+: it is taken by another program/)]);
  });

  it('takes settings from .env, and variables before them', async () => {
    const cwd = project({ ...files, '.env': 'HOOKSWITCH_STORE=memory\nHOOKSWITCH_API_TOKEN=token-from-file-that-loses\n' });
    const { url } = await started([], { cwd, env: { HOOKSWITCH_API_TOKEN: 'token-from-environment' } });
    const status = async (token: string): Promise<number> =>
      (await fetch(`${url}/calls`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await status('token-from-file-that-loses'), await status('token-from-environment')]).toEqual([401, 200]);
  });
});
