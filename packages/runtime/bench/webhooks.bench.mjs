import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './load.mjs';

const VARIANTS = ['echo', 'hand-written-full', 'sqlite-full', 'hand-written-normal', 'sqlite-normal', 'memory-hot', 'memory-restored'];
const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.HOOKSWITCH_BENCH_SECONDS ?? 3);
/** Until the compiler of Node has seen the path often enough: 10,000 webhooks or so. */
const WARM_UP = Math.min(2, SECONDS);

export const title = 'Webhooks per second: calls of three turns over 24 connections; server and load in processes of their own';

/** Runs all variants in turn, round by round, and gives the table's rows and the JSON figures (medians of the rounds). */
export async function measure() {
  const results = Object.fromEntries(VARIANTS.map((variant) => [variant, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const variant of VARIANTS) results[variant].push(await measureVariant(variant));
  }
  const of = (variant, figure) => median(results[variant].map((result) => result[figure]));
  const ratio = (one, other) => median(results[one].map((result, round) => result.perSecond / results[other][round].perSecond));
  return {
    rows: VARIANTS.map((variant) => ({
      server: variant,
      'webhooks/s': Math.round(of(variant, 'perSecond')),
      'p50 ms': of(variant, 'p50').toFixed(2),
      'p99 ms': of(variant, 'p99').toFixed(2),
      'of echo': ratio(variant, 'echo').toFixed(2),
    })),
    json: {
      turns_vs_hand_written_sqlite: ratio('sqlite-full', 'hand-written-full'),
      turns_vs_hand_written_sqlite_normal: ratio('sqlite-normal', 'hand-written-normal'),
      turns_memory_vs_echo: ratio('memory-hot', 'echo'),
      turns_restored_vs_echo: ratio('memory-restored', 'echo'),
    },
  };
}

async function measureVariant(variant) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  const server = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', import.meta.url)), variant, join(folder, 'calls.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await new Promise((resolve, reject) => {
      server.stdout.once('data', (data) => resolve(Number(data)));
      server.once('exit', (code) => reject(new Error(`the server "${variant}" ended with code ${code}`)));
    });
    await load(port, { seconds: WARM_UP });
    return await load(port, { seconds: SECONDS });
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
