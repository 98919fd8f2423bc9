import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, platform, project, started } from '../cli.test-support.ts';

const NUMBERS = ['--to', '+6591178965', '--from', '+6568332048'];
const CREATED = { sessionId: 'b1d2', sessionStatus: 'CREATED', statusCode: 1, statusMessage: 'Created' };
const PARAMS = `import { defineFlow, say } from '@hookswitch/dsl';
export default defineFlow({ name: 'reminder', voice: 'en-US-BenjaminRUS' }, function* (call) {
  yield say(JSON.stringify(call.params));
});
`;

/** A server that can place calls, and how to have it place one. */
async function caller(answers: Readonly<Record<string, unknown>> = { 'POST callflows': CREATED }) {
  const { env, arrived } = await platform(answers);
  const cwd = project({ 'flows/reminder.ts': PARAMS });
  const settings = { ...env, HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token' };
  const { url } = await started(['--store', 'memory'], { cwd, env: { ...settings } });
  const call = (...args: readonly string[]) => hookswitch(['call', ...args, '--url', url], { cwd, env: { ...settings } });
  return { call, arrived, url, cwd };
}

describe('hookswitch call', () => {
  it('has the server place a call', async () => {
    const { call, arrived } = await caller();
    expect(await call('reminder', ...NUMBERS)).toEqual({
      code: 0,
      out: expect.stringMatching(/^Call [0-9a-f-]{36} to \+65••••65: live\n$/) as string,
      err: '',
    });
    expect(arrived).toMatchObject([
      { body: { callflow: [{ action: 'makeCall', params: { source: '+6568332048', destination: '+6591178965' } }, {}, {}] } },
    ]);
  });

  it('sends params: texts, JSON, and whole objects', async () => {
    const { call, arrived } = await caller();
    await call('reminder', ...NUMBERS, '-p', 'name=Ann Lee', '-p', 'visits:=3', '-p', 'note=a=b', '--params', '{"name":"Bob","vip":true}');
    const [{ body }] = arrived as unknown as [{ body: { callflow: { params: { text: string } }[] } }];
    expect(JSON.parse(body.callflow[1]?.params.text ?? '')).toEqual({ name: 'Ann Lee', vip: true, visits: 3, note: 'a=b' });
  });

  it('gives back the first call for a second one with its id', async () => {
    const { call } = await caller();
    const ask = async (): Promise<unknown> => JSON.parse((await call('reminder', ...NUMBERS, '--client-request-id', 'r1', '--json')).out);
    expect(await ask()).toMatchObject({ id: ((await ask()) as { id: string }).id, status: 'live' });
  });

  it('exits with 3 when 8x8 refuses, and says why', async () => {
    const { call } = await caller({
      'POST callflows': { sessionStatus: 'NOT_CREATED', statusCode: -1014, statusMessage: 'Caller ID not allowed' },
    });
    expect(await call('reminder', ...NUMBERS)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^The call was not placed\. .*\(HS_PLATFORM_REJECTED\)/) as string,
    });
  });

  it('says that nobody knows when 8x8 gave no answer to a call', async () => {
    const { call } = await caller({ 'POST callflows': 500 });
    expect(await call('reminder', ...NUMBERS)).toMatchObject({
      code: 3,
      err: expect.stringContaining("a phone may be ringing, so don't place it again") as string,
    });
  });

  it.each([
    ['an unknown flow', ['remnder', ...NUMBERS], 3, 'There is no flow'],
    ['a number that is none', ['reminder', '--to', 'Ann', '--from', '+6568332048'], 3, 'refused:'],
    ['a param without a value', ['reminder', ...NUMBERS, '-p', 'name'], 2, 'Write name=text, or name:=json'],
    ['a param that is no JSON', ['reminder', ...NUMBERS, '-p', 'n:=x'], 2, 'That is not JSON.'],
    ['params that are no object', ['reminder', ...NUMBERS, '--params', '[1]'], 2, 'Params are a JSON object.'],
    ['a wrong token', ['reminder', ...NUMBERS, '--token', 'no'], 3, 'Give one of its tokens with --token'],
  ])('refuses %s', async (_what, args, expected, problem) => {
    const { call } = await caller();
    const { code, err } = await call(...args);
    expect([code, err]).toEqual([expected, expect.stringContaining(problem)]);
  });

  it('says that no server is there', async () => {
    const { code, err } = await hookswitch(['call', 'a', ...NUMBERS, '--url', 'http://127.0.0.1:1'], { cwd: project() });
    expect([code, err]).toEqual([3, expect.stringContaining('No server answers at http://127.0.0.1:1. Start it with hookswitch start')]);
  });

  it('says that a server is none of ours', async () => {
    const { url } = await platform({ 'POST /calls': 404 });
    const { code, err } = await hookswitch(['call', 'a', ...NUMBERS], {
      cwd: project({ 'flows/a.ts': flowSource('a') }),
      env: { HOOKSWITCH_URL: url },
    });
    expect([code, err]).toEqual([3, expect.stringContaining('no word that this is a Hookswitch server')]);
  });
});
