import { describe, expect, it } from 'vitest';
import { hookswitch, project, started } from '../cli.test-support.ts';

const FLOW = `import { capture, defineFlow, settings } from '@hookswitch/dsl';
const line = settings({
  closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
  notice: { kind: 'text', default: null },
  wait: { kind: 'number', default: 5, max: 9 },
});
export default defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
  yield* line.read();
  yield* capture('More?', { id: 'more', maxDigits: 1 });
});
`;
const ENV = { HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token' };

async function served() {
  const cwd = project({ 'flows/support.ts': FLOW });
  const { url } = await started(['--store', 'memory'], { cwd, env: { ...ENV } });
  return (...args: readonly string[]) => hookswitch(['settings', ...args, '--url', url], { cwd, env: { ...ENV } });
}
const saying = (text: string): unknown => expect.stringContaining(text);

describe('hookswitch settings', () => {
  it('lists, sets, takes back and undoes', async () => {
    const settings = await served();
    const first = await settings();
    expect(first.out).toMatch(/^support\nintake +open +default\nclosedToday +false +default +boolean: Closed today\n/);
    const set = await settings(
      'set',
      'support',
      'closedToday',
      'true',
      '--until',
      '2100-01-01T18:00',
      '--zone',
      'Asia/Singapore',
      '--reason',
      'strike',
    );
    expect(set).toMatchObject({ code: 0, out: 'support closedToday: true until 2100-01-01T10:00:00.000Z (was default)\n' });
    expect((await settings('list')).out).toMatch(/closedToday +true +until 2100-01-01T10:00:00.000Z, set by token-1 at \S+ \(strike\)/);
    expect((await settings('set', 'support', 'wait', '7')).out).toBe('support wait: 7 (was default)\n');
    expect((await settings('set', 'support', 'notice', 'Lines are busy.')).out).toBe('support notice: "Lines are busy." (was default)\n');
    expect((await settings('unset', 'support', 'wait')).out).toBe('support wait: default (was 7)\n');
    expect(await settings('unset', 'support', 'wait')).toMatchObject({ code: 0, out: '', err: saying('Nothing is set of wait') });
    const { entries } = JSON.parse((await settings('history', '--json')).out) as { entries: { id: string }[] };
    expect(entries).toHaveLength(4);
    expect((await settings('history', '--limit', '1')).err).toContain('There are more: add --cursor');
    expect((await settings('undo', entries[0]?.id ?? '')).out).toBe('support wait: 7 (was default)\n');
    expect((await settings('history')).out).toMatch(/support wait +default +7 +undoes/);
  });

  it('closes and opens intake', async () => {
    const settings = await served();
    expect((await settings('close', 'support', '--text', 'Back on Monday.')).out).toBe(
      'support intake: closed: "Back on Monday." (was default)\n',
    );
    expect((await settings('close', 'support', '--number', '+6560000001')).out).toBe('+6560000001 intake: closed (was default)\n');
    expect((await settings()).out).toMatch(
      /intake +closed: "Back on Monday\." +set by token-1[\s\S]*Numbers\n\+6560000001 +closed: "We can not/,
    );
    expect((await settings('open', 'support', '--number', '+6560000001')).code).toBe(0);
    expect((await settings('open', 'support')).out).toBe('support intake: default (was closed: "Back on Monday.")\n');
    expect(await settings('open', 'support')).toMatchObject({ code: 0, err: saying('is open already') });
  });

  it('says what is wrong, and changes nothing', async () => {
    const settings = await served();
    expect(await settings('set', 'support', 'wait', '10')).toMatchObject({ code: 3, err: saying('must be a finite number to 9; got 10') });
    expect(await settings('set', 'support', 'closedToday', 'yes')).toMatchObject({ code: 3, err: saying('must be true or false') });
    expect(await settings('set', 'support', 'wiat', '3')).toMatchObject({ code: 3, err: saying('Did you mean "wait"?') });
    expect(await settings('set', 'support', 'wait', '3', '--until', 'soon')).toMatchObject({ code: 2, err: saying('"soon" is no time') });
    expect(await settings('undo', 'nothing')).toMatchObject({ code: 3, err: saying('There is no change of settings with this id') });
    expect((await settings('history')).err).toContain('Nothing was changed.');
  });
});
