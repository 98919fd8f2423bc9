import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlatform, runLoad } from '@hookswitch/simulator';
import { startServer } from '../../packages/runtime/bench/measure-server.mjs';
import { median } from '../../packages/runtime/bench/rounds.mjs';
import { countProcessorTime } from '../../packages/runtime/bench/processor-time.mjs';
import { startPostgres } from '../../test/support/postgres.ts';
import { DURABLE } from '../durable-postgres.mjs';
import { tallyCaller } from './tally.mjs';

const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

export const title =
  '10,000 calls at once, callers who think for 10 s in the mean, real clock, one server on SQLite (FULL) or Postgres; the simulator included; takes four minutes a round';

export const rounds = 1;

export async function measure({ small, rounds, store, statuses }) {
  const runs = [];
  for (let round = 0; round < rounds; round++)
    runs.push(await run(small ? [20, 40, 20, 100] : [10_000, 20_000, 10_000, 40_000], store, statuses));
  const middle = (figure) => median(runs.map((one) => one[figure]));
  return {
    rows: runs.map(({ concurrency, report, sent, failed, p50, p90, p99, max, serverUs, simulatorUs }) => ({
      store: statuses ? `${store}, with VCS` : store,
      'at once': concurrency,
      calls: report.calls,
      completed: report.completed,
      wrong: report.wrong,
      lost: report.lost,
      'VCA/s': Math.round(sent / report.seconds),
      failed,
      'p50 ms': p50.toFixed(1),
      'p90 ms': p90.toFixed(1),
      'p99 ms': p99.toFixed(1),
      'max ms': max.toFixed(0),
      'server µs': serverUs.toFixed(0),
      'simulator µs': simulatorUs.toFixed(0),
    })),
    json: {
      calls_at_once: runs[0].concurrency,
      calls_at_once_p99_ms: middle('p99'),
      calls_at_once_wrong: runs.reduce((sum, { report }) => sum + report.wrong, 0),
      calls_at_once_lost: runs.reduce((sum, { report }) => sum + report.lost, 0),
    },
  };
}

async function run([concurrency, calls, thinkMs, rampMs], store, statuses) {
  const postgres = store === 'postgres' ? await startPostgres(DURABLE) : null;
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-scale-'));
  const server = await startServer(SERVER, [postgres?.connectionString ?? `sqlite:${join(folder, 'calls.db')}`]);
  const url = `http://127.0.0.1:${server.port}/webhooks`;
  const platform = createPlatform({
    // Call statuses (VCS) are news that nobody waits for, several per turn; whoever registers them pays for them.
    webhookUrls: { VCA: url, VSS: url, ...(statuses ? { VCS: url } : {}) },
    behaviour: { capture: { msPerCharacter: 0 } },
    keepEvents: false,
  });
  try {
    const ofServer = countProcessorTime([server.pid]);
    const before = process.cpuUsage();
    const report = await runLoad(platform, { calls, concurrency, caller: tallyCaller, thinkMs, thinking: 'exponential', rampMs });
    const { user, system } = process.cpuUsage(before);
    const { ms, sent, failed } = report.webhooks.VCA;
    const sentInAll = Object.values(report.webhooks).reduce((sum, figures) => sum + figures.sent, 0);
    const [serverUs, simulatorUs] = [((ofServer() ?? NaN) * 1e6) / sentInAll, (user + system) / sentInAll];
    return { concurrency, report, sent, failed, ...ms, serverUs, simulatorUs };
  } finally {
    await platform.close();
    await server.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
