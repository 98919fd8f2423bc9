import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { load } from '../../packages/runtime/bench/load.mjs';
import { startServer } from '../../packages/runtime/bench/measure-server.mjs';
import { countProcessorTime, postgresProcesses } from '../../packages/runtime/bench/processor-time.mjs';
import { interleave, median, ratios, spread } from '../../packages/runtime/bench/rounds.mjs';
import { startPostgres } from '../../test/support/postgres.ts';
import { DURABLE } from '../durable-postgres.mjs';

const SERVER = fileURLToPath(new URL('../../packages/runtime/bench/server.mjs', import.meta.url));
const VARIANTS = {
  // Turns share statements only with those that arrive at the same time: what one costs where few do.
  '1 server, 4 connections': { servers: 1, by: 'call', connections: 4 },
  '1 server': { servers: 1, by: 'call' },
  '2 servers, each call at one': { servers: 2, by: 'call' },
  '4 servers, each call at one': { servers: 4, by: 'call' },
  '2 servers, each webhook at the next': { servers: 2, by: 'webhook' },
};

export const title =
  'Webhooks per second of servers on one Postgres (fsync, synchronous_commit on): calls of three turns over 48 connections';

export const rounds = 3;

export async function measure({ small, rounds }) {
  const seconds = small ? 0.3 : 5;
  const postgres = await startPostgres(DURABLE);
  try {
    const results = await interleave(Object.keys(VARIANTS), rounds, (name) => run(postgres.connectionString, VARIANTS[name], seconds));
    const middle = (name, figure) => median(results[name].map((result) => result[figure]));
    const toOne = (name) => median(ratios(results, name, '1 server'));
    return {
      rows: Object.keys(VARIANTS).map((name) => ({
        on: name,
        'webhooks/s': Math.round(middle(name, 'perSecond')),
        spread: spread(results[name].map(({ perSecond }) => perSecond)),
        'of one': toOne(name).toFixed(2),
        'p50 ms': middle(name, 'p50').toFixed(1),
        'p99 ms': middle(name, 'p99').toFixed(1),
        'servers µs': middle(name, 'serversUs').toFixed(0),
        'Postgres µs': middle(name, 'postgresUs').toFixed(0),
        'load µs': middle(name, 'loadUs').toFixed(0),
        'log bytes': middle(name, 'logged').toFixed(0),
        'cores busy': `${middle(name, 'busy').toFixed(2)} of ${cpus().length}`,
      })),
      json: {
        webhooks_2_servers_vs_1: toOne('2 servers, each call at one'),
        webhooks_4_servers_vs_1: toOne('4 servers, each call at one'),
        webhooks_2_servers_no_affinity_vs_1: toOne('2 servers, each webhook at the next'),
        server_us_per_webhook_on_postgres: middle('1 server', 'serversUs'),
        postgres_us_per_webhook: middle('1 server', 'postgresUs'),
        server_us_per_webhook_on_postgres_few: middle('1 server, 4 connections', 'serversUs'),
        postgres_us_per_webhook_few: middle('1 server, 4 connections', 'postgresUs'),
        postgres_log_bytes_per_webhook: middle('1 server', 'logged'),
      },
    };
  } finally {
    await postgres.stop();
  }
}

async function run(connectionString, { servers, by, connections = 48 }, seconds) {
  const running = await Promise.all(Array.from({ length: servers }, () => startServer(SERVER, ['postgres', connectionString])));
  try {
    const ports = running.map(({ port }) => port);
    await load(ports, { seconds: 2 * seconds, most: 10_000 * servers, connections, by });
    const [ofServers, ofPostgres] = [countProcessorTime(running.map(({ pid }) => pid)), countProcessorTime(postgresProcesses())];
    const logBefore = await logBytes(connectionString);
    const before = process.cpuUsage();
    const result = await load(ports, { seconds, connections, by });
    const { user, system } = process.cpuUsage(before);
    const each = (taken) => ((taken ?? NaN) * 1e6) / result.webhooks;
    const costs = { serversUs: each(ofServers()), postgresUs: each(ofPostgres()), loadUs: (user + system) / result.webhooks };
    const logged = ((await logBytes(connectionString)) - logBefore) / result.webhooks;
    const busy = ((costs.serversUs + costs.postgresUs + costs.loadUs) * result.perSecond) / 1e6;
    return { ...result, ...costs, busy, logged };
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
}

/** How much Postgres has written to its log (WAL) so far. */
async function logBytes(connectionString) {
  const client = new pg.Client(connectionString);
  await client.connect();
  try {
    const { rows } = await client.query("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes");
    return Number(rows[0].bytes);
  } finally {
    await client.end();
  }
}
