import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, platform, project, started } from '../cli.test-support.ts';

const CREATED = { sessionId: 'b1d2', sessionStatus: 'CREATED', statusCode: 1, statusMessage: 'Created' };
const READ = 'dashboard:read:a-token-of-the-dashboard';
const OPERATE = 'front desk:operate:a-token-of-the-front-desk';
const ADMIN = 'manager:admin:a-token-of-the-manager';
const CALL = ['call', 'reminder', '--to', '+6591178965', '--from', '+6568332048'];

/** A server with a token of each role, and commands that know some of them. */
async function served() {
  const { env } = await platform({ 'POST callflows': CREATED });
  const cwd = project({ 'flows/reminder.ts': flowSource('reminder') });
  const { url } = await started(['--store', 'memory'], { cwd, env: { ...env, HOOKSWITCH_API_TOKEN: [READ, OPERATE, ADMIN].join(',') } });
  const run = (tokens: readonly string[], ...args: readonly string[]) =>
    hookswitch([...args, '--url', url], { cwd, env: { HOOKSWITCH_API_TOKEN: tokens.join(',') } });
  return { run };
}

describe('hookswitch audit', () => {
  it('tells who placed a call: the token with the least role that is enough was used', async () => {
    const { run } = await served();
    await run([ADMIN, READ, OPERATE], ...CALL);
    const { out, code } = await run([READ, ADMIN], 'audit');
    expect(code).toBe(0);
    expect(out).toMatch(/front desk +operate +call\.place +201 +reminder +\+65••••65 +[0-9a-f-]{36}/);
    const { out: json } = await run([ADMIN], 'audit', '--label', 'front desk', '--since', '1d', '--limit', '5', '--json');
    expect(JSON.parse(json)).toMatchObject({ entries: [{ label: 'front desk', action: 'call.place', result: 201 }], cursor: null });
    expect(await run([ADMIN], 'audit', '--action', 'call.end')).toMatchObject({ code: 0, err: 'No entries.\n' });
  });

  it('says which role is missing before it asks', async () => {
    const { run } = await served();
    const { err, code } = await run([READ, OPERATE], 'audit');
    expect(err).toContain('needs a token with the role admin; there is only dashboard (read), front desk (operate).');
    expect(code).toBe(2);
    expect((await run([READ], ...CALL)).err).toContain(
      'needs a token with the role operate or a higher one; there is only dashboard (read).',
    );
  });

  it('says what the server says where it knows the token under a lower role', async () => {
    const { run } = await served();
    const { err, code } = await run([], 'audit', '--token', 'a-token-of-the-dashboard');
    expect([code, err]).toEqual([3, expect.stringContaining('needs a token with the role admin; this one (dashboard) has the role read.')]);
    expect(err).not.toContain('a-token');
  });

  it('takes --token as the server has it: with its label and role, or bare', async () => {
    const { run } = await served();
    for (const token of [ADMIN, 'a-token-of-the-manager']) expect((await run([], 'audit', '--token', token)).code).toBe(0);
    expect((await run([], 'audit', '--token', READ)).err).toContain('there is only dashboard (read)');
  });
});
