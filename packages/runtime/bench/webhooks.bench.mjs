import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureServer } from './measure-server.mjs';
import { interleave, median, ratios, spread } from './rounds.mjs';

const VARIANTS = ['echo', 'hand-written-full', 'sqlite-full', 'hand-written-normal', 'sqlite-normal', 'memory-hot', 'memory-restored'];
const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.HOOKSWITCH_BENCH_SECONDS ?? 3);
const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

export const title = 'Webhooks per second: calls of three turns over 24 connections; server and load in processes of their own';

/** Runs all variants in turn, round by round, and gives the table's rows and the JSON figures (medians of the rounds). */
export async function measure() {
  const results = await interleave(VARIANTS, ROUNDS, measureVariant);
  const all = (variant, figure) => results[variant].map((result) => result[figure]);
  const ratio = (one, other) => median(ratios(results, one, other));
  return {
    rows: VARIANTS.map((variant) => ({
      server: variant,
      'webhooks/s': Math.round(median(all(variant, 'perSecond'))),
      spread: spread(all(variant, 'perSecond')),
      'p50 ms': median(all(variant, 'p50')).toFixed(2),
      'p99 ms': median(all(variant, 'p99')).toFixed(2),
      'processor µs': median(all(variant, 'processorUs'))?.toFixed(0),
      'of echo': `${ratio(variant, 'echo').toFixed(2)} (${spread(ratios(results, variant, 'echo'), 2)})`,
      'of hand-written': handWritten(variant, results),
    })),
    json: {
      turns_vs_hand_written_sqlite: ratio('sqlite-full', 'hand-written-full'),
      turns_vs_hand_written_sqlite_normal: ratio('sqlite-normal', 'hand-written-normal'),
      turns_memory_vs_echo: ratio('memory-hot', 'echo'),
      turns_restored_vs_echo: ratio('memory-restored', 'echo'),
    },
  };
}

function handWritten(variant, results) {
  if (!variant.startsWith('sqlite')) return '';
  const found = ratios(results, variant, variant.replace('sqlite', 'hand-written'));
  return `${median(found).toFixed(2)} (${spread(found, 2)})`;
}

async function measureVariant(variant) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  try {
    return await measureServer(SERVER, [variant, join(folder, 'calls.db')], { seconds: SECONDS, warmUp: 2 * SECONDS });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
