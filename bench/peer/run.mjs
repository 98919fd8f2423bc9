// `npm run bench:peer`: the same durable menu of three turns as a hand-written handler, as Hookswitch on SQLite and on Postgres, and as a DBOS workflow.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureServer } from '../../packages/runtime/bench/measure-server.mjs';
import { postgresProcesses } from '../../packages/runtime/bench/processor-time.mjs';
import { interleave, median, ratios, spread } from '../../packages/runtime/bench/rounds.mjs';
import { startPostgres } from '../../test/support/postgres.ts';
import { DURABLE } from '../durable-postgres.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '24,96' },
  },
});
const OURS = fileURLToPath(new URL('../../packages/runtime/bench/server.mjs', import.meta.url));
const PEER = fileURLToPath(new URL('dbos-server.mjs', import.meta.url));
const seconds = Number(options.seconds);

const postgres = await startPostgres(DURABLE);
const figures = {};
try {
  const { href } = Object.assign(new URL(postgres.connectionString), { pathname: '/dbos' });
  const servers = {
    'hand-written, SQLite FULL': (file) => [OURS, ['hand-written-full', file]],
    'Hookswitch, SQLite FULL': (file) => [OURS, ['sqlite-full', file]],
    'Hookswitch, Postgres': () => [OURS, ['postgres', postgres.connectionString]],
    'Hookswitch, Postgres, unnamed statements': () => [OURS, ['postgres-unnamed', postgres.connectionString]],
    'DBOS, the same Postgres': () => [PEER, [href]],
  };
  const measure = async (name, connections) => {
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
    try {
      const [script, args] = servers[name](join(folder, 'calls.db'));
      return await measureServer(script, args, { seconds, warmUp: 3 * seconds, connections, others: postgresProcesses });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  console.log(`Node ${process.version}, ${cpus().length} cores; server, load and Postgres share them.`);
  for (const connections of options.connections.split(',').map(Number)) {
    const results = await interleave(Object.keys(servers), Number(options.rounds), (name) => measure(name, connections));
    const all = (name, figure) => results[name].map((result) => result[figure]);
    console.log(`\nTurns per second, ${connections} calls at once; medians of ${options.rounds} rounds`);
    console.table(
      Object.keys(servers).map((server) => {
        const times = ratios(results, server, 'DBOS, the same Postgres');
        return {
          server,
          'turns/s': Math.round(median(all(server, 'perSecond'))),
          spread: spread(all(server, 'perSecond')),
          'p50 ms': median(all(server, 'p50')).toFixed(1),
          'p99 ms': median(all(server, 'p99')).toFixed(1),
          'processor µs': median(all(server, 'processorUs'))?.toFixed(0),
          'of Postgres': median(all(server, 'othersUs'))?.toFixed(0),
          'times DBOS': `${median(times).toFixed(1)} (${spread(times, 1)})`,
        };
      }),
    );
    const times = (server) => median(ratios(results, server, 'DBOS, the same Postgres'));
    figures[`turns_postgres_vs_dbos_${connections}`] = times('Hookswitch, Postgres');
    figures[`turns_sqlite_vs_dbos_${connections}`] = times('Hookswitch, SQLite FULL');
  }
} finally {
  await postgres.stop();
}
for (const [key, value] of Object.entries(figures)) console.log(`${key}: ${value.toFixed(2)}`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
