import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookswitch, project, started } from '../cli.test-support.ts';

const FLOW = `import { capture, defineFlow, say, tags } from '@hookswitch/dsl';
const labels = tags({ reason: ['billing', 'agent'], amount: 'number', note: 'text' });
export default defineFlow({ name: 'paid', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
  const amount = Number(yield* capture('How much?', { id: 'amount', maxDigits: 4 }));
  yield labels.set({ reason: amount > 500 ? 'agent' : 'billing', amount, note: 'a b' });
  yield say('Bye.');
  return { amount };
});
`;

/** A server on a SQLite file with two calls, of 90 and of 1250. */
async function served() {
  const cwd = project({ 'flows/paid.ts': FLOW });
  const env = { HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token', HOOKSWITCH_STORE: `sqlite:${join(cwd, 'calls.db')}` };
  const { url } = await started([], { cwd, env });
  const send = async (sessionId: string, payload: object): Promise<void> => {
    const call = { callId: 'c', subAccountId: 'Acme', callDirection: 'INBOUND', source: '+6591178965', destination: '+6568332048' };
    const event = { eventId: `${sessionId} ${JSON.stringify(payload)}`, sessionId, ...call, ...payload };
    const body = JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload: event });
    await fetch(`${url}/webhooks/vca`, { method: 'POST', body });
  };
  for (const [session, dtmf] of [
    ['s1', '90'],
    ['s2', '1250'],
  ] as const) {
    await send(session, { callStatus: 'CALL_RECEIVED' });
    await send(session, { callStatus: 'ACTION_COMPLETED', clientActionId: 'amount.0', eventData: { dtmf } });
  }
  const run = (...args: readonly string[]) => hookswitch(['calls', ...args], { cwd, env: { ...env, HOOKSWITCH_URL: url } });
  const calls = async (...args: readonly string[]) =>
    (JSON.parse((await run('list', '--json', ...args)).out) as { calls: { id: string; tags: object; result: unknown }[] }).calls;
  return { cwd, run, calls };
}

describe('what flows have noted', () => {
  it('is listed, shown and exported', async () => {
    const { cwd, run, calls } = await served();
    const [call] = await calls('--tag', 'amount=1250');
    expect(call).toMatchObject({ tags: { reason: 'agent', amount: 1250, note: 'a b' }, result: { amount: 1250 } });
    expect((await run('list')).out).toMatch(/ TO +TAGS\n.* reason=agent amount=1250 note=a b\n.* reason=billing amount=90 note=a b\n$/);
    const { out } = await run('show', call?.id ?? '');
    expect(out).toContain('tags  reason=agent amount=1250 note=a b\nresult  {"amount":1250}\n');
    expect(out).toContain('Tags: reason: agent, amount: 1250, note: a b');
    await run('export', '--tag', 'reason=billing', '-o', 'journals');
    const [file = ''] = readdirSync(join(cwd, 'journals'));
    expect(JSON.parse(readFileSync(join(cwd, 'journals', file), 'utf8'))).toMatchObject({ tags: { amount: 90 }, result: { amount: 90 } });
  });

  it.each<[readonly string[], readonly number[]]>([
    [['reason=billing'], [90]],
    [['reason!=billing'], [1250]],
    [['amount>=90', 'amount<1250'], [90]],
    [['amount>90.5', 'reason=agent', 'note=a b'], [1250]],
    [['note=A b'], []],
  ])('is filtered by --tag %j, of a server and of its store', async (conditions, expected) => {
    const { calls } = await served();
    const flags = conditions.flatMap((condition) => ['--tag', condition]);
    for (const from of [[], ['--store']])
      expect((await calls(...flags, ...from)).map(({ result }) => (result as { amount: number }).amount)).toEqual(expected);
  });

  it.each(['reason', '=billing', 'reason=', 'reason>billing'])('is not looked for by %j', async (condition) => {
    const { code, err } = await hookswitch(['calls', 'list', '--tag', condition], { cwd: project({}) });
    expect([code === 0, err]).toEqual([
      false,
      expect.stringContaining(condition.includes('>') ? 'needs a number' : 'reason=billing or amount>=1000'),
    ]);
  });
});
