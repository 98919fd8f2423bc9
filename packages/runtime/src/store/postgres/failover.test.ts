import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startPostgresPair, testPool, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { insert, next } from '../contract/call.ts';
import { isStoreFailure } from '../../calls/store-failure.ts';
import type { CallRecord, Store } from '../store.ts';
import { createPostgresStore } from './postgres-store.ts';

let primary: TestPostgres;
let standby: TestPostgres;

beforeAll(async () => {
  ({ primary, standby } = await startPostgresPair());
});

afterAll(async () => {
  await standby.stop();
  await primary.stop();
});

/** The connection string of one server with others before it, e.g. `primary,standby`. */
function through(ports: readonly number[], query = ''): string {
  const url = new URL(primary.connectionString);
  return `postgres://postgres:${url.password}@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/postgres${query}`;
}

async function open(connectionString: string): Promise<Store> {
  const store = createPostgresStore({ connectionString, maxConnections: 4, statementTimeout: 20_000 });
  onTestFinished(() => store.close());
  await store.open();
  return store;
}

async function ask(server: TestPostgres, ...statements: readonly string[]): Promise<unknown> {
  const client = new pg.Client(server.connectionString);
  client.on('error', () => undefined);
  await client.connect();
  let rows: unknown[] = [];
  for (const statement of statements) ({ rows } = await client.query(statement));
  await client.end();
  return Object.values(Object(rows[0]) as object)[0];
}

/** A name that leads to another server after a fail-over: connections that exist stay with the old one. */
async function movingName(): Promise<{ readonly port: number; to(server: TestPostgres): void }> {
  let target = primary.port;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, to: ({ port }) => void (target = port) };
}

/** Calls that change all the time, one commit after the other; what became of the commits. */
function load(store: Store, first: CallRecord) {
  let call = first;
  let isOver = false;
  const failures: unknown[] = [];
  let committed = 0;
  const run = async (): Promise<void> => {
    while (!isOver) {
      try {
        await store.commit({ call: next(call) });
        committed++;
        call = next(call);
      } catch (error) {
        failures.push(error);
        call = (await store.load({ id: call.id }).catch(() => null))?.call ?? call;
      }
    }
  };
  const running = run();
  const more = async (count: number): Promise<void> => {
    const goal = committed + count;
    await expect.poll(() => committed).toBeGreaterThan(goal);
  };
  return { failures, more, end: () => ((isOver = true), running) };
}

describe('of several servers', () => {
  it.each(['read-write', 'primary', 'any'])(
    'one that can be written is found, wherever it stands, with target_session_attrs=%s',
    async (session) => {
      for (const ports of [
        [primary.port, standby.port],
        [standby.port, primary.port],
        [1, standby.port, primary.port],
      ]) {
        const store = await open(through(ports, `?target_session_attrs=${session}`));
        await insert(store);
        // A standby may be a moment behind.
        await expect.poll(() => store.ping().catch((error: unknown) => error)).toBeUndefined();
      }
    },
  );

  it('none that can be written is named as such', async () => {
    for (const session of ['read-write', 'primary'])
      await expect(open(through([standby.port, standby.port], `?target_session_attrs=${session}`))).rejects.toMatchObject({
        reason: 'read-only',
      });
  });

  it('none that is there is named as such, and no other is tried where one does not let us in', async () => {
    await expect(open(through([1, 2]))).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(open(through([primary.port, standby.port]).replace(/:[^:@]*@/, ':wrong@'))).rejects.toMatchObject({ reason: 'refused' });
  });

  it('any by chance serves', async () => {
    const store = await open(through([1, standby.port, primary.port], '?load_balance_hosts=random&target_session_attrs=read-write'));
    await Promise.all(Array.from({ length: 12 }, () => insert(store)));
  });
});

describe('a fail-over under load', () => {
  it('is followed without a restart: calls go on, however the servers are named', async () => {
    const name = await movingName();
    const pool = testPool(through([name.port]), 4);
    onTestFinished(() => pool.end());
    const stores = await Promise.all([
      open(through([primary.port, standby.port], '?target_session_attrs=read-write')),
      open(through([primary.port, standby.port])),
      open(through([name.port])),
    ]);
    const own = createPostgresStore({ pool, statementTimeout: 20_000 });
    await own.open();
    const loads = await Promise.all([...stores, own].map(async (store) => load(store, await insert(store))));
    await Promise.all(loads.map(({ more }) => more(20)));

    await ask(primary, 'ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()');
    const end = await ask(primary, 'SELECT pg_current_wal_lsn()::text');
    await expect.poll(() => ask(standby, `SELECT pg_last_wal_replay_lsn() >= '${String(end)}'::pg_lsn`)).toBe(true);
    await ask(standby, 'SELECT pg_promote()');
    name.to(standby);

    await Promise.all(loads.map(({ more }) => more(50)));
    await Promise.all(loads.map(({ end }) => end()));
    expect(loads.flatMap(({ failures }) => failures).filter((failure) => !isStoreFailure(failure))).toEqual([]);
    await Promise.all(stores.map((store) => store.ping()));
    expect(await ask(standby, 'SELECT pg_is_in_recovery()')).toBe(false);
  });
});
