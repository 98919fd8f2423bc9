import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project, started } from '../cli.test-support.ts';

const TOKEN = 'desk:operate:a-token-of-the-front-desk';
const WEBHOOKS = new URL('../../../../examples/hello/webhooks/', import.meta.url);
const webhook = (name: string) => readFileSync(new URL(name, WEBHOOKS), 'utf8');

/** A server that has answered one call of the flow `hello`, which has ended after a key. */
async function served(calls = 1) {
  const cwd = project({ 'flows/hello.ts': flowSource('hello') });
  const { url } = await started(['--store', 'memory'], { cwd, env: { HOOKSWITCH_API_TOKEN: TOKEN } });
  const post = (kind: string, body: string) =>
    fetch(`${url}/webhooks/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  for (let n = 0; n < calls; n++) {
    await post('vca', webhook('1-call-received.json'));
    await post('vca', webhook('2-action-completed.json'));
    await post('vss', webhook('3-session-summary.json'));
  }
  const run = (...args: readonly string[]) => hookswitch([...args, '--url', url], { cwd, env: { HOOKSWITCH_API_TOKEN: TOKEN } });
  return { run };
}
// Calls are counted by the server's clock, the command counts back from its own.
const ALWAYS = ['--since', '2026-01-01', '--until', '2028-01-01'];

describe('hookswitch insights', () => {
  it('says what calls came to, as tables, JSON and lines for a spreadsheet', async () => {
    const { run } = await served();
    const { out, code } = await run('insights', 'hello', ...ALWAYS);
    expect(code).toBe(0);
    expect(out).toMatch(/Calls\n +all versions, 2026-01-01 to 2028-01-01\ncalls +1\ncontained +1\n/);
    expect(out).toMatch(/Ways\nFROM +ANSWER +TO +SHARE\n(.*\n)*key +5 +ended +1\n/);
    const { out: json } = await run('insights', ...ALWAYS, '--json');
    expect(JSON.parse(json)).toMatchObject({ flow: 'hello', figures: { calls: 1, endings: { contained: 1 } }, compared: null, pending: 1 });
    const { out: csv } = await run('insights', 'hello', ...ALWAYS, '--csv');
    expect(csv.split('\n')).toContain('hello,,2026-01-01T00:00:00.000Z,2028-01-01T00:00:00.000Z,arrow,key > ended,5,1');
  });

  it('puts a version, or the period before, beside it', async () => {
    const { run } = await served();
    const { out } = await run('insights', 'hello', ...ALWAYS, '--version', '1', '--compare', '2');
    expect(out).toMatch(/version 1, .* version 2, .*\ncalls +1 +0\n/);
    const { out: json } = await run('insights', 'hello', ...ALWAYS, '--compare', 'before', '--json');
    expect(JSON.parse(json)).toMatchObject({ figures: { calls: 1 }, compared: { calls: 0, until: '2026-01-01T00:00:00.000Z' } });
  });

  it('says what is missing where nothing is counted, and what to type', async () => {
    const { run } = await served(0);
    expect(await run('insights', 'hello')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('try --since 30d') as string });
  });

  it.each([
    [['insights', 'helo'], /There is no flow "helo".* Did you mean "hello"\?/],
    [['insights', 'hello', '--zone', 'Mars'], /"zone": there is no time zone "Mars"/],
    [['insights', 'hello', '--since', '1d', '--until', '2d'], /"since" must be before "until"/],
    [['insights', 'hello', '--since', '2020-01-01'], /at most 800 days/],
    [['insights', 'hello', '--json', '--csv'], /not both/],
    [['insights', 'hello', '--since', 'soon'], /A time is a span/],
  ])('refuses %j in one sentence', async (args, message) => {
    const { run } = await served(0);
    const { err, code } = await run(...args);
    expect(code).not.toBe(0);
    expect(err).toMatch(message);
  });
});

describe('hookswitch backfill', () => {
  it('says how many calls it has counted', async () => {
    const { run } = await served();
    expect(await run('backfill')).toMatchObject({ code: 0, err: 'Counted 0 calls.\n' });
    expect((await run('backfill', '--json')).out).toContain('"more": false');
  });
});
