import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalFile } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { hookswitch, project, started } from '../cli.test-support.ts';

const FLOW = `import { ask, defineFlow, digits, menu, say, step } from '@hookswitch/dsl';
export default defineFlow({ name: 'bank', voice: 'en-US-BenjaminRUS' }, function* () {
  const account = yield* ask('Your account?', { id: 'account', validate: digits(8), otherwise: null });
  const name = yield* step('find', () => 'Zoe', { examples: { ann: 'Ann' } });
  yield* menu('Hello ' + name + '. Bills 1, cards 2.', { 1: 'bills', 2: 'cards' }, { id: 'main', otherwise: 'bills' });
});
`;
const PIN = `import { capture, defineFlow } from '@hookswitch/dsl';
export const pin = defineFlow({ name: 'pin', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* capture('PIN?', { id: 'pin', maxDigits: 4, sensitive: true });
});
`;
const TOKEN = 'a-long-enough-api-token';

/** A server with calls whose callers keyed in these accounts and then a menu key. */
async function served(accounts: readonly string[]) {
  const cwd = project({
    'flows/bank.ts': FLOW,
    'flows/pin.ts': PIN,
    'hookswitch.config.ts':
      "export default { flows: [{ flow: 'flows/bank.ts', default: true }, { flow: 'flows/pin.ts', numbers: ['+6568332049'] }] };",
  });
  const env = {
    HOOKSWITCH_API_TOKEN: TOKEN,
    HOOKSWITCH_STORE: `sqlite:${join(cwd, 'calls.db')}`,
    HOOKSWITCH_DATA_KEYS: Buffer.alloc(32, 'secret key of a test').toString('base64'),
  };
  const { url } = await started([], { cwd, env: { ...env } });
  const send = async (payload: object): Promise<void> => {
    const base = { eventId: JSON.stringify(payload), callId: 'c', subAccountId: 'Acme', callDirection: 'INBOUND', source: '+6591178965', destination: '+6568332048' }; // prettier-ignore
    await fetch(`${url}/webhooks/vca`, { method: 'POST', body: JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload: { ...base, ...payload } }) }); // prettier-ignore
  };
  const press = (sessionId: string, clientActionId: string, dtmf: string) => ({
    sessionId,
    callStatus: 'ACTION_COMPLETED',
    clientActionId,
    eventData: { dtmf },
  });
  for (const [index, account] of accounts.entries()) {
    await send({ sessionId: `s${index}`, callStatus: 'CALL_RECEIVED' });
    await send(press(`s${index}`, 'account.0', account));
    await send(press(`s${index}`, 'main.1', '2'));
  }
  const pin = { destination: '+6568332049' };
  await send({ sessionId: 'p', callStatus: 'CALL_RECEIVED', ...pin });
  await send({ ...press('p', 'pin.0', '4711'), ...pin });
  const run = (...args: readonly string[]) =>
    hookswitch(['calls', 'export', '--for-tests', ...args], { cwd, env: { ...env, HOOKSWITCH_URL: url } });
  return { cwd, run };
}

describe('hookswitch calls export --for-tests', () => {
  it('writes files until all arrows are taken, without personal data, and counts what it leaves out', async () => {
    const { cwd, run } = await served(['87654321', '11112222']);
    const { code, err } = await run('-o', 'test/journals');
    expect([code, err]).toEqual([
      0,
      'Wrote 1 journal to test/journals, without personal data. Left out:\n  1 call with an answer that was erased as sensitive\n  1 call that took no arrow beyond those of calls that were written\n',
    ]);
    const [file = ''] = readdirSync(join(cwd, 'test/journals'));
    const text = readFileSync(join(cwd, 'test/journals', file), 'utf8');
    for (const secret of ['Zoe', '87654321', '11112222', '91178965', '68332048']) expect(text + file).not.toContain(secret);
    expect((JSON.parse(text) as JournalFile).entries.map((entry) => 'value' in entry && entry.value)).toEqual(['12345678', 'Ann', '2']);
    expect((await hookswitch(['replay', `test/journals/${file}`], { cwd })).out).toMatch(/^identical /);
  });

  it('wants a folder', async () => {
    const { code, err } = await hookswitch(['calls', 'export', 'some-call', '--for-tests'], { cwd: project() });
    expect([code, err]).toEqual([2, expect.stringContaining('Files for tests need a folder')]);
  });

  it('says that nothing was left', async () => {
    const { run } = await served([]);
    expect(await run('-o', 'test/journals')).toMatchObject({ code: 1, err: expect.stringContaining('Wrote 0 journals') as string });
  });
});
