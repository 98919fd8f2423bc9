import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insert } from '../contract/call.ts';
import type { Store } from '../store.ts';
import { startChild } from './child.test-support.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { createSqliteStore } from './sqlite-store.ts';

const folder = temporaryFolder();
let files = 0;
const newFile = (): string => join(folder, `${++files}.db`);

async function open(file: string, readOnly = false): Promise<Store> {
  const store = createSqliteStore({ file, busyTimeout: 50, readOnly });
  onTestFinished(() => store.close());
  await store.open();
  return store;
}

describe('a SQLite file has one server', () => {
  it('which a second process is told, until the first one dies', async () => {
    const file = newFile();
    const child = startChild('hold', file);
    expect(await child.line()).toBe('open');
    const refused = open(file);
    await expect(refused).rejects.toMatchObject({ code: 'HS_STORE_IN_USE', file });
    await expect(refused).rejects.toThrow('a SQLite store serves one process');
    await child.kill();
    await insert(await open(file));
  });

  it('also within one process, and by whatever path', async () => {
    const file = newFile();
    const first = await open(file);
    symlinkSync(file, `${file}.link`);
    for (const path of [file, `${file}.link`, join(folder, '.', `${files}.db`), relative(process.cwd(), file)])
      await expect(open(path)).rejects.toMatchObject({ code: 'HS_STORE_IN_USE' });
    await insert(first);
    await first.close();
    await open(`${file}.link`);
  });

  it('also where the first one came by a link whose file was not made yet', async () => {
    const [file, link, second] = [newFile(), newFile(), newFile()];
    symlinkSync(file, link);
    symlinkSync(link, second);
    const first = await open(second);
    for (const path of [file, link, second]) await expect(open(path)).rejects.toMatchObject({ code: 'HS_STORE_IN_USE' });
    await insert(first);
    await first.close();
    await insert(await open(file));
  });

  it('and no second name: whoever comes by a hard link is refused', async () => {
    const [file, other] = [newFile(), newFile()];
    const server = await open(file);
    linkSync(file, other);
    for (const path of [other, file]) await expect(open(path)).rejects.toMatchObject({ reason: 'linked', detail: '2 names' });
    await insert(server);
  });

  it('beside which others may look, and no more', async () => {
    const file = newFile();
    const server = await open(file);
    const reader = await open(file, true);
    const call = await insert(server);
    await reader.ping();
    expect((await reader.list({})).calls).toStrictEqual([call]);
    await expect(insert(reader)).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'read-only', outcome: 'unchanged' });
    await reader.close();
    await insert(server);
  });
});

describe('a process that is killed', () => {
  it('loses no acknowledged commit, and leaves no half of one', async () => {
    const file = newFile();
    for (const count of [1, 200, 500]) {
      const child = startChild('write', file);
      const acknowledged = new Map<string, number>();
      const note = (line: string): void => {
        const [id = '', revision] = line.split(' ');
        acknowledged.set(id, Number(revision));
      };
      for (let lines = 0; lines < count; lines++) note(await child.line());
      await child.kill();
      for (const line of await child.rest()) note(line);
      const store = await open(file);
      for (const [id, revision] of acknowledged) {
        const stored = await store.load({ id });
        expect(stored?.call.revision).toBeGreaterThanOrEqual(revision);
        expect([stored?.journal.length, (await store.turns(id)).length]).toEqual([stored?.call.revision, stored?.call.revision]);
      }
      await store.close();
    }
  });
});

describe('a file that can not be written', () => {
  it.runIf(process.platform === 'linux')('makes commits reject when there is no more room, and works on once there is', async () => {
    const child = startChild('fill', newFile(), '-S -f 1024');
    const [revision = '', code, reason] = (await child.line()).split(' ');
    expect(code).toBe('HS_STORE_UNAVAILABLE');
    expect(['full', 'disk']).toContain(reason);
    expect(await child.line()).toBe(`kept ${Number(revision) - 1}`);
    execFileSync('prlimit', ['--pid', String(child.process.pid), '--fsize=unlimited']);
    child.goOn();
    expect(await child.line()).toBe('committed');
  });

  it.skipIf(process.platform === 'win32')('makes open reject, and opens once it can', async () => {
    const guarded = join(folder, 'guarded');
    mkdirSync(guarded);
    for (const [path, mode] of [
      [folder, 0o755],
      [guarded, 0o555],
    ] as const)
      chmodSync(path, mode);
    const child = startChild('open-as-nobody', join(guarded, 'calls.db'));
    expect(await child.line()).toMatch(/^HS_STORE_UNAVAILABLE (read-only|not-openable)$/);
    chmodSync(guarded, 0o777);
    child.goOn();
    expect(await child.line()).toBe('committed');
  });
});
