import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { flowSource, hookswitch, project, started } from '../cli.test-support.ts';

const KEY = Buffer.alloc(32, 'secret key of a test').toString('base64');
const PIN =
  "import { defineFlow, capture, say } from '@hookswitch/dsl';\nexport default defineFlow({ name: 'bank', voice: 'en-US-BenjaminRUS' }, function* () {\n  yield* capture('PIN?', { id: 'pin', maxDigits: 4, sensitive: true });\n  yield* capture('More?', { id: 'more', maxDigits: 1 });\n  yield say('Bye.');\n});\n";

type Event = Readonly<Record<string, unknown>>;

/** A server with two flows on a SQLite file, and calls that come in. */
async function served() {
  const cwd = project({
    'flows/hello.ts': flowSource('hello'),
    'flows/bank.ts': PIN,
    'hookswitch.config.ts':
      "export default { flows: [{ flow: 'flows/hello.ts', default: true }, { flow: 'flows/bank.ts', numbers: ['+6568332049'] }] };",
  });
  const env = {
    HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token',
    HOOKSWITCH_DATA_KEYS: KEY,
    HOOKSWITCH_STORE: `sqlite:${join(cwd, 'calls.db')}`,
  };
  const { url, end } = await started([], { cwd, env: { ...env } });
  const send = async (kind: string, payload: Event): Promise<void> => {
    const base = {
      eventId: JSON.stringify(payload),
      callId: 'c',
      subAccountId: 'Acme',
      callDirection: 'INBOUND',
      source: '+6591178965',
      destination: '+6568332048',
    };
    await fetch(`${url}/webhooks/${kind}`, {
      method: 'POST',
      body: JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload: { ...base, ...payload } }),
    });
  };
  const run = (...args: readonly string[]) => hookswitch(['calls', ...args], { cwd, env: { ...env, HOOKSWITCH_URL: url } });
  const ids = async (...args: readonly string[]): Promise<string[]> =>
    (JSON.parse((await run('list', '--json', ...args)).out) as { calls: { id: string }[] }).calls.map(({ id }) => id);
  return { cwd, send, run, ids, end };
}

/** A call that was received, and one that pressed its PIN and hung up. */
async function withCalls() {
  const server = await served();
  await server.send('vca', { sessionId: 's1', callStatus: 'CALL_RECEIVED' });
  const bank = { sessionId: 's2', destination: '+6568332049' };
  await server.send('vca', { ...bank, callStatus: 'CALL_RECEIVED' });
  await server.send('vca', { ...bank, callStatus: 'ACTION_COMPLETED', clientActionId: 'pin.0', eventData: { dtmf: '4711' } });
  return { ...server, hangUp: () => server.send('vss', { ...bank, sessionStatus: 'COMPLETED', details: { callA: {} } }) };
}

describe('hookswitch calls list', () => {
  it('lists calls, newest first, numbers masked', async () => {
    const { run } = await withCalls();
    const { code, out } = await run('list');
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        expect.stringMatching(/^CALL +STARTED +FLOW/),
        expect.stringMatching(/ bank +live +more +\+65••••65 +\+65••••49$/),
        expect.stringMatching(/ hello +live +key /),
        '',
      ],
    ]);
  });

  it.each([
    [['--flow', 'bank'], 1],
    [['--site', 'key'], 1],
    [['--status', 'live, ending'], 2],
    [['--status', 'ended'], 0],
    [['--outcome', 'live'], 2],
    [['--outcome', 'failed'], 0],
    [['--number', '+6591178965'], 2],
    [['--since', '2026-01-01'], 2],
    [['--until', '2020-01-01T00:00:00Z'], 0],
    [['--limit', '1'], 1],
  ])('filters by %j', async (args, expected) => {
    const { ids } = await withCalls();
    expect(await ids(...args)).toHaveLength(expected);
  });

  it.each([[], ['--store']])('looks for whole numbers alone, since they are masked %j', async (...from) => {
    const { run } = await withCalls();
    const { code, out, err } = await run('list', '--number', '+65911', ...from);
    expect([code === 0, out, err]).toEqual([false, '', expect.stringContaining('only a whole one is looked for')]);
  });

  it('finds a call that is over where it ended', async () => {
    const { run, ids, hangUp } = await withCalls();
    await hangUp();
    // The end is answered first and applied then.
    while ((await ids('--status', 'ended')).length === 0);
    expect((await run('list', '--site', 'more')).out).toMatch(/ bank +ended +more /);
  });

  it('turns pages', async () => {
    const { run, ids } = await withCalls();
    const { err } = await run('list', '--limit', '1');
    const cursor = /--cursor (\S+)/.exec(err)?.[1] ?? '';
    expect([...(await ids('--limit', '1')), ...(await ids('--limit', '1', '--cursor', cursor))]).toEqual(await ids());
  });

  it('reads the store beside the server, and without it', async () => {
    const { run, end, ids } = await withCalls();
    const before = (await run('list', '--store')).out;
    expect(before).toBe((await run('list')).out);
    await end();
    expect((await run('list', '--store')).out).toBe(before);
    expect(await ids('--store', '--flow', 'bank')).toHaveLength(1);
  });

  it('says that there are none', async () => {
    const { run } = await served();
    expect(await run('list')).toEqual({ code: 0, out: '', err: 'No calls.\n' });
  });

  it.each([
    [['--status', 'lve'], 'there is no "lve". There are pending'],
    [['--outcome', 'lost'], 'Allowed choices are live, ended, failed, outbound'],
    [['--outcome', 'live', '--status', 'live'], 'cannot be used with option'],
    [['--since', 'yesterday'], 'A time is a span back from now such as 30m'],
    [['--limit', '0'], 'A limit is a whole number in 1..500.'],
    [['--store', 'memory'], 'A store in memory is gone with its server'],
  ])('refuses %j', async (args, problem) => {
    const { code, err } = await hookswitch(['calls', 'list', ...args], { cwd: project() });
    expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
  });

  it('says that a store is not there', async () => {
    const { code, err } = await hookswitch(['calls', 'list', '--store', `sqlite:${project()}/none.db`], { cwd: project() });
    expect([code, err]).toEqual([3, expect.stringContaining('could not be opened')]);
  });
});

describe('hookswitch calls show', () => {
  it('shows a call and what happened in it', async () => {
    const { run, ids } = await withCalls();
    const [id = ''] = await ids('--flow', 'hello');
    const { code, out } = await run('show', id);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^id +${id}\\n`));
    expect(out).toMatch(/^status +live$[^]*^\S+Z +Turn 0 answered$/m);
  });

  it('tells in order what was pressed, said, and given, and what is hidden', async () => {
    const { run, ids, send, hangUp } = await withCalls();
    const [id = ''] = await ids('--flow', 'bank');
    const more = { callStatus: 'ACTION_COMPLETED', clientActionId: 'more.1', eventData: { dtmf: '7' } };
    await send('vca', { sessionId: 's2', destination: '+6568332049', ...more });
    await hangUp();
    const { out } = await run('show', id);
    const story = out
      .slice(out.indexOf('\n\n') + 2)
      .trimEnd()
      .split('\n');
    expect(story.map((line) => line.replace(/^\S+Z +/, '').trim())).toEqual([
      ...['Turn 0 answered', '← Call received', '→ Asks “PIN?” and takes 1 to 4 digits, # ends, 3 tries'],
      ...['Turn 1 answered', '← Pressed •••• at pin (sensitive)', '→ ••• (sensitive)'],
      ...['Turn 2 answered', '← Pressed 7 at more', '→ Says “Bye.”', '→ Hangs up'],
      ...['The session ended at ended', 'Session over: COMPLETED'],
    ]);
  });

  it('never shows what is sensitive', async () => {
    const { run, ids, hangUp } = await withCalls();
    const [id = ''] = await ids('--flow', 'bank');
    for (const args of [[], ['--json'], ['--store', '--json']]) expect((await run('show', id, ...args)).out).not.toContain('4711');
    await hangUp();
    expect((await run('show', id, '--json')).out).not.toContain('4711');
  });

  it.each([
    [[], 3],
    [['--store'], 2],
  ])('says that a call is not there, with %j', async (args, expected) => {
    const { run } = await served();
    expect(await run('show', 'nobody', ...args)).toMatchObject({
      code: expected,
      err: expect.stringMatching(/There is no call/) as string,
    });
  });
});

describe('hookswitch calls export', () => {
  it('writes a journal, sensitive values as • and a length, before and after they are erased', async () => {
    const { run, ids, hangUp } = await withCalls();
    const [id = ''] = await ids('--flow', 'bank');
    const pin = { site: 'pin', at: expect.any(Number) as number, erased: true, value: '•', length: 4 };
    expect(JSON.parse((await run('export', id)).out)).toMatchObject({
      format: 'hookswitch-journal',
      version: 1,
      flow: 'bank',
      site: 'more',
      call: { from: '+65••••65' },
      entries: [pin],
    });
    await hangUp();
    for (const args of [[], ['--store']])
      expect(JSON.parse((await run('export', id, ...args)).out)).toMatchObject({ entries: [pin, { site: 'more', ended: true }] });
  });

  it('writes a file per call into a folder', async () => {
    const { run, cwd } = await withCalls();
    expect(await run('export', '-o', 'journals')).toMatchObject({ code: 0, err: 'Wrote 2 journals to journals.\n' });
    expect(readdirSync(join(cwd, 'journals')).toSorted()).toEqual([
      expect.stringMatching(/^bank-.*\.json$/),
      expect.stringMatching(/^hello-.*\.json$/),
    ]);
    expect(await run('export', '--flow', 'hello', '-o', 'some')).toMatchObject({ err: 'Wrote 1 journal to some.\n' });
    expect(JSON.parse(readFileSync(join(cwd, 'some', readdirSync(join(cwd, 'some'))[0] ?? ''), 'utf8'))).toMatchObject({ flow: 'hello' });
  });

  it.each(['../../escaped', '/tmp/escaped', 'C:\\escaped', '..', 'a\u0000b', '\u001b[2Jx'])(
    'stays in its folder where a server calls the flow %j',
    async (flow) => {
      const cwd = project();
      const journal = { format: 'hookswitch-journal', version: 1, flow, call: { id: '../../../id' }, entries: [] };
      const server = createServer((_request, reply) => reply.setHeader('content-type', 'application/json').end(JSON.stringify(journal)));
      onTestFinished(() => void server.close());
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const args = ['--url', `http://127.0.0.1:${port}`, '-o', 'out/journals'];
      expect(
        await hookswitch(['calls', 'export', 'any', ...args], { cwd, env: { HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token' } }),
      ).toMatchObject({ code: 0 });
      const written = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
      expect(written).toEqual([expect.stringMatching(/^out[\\/]journals[\\/][\w-]+\.json$/)]);
    },
  );

  it('wants a folder for several calls', async () => {
    const { code, err } = await hookswitch(['calls', 'export'], { cwd: project() });
    expect([code, err]).toEqual([2, expect.stringContaining('Several calls need a folder')]);
  });
});
