import { createPlatform } from '../platform.ts';
import type { PlatformOptions } from '../platform-options.ts';
import { runLoad, type LoadOptions, type LoadReport } from './run-load.ts';
import { sameAs } from './transcripts.ts';

/** What two runs of the same calls found. */
export interface ComparedReport {
  /** Without chaos. */
  readonly calm: LoadReport;
  /** With it; a call that heard something else than in the calm run counts as wrong. */
  readonly disturbed: LoadReport;
}

/**
 * Makes the same calls twice, first without chaos and then with it, and expects that callers hear the same.
 * Callers press the same keys in both runs; ids differ, so that one server can take both.
 */
export async function runCompared(
  platform: PlatformOptions,
  load: Omit<LoadOptions, 'expect' | 'keepTranscripts'>,
): Promise<ComparedReport> {
  const seed = platform.seed ?? Math.floor(Math.random() * 1e9);
  const { chaos, ...calmOptions } = { remember: 0, ...platform, seed };
  const calm = await withPlatform({ ...calmOptions, idSalt: `${platform.idSalt ?? ''}calm` }, (calmPlatform) =>
    runLoad(calmPlatform, { ...load, keepTranscripts: true }),
  );
  const disturbed = await withPlatform({ ...calmOptions, ...(chaos === undefined ? {} : { chaos }) }, (disturbedPlatform) =>
    runLoad(disturbedPlatform, { ...load, expect: sameAs(calm.transcripts ?? []) }),
  );
  return { calm, disturbed };
}

async function withPlatform<T>(options: PlatformOptions, use: (platform: ReturnType<typeof createPlatform>) => Promise<T>): Promise<T> {
  const platform = createPlatform(options);
  try {
    return await use(platform);
  } finally {
    await platform.close();
  }
}
