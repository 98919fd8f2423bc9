import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ServerProcess } from './server-process.ts';
import type { SmallDisk } from './small-disk.ts';
import type { StorePlace } from './store-place.ts';
import type { TestPostgres } from './postgres.ts';

/** Something that befalls a store: begins, and gives what ends it again. */
export interface Trouble {
  readonly name: string;
  begin(): Promise<() => Promise<void>>;
}

/** Everything that can befall the store of `server` here. */
export function troublesOf({ postgres, url }: StorePlace, server: ServerProcess): readonly Trouble[] {
  if (postgres !== null) return troublesOfPostgres(postgres);
  return [sizeLimit(server), ...(canMakeImmutable() ? [immutable(url.slice('sqlite:'.length))] : [])];
}

/** The disk has no byte left. */
export function fullDisk(disk: SmallDisk): Trouble {
  return {
    name: 'full',
    begin() {
      disk.fill();
      return Promise.resolve(() => Promise.resolve(disk.free()));
    },
  };
}

/** No file of the process can grow any more, nor be written beyond its first bytes, as where a disk fails. Needs Linux. */
function sizeLimit(server: ServerProcess): Trouble {
  const limit = (size: string): void => void execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${size}:unlimited`]);
  return {
    name: 'limited',
    begin() {
      limit('1');
      return Promise.resolve(() => Promise.resolve(limit('unlimited')));
    },
  };
}

/**
 * The files accept no writes any more, not even through those who have them open: what SQLite and those above it see when a system goes on with a failing disk
 * read-only. (Rights don't matter to those who have a file open, and no disk can be mounted anew as read-only while anybody writes to it.)
 */
function immutable(file: string): Trouble {
  const change = (flag: string): void => {
    for (const path of [file, `${file}-wal`]) if (existsSync(path)) chattr(flag, path);
  };
  return {
    name: 'read-only',
    begin() {
      change('+i');
      return Promise.resolve(() => Promise.resolve(change('-i')));
    },
  };
}

/** Whether files can be made immutable here: it needs root, and a file system that knows of it. */
export function canMakeImmutable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-immutable-'));
  const file = join(folder, 'file');
  try {
    writeFileSync(file, '');
    chattr('+i', file);
    chattr('-i', file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function chattr(flag: string, path: string): void {
  execFileSync('chattr', [flag, path], { stdio: 'pipe' });
}

function troublesOfPostgres(postgres: TestPostgres): readonly Trouble[] {
  const administer = async (...statements: readonly string[]): Promise<pg.Client> => {
    const client = new pg.Client(postgres.connectionString);
    client.on('error', () => undefined);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return client;
  };
  return [
    { name: 'gone', begin: () => postgres.halt().then(() => () => postgres.start()) },
    { name: 'restarted', begin: () => postgres.restart().then(() => () => Promise.resolve()) },
    { name: 'slow', begin: () => administer('BEGIN', 'LOCK TABLE hookswitch.calls').then((client) => () => client.end()) },
    {
      name: 'read-only',
      async begin() {
        const client = await administer('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()');
        return async () => {
          await client.query('ALTER SYSTEM RESET default_transaction_read_only');
          await client.query('SELECT pg_reload_conf()');
          await client.end();
        };
      },
    },
  ];
}
