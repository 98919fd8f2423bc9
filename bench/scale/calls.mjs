import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlatform, runLoad } from '@hookswitch/simulator';
import { startServer } from '../../packages/runtime/bench/measure-server.mjs';
import { countProcessorTime } from '../../packages/runtime/bench/processor-time.mjs';
import { tallyCaller } from './tally.mjs';

const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

export const title =
  '10,000 calls at once, callers who think for 10 s in the mean, real clock, one server on SQLite (FULL); the simulator included; takes four minutes';

export async function measure(small) {
  const [concurrency, calls, thinkMs, rampMs] = small ? [20, 40, 20, 100] : [10_000, 20_000, 10_000, 40_000];
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-scale-'));
  const server = await startServer(SERVER, [`sqlite:${join(folder, 'calls.db')}`]);
  const url = `http://127.0.0.1:${server.port}/webhooks`;
  const platform = createPlatform({
    // Call statuses (VCS) are news that nobody waits for, several per turn; whoever registers them pays for them.
    webhookUrls: { VCA: url, VSS: url },
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
    return {
      rows: [
        {
          'at once': concurrency,
          calls: report.calls,
          completed: report.completed,
          wrong: report.wrong,
          lost: report.lost,
          'VCA/s': Math.round(sent / report.seconds),
          failed,
          'p50 ms': ms.p50.toFixed(1),
          'p90 ms': ms.p90.toFixed(1),
          'p99 ms': ms.p99.toFixed(1),
          'max ms': ms.max.toFixed(0),
          'server µs': (((ofServer() ?? NaN) * 1e6) / sentInAll).toFixed(0),
          'simulator µs': ((user + system) / sentInAll).toFixed(0),
        },
      ],
      json: {
        calls_at_once: concurrency,
        calls_at_once_p99_ms: ms.p99,
        calls_at_once_wrong: report.wrong,
        calls_at_once_lost: report.lost,
      },
    };
  } finally {
    await platform.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
