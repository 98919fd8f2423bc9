import { createSqliteStore } from '@hookswitch/runtime';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project, started } from '../cli.test-support.ts';

const TOKEN = 'desk:operate:a-token-of-the-front-desk';
const HOUR = 3_600_000;

/** A server whose store has calls that ended on a release which did not count. */
async function served(calls: number) {
  const cwd = project({ 'flows/hello.ts': flowSource('hello') });
  const began = Date.now() - HOUR;
  const store = createSqliteStore({ file: join(cwd, 'calls.db'), synchronous: 'NORMAL' });
  await store.open();
  await Promise.all(
    Array.from({ length: calls }, (_, n) =>
      store.commit({
        call: {
          ...{ id: `call-${n}`, subAccountId: 'acme', sessionId: `s-${n}`, flow: 'hello', flowVersion: '1', direction: 'inbound' },
          ...{ from: '+6591234567', to: '+6531589338', status: 'ended', site: 'key', lastSite: 'key', turn: 0, revision: 1 },
          ...{ journalLength: 0, startedAt: began, seenAt: began, endedAt: began + n, dueAt: null, clientRequestId: null },
          ...{ state: '{"voice":"en-US-BenjaminRUS"}', tags: {}, result: null, counted: false },
        },
      }),
    ),
  );
  await store.close();
  const { url } = await started(['--store', `sqlite:${join(cwd, 'calls.db')}`], { cwd, env: { HOOKSWITCH_API_TOKEN: TOKEN } });
  const world = { cwd, env: { HOOKSWITCH_API_TOKEN: TOKEN } };
  return { run: (args: readonly string[], more: object = {}) => hookswitch([...args, '--url', url], { ...world, ...more }) };
}

/** The server has its own clock, and keeps no calls that ended long ago. */
const NOW = ['--since', new Date(Date.now() - 24 * HOUR).toISOString(), '--until', new Date(Date.now() + HOUR).toISOString()];

describe('hookswitch backfill', () => {
  it('counts each call once: Ctrl+C ends it behind a batch, and it goes on from there', async () => {
    const { run } = await served(450);
    expect((await run(['insights', 'hello', ...NOW])).err).toContain('hookswitch backfill counts them');
    const stop = new AbortController();
    const onErr = (text: string): void => {
      if (text.includes('Counting calls … 200')) stop.abort();
    };
    const first = await run(['backfill'], { isTTY: true, stop: stop.signal, onErr });
    expect([first.code, first.err]).toEqual([1, expect.stringContaining('Counted 400 calls. There are more: run it again.')]);
    expect(await run(['backfill'])).toMatchObject({ code: 0, err: 'Counted 50 calls.\n' });
    expect(await run(['backfill'])).toMatchObject({ code: 0, err: 'Counted 0 calls.\n' });
    const { out, err } = await run(['insights', 'hello', ...NOW, '--json']);
    expect([(JSON.parse(out) as { figures: { calls: number } }).figures.calls, err]).toEqual([450, '']);
  });
});
