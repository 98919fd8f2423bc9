import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';

const LOOP = `import { defineFlow, say } from '@hookswitch/dsl';
export default defineFlow({ name: 'loop', voice: 'en-US-BenjaminRUS' }, function* () {
  while (true) {
    yield say('Round and round.');
  }
});
`;
const UNCAUGHT = `import { defineFlow, say, step } from '@hookswitch/dsl';
export default defineFlow({ name: 'uncaught', voice: 'en-US-BenjaminRUS' }, function* () {
  const found = yield* step('find', () => 1, { examples: { one: 1 } });
  yield say('Found ' + found);
});
`;

const DECLINING = `import { defineFlow, say, step } from '@hookswitch/dsl';
const examples = { direction: ['inbound', 'outbound'] };
export default defineFlow({ name: 'reminder', voice: 'en-US-BenjaminRUS', examples }, function* () {
  if (yield* step('opted-out', () => true, { examples: { yes: true, no: false }, onError: () => false })) return;
  yield say('Your parcel comes today.');
});
`;

describe('hookswitch check', () => {
  it('shows on which ways an outbound call is not placed, which is no problem', async () => {
    const cwd = project({ 'flows/reminder.ts': DECLINING });
    const { code, out } = await hookswitch(['check', '--strict'], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining('\n  not placed, as the flow has nothing to say: yes\n')]);
    const { out: json } = await hookswitch(['check', '--json'], { cwd });
    expect(JSON.parse(json)).toMatchObject({ flows: [{ ok: true, problems: [], notPlaced: [['yes']] }] });
  });

  it('says for what reason a call is declined', async () => {
    const source = DECLINING.replace('defineFlow, say', 'decline, defineFlow, say')
      .replace('function* ()', 'function* (call)')
      .replace('if (yield*', "if (call.direction === 'outbound' && (yield*")
      .replace('false })) return;', "false }))) yield* decline('opted out');");
    const { code, out } = await hookswitch(['check', '--strict'], { cwd: project({ 'flows/reminder.ts': source }) });
    expect([code, out]).toEqual([0, expect.stringContaining('\n  not placed, for "opted out": yes\n')]);
  });

  it('finds nothing wrong with a sound flow', async () => {
    const { code, out } = await hookswitch(['check'], { cwd: project({ 'flows/hello.ts': flowSource('hello') }) });
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ hello flows\/hello\.ts {2}1 site, \d+ answers tried\n1 flow: 0 errors, 0 warnings\n$/);
  });

  it('checks all flows, and exits with 1 where one has an error', async () => {
    const cwd = project({ 'flows/hello.ts': flowSource('hello'), 'flows/loop.ts': LOOP });
    const { code, out } = await hookswitch(['check'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^✓ hello/);
    expect(out).toMatch(/✗ loop flows\/loop\.ts[^]*\n {2}error at idle HS_VERIFY_LOOP\n {4}\S/);
    expect(out).toMatch(/2 flows: 1 error, 0 warnings\n$/);
  });

  it('names line, code and way of a problem', async () => {
    const { out } = await hookswitch(['check'], { cwd: project({ 'flows/a.ts': UNCAUGHT }) });
    expect(out).toMatch(/\n {2}warning flows\/a\.ts:\d+:\d+ HS_VERIFY_STEP_UNCAUGHT\n {4}\S.*\n {4}Way there: fails\n/);
  });

  it('lets warnings pass, unless it is strict', async () => {
    const cwd = project({ 'flows/a.ts': UNCAUGHT });
    expect(await hookswitch(['check'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('! uncaught') as string });
    expect(await hookswitch(['check', '--strict'], { cwd })).toMatchObject({ code: 1 });
  });

  it('prints JSON for programs, and nothing else', async () => {
    const { code, out, err } = await hookswitch(['check', '--json', 'loop.ts'], { cwd: project({ 'loop.ts': LOOP }) });
    expect([code, err]).toEqual([1, '']);
    const flow = { name: 'loop', version: '1', file: 'loop.ts', ok: false };
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      flows: [{ ...flow, problems: [{ code: 'HS_VERIFY_LOOP', severity: 'error' }], explored: {} }],
    });
  });

  it.each([60, 150])('finds nothing wrong with a loop that is counted, %i rounds', async (rounds) => {
    const loop = LOOP.replace('say }', 'capture, hangup, say }').replace('while (true)', `for (let i = 0; i < ${rounds}; i++)`);
    const body = loop.replace(
      "yield say('Round and round.')",
      "if ((yield* capture('Again?', { id: 'again', maxDigits: 1 })) === '9') yield hangup()",
    );
    const { code, out } = await hookswitch(['check', '--strict'], { cwd: project({ 'flows/loop.ts': body }) });
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ loop/)]);
    expect(out.includes('loops left after 100 rounds; --max-visits')).toBe(rounds > 100);
  });

  it('warns where a limit of its own cut the search short, and says how to raise it', async () => {
    const { code, out } = await hookswitch(['check', '--max-answers', '3'], { cwd: project({ 'flows/hello.ts': flowSource('hello') }) });
    expect(code).toBe(0);
    expect(out).toMatch(/warning at idle HS_VERIFY_TRUNCATED\n.*cut short by maxAnswers.*`hookswitch check --max-answers`/);
  });

  it('shows on a terminal what it is doing', async () => {
    const { err } = await hookswitch(['check'], { cwd: project({ 'flows/hello.ts': flowSource('hello') }), isTTY: true });
    expect(err).toContain('Exploring hello …');
    expect(err.endsWith('\u001b[G\u001b[K')).toBe(true);
  });
});
