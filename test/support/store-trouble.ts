import { execFileSync } from 'node:child_process';
import pg from 'pg';
import type { ServerProcess } from './server-process.ts';
import type { StorePlace } from './store-place.ts';

/** Something that befalls a store: begins, and gives what ends it again. */
export interface Trouble {
  readonly name: string;
  begin(): Promise<() => Promise<void>>;
}

/** Everything that can befall the store of `server` here. Limits of file sizes need Linux. */
export function troublesOf(place: StorePlace, server: ServerProcess): readonly Trouble[] {
  const { postgres } = place;
  if (postgres === null) return [fullDisk(server)];
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

/** No file of the process can grow any more, nor be written beyond its first bytes. */
function fullDisk(server: ServerProcess): Trouble {
  const limit = (size: string): void => void execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${size}:unlimited`]);
  return {
    name: 'full',
    begin() {
      limit('1');
      return Promise.resolve(() => Promise.resolve(limit('unlimited')));
    },
  };
}
