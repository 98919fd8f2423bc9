import { createPlatform, type Platform } from '../platform.ts';
import type { PlatformOptions } from '../platform-options.ts';
import type { LoadOptions } from './load-options.ts';
import { runLoad, type BadCall, type LoadReport } from './run-load.ts';
import { sameAs } from './transcripts.ts';

/** What two runs of the same calls found. */
export interface ComparedReport {
  /** Without chaos. */
  readonly calm: LoadReport;
  /** With it; a call that heard something else than in the calm run counts as wrong. */
  readonly disturbed: LoadReport;
  /** Calls with chaos that could not be compared, as the call without it was itself lost; the message says why. They don't count as wrong. */
  readonly uncompared: readonly BadCall[];
}

/** Options of `runCompared`. */
export interface ComparedOptions {
  /**
   * Starts a server for one run, points the platform to it (`platform.useWebhooks`), and gives a function that ends it. As no server sees both runs, both have the same ids,
   * so that what is drawn from an id is the same as well.
   * @default both runs call the server of the platform's options, and ids differ
   */
  readonly serverFor?: (platform: Platform, run: 'calm' | 'disturbed') => Promise<() => Promise<void>>;
}

/**
 * Makes the same calls twice, first without chaos and then with it, and expects that callers hear the same.
 * Callers press the same keys in both runs.
 */
export async function runCompared(
  platform: PlatformOptions,
  load: Omit<LoadOptions, 'expect' | 'keepTranscripts'>,
  { serverFor }: ComparedOptions = {},
): Promise<ComparedReport> {
  const seed = platform.seed ?? Math.floor(Math.random() * 1e9);
  const { chaos, ...options } = { remember: 0, ...platform, seed };
  const idSalt = `${platform.idSalt ?? ''}${serverFor === undefined ? 'calm' : ''}`;
  const run = async (name: 'calm' | 'disturbed', own: PlatformOptions, more: Partial<LoadOptions>): Promise<LoadReport> => {
    const simulated = createPlatform(own);
    let end = (): Promise<void> => Promise.resolve();
    try {
      if (serverFor !== undefined) end = await serverFor(simulated, name);
      return await runLoad(simulated, { ...load, ...more });
    } finally {
      await simulated.close();
      await end();
    }
  };
  const calm = await run('calm', { ...options, idSalt }, { keepTranscripts: true });
  const transcripts = calm.transcripts ?? [];
  const compare = sameAs(transcripts);
  const uncompared: BadCall[] = [];
  const expect: LoadOptions['expect'] = (call) => {
    const { index, name, sessionId } = call;
    if (transcripts[index] !== undefined) return compare(call);
    uncompared.push({ index, name, sessionId, message: whyNot(calm, index) });
    return null;
  };
  const disturbed = await run('disturbed', { ...options, ...(chaos === undefined ? {} : { chaos }) }, { expect });
  return { calm, disturbed, uncompared: uncompared.toSorted((a, b) => a.index - b.index) };
}

/** Why a call of the run without chaos has no transcript. */
function whyNot({ bad }: LoadReport, index: number): string {
  const message = bad.find((call) => call.index === index)?.message.replace(/^lost: /u, '');
  return `the undisturbed call was itself lost${message === undefined ? '' : `: ${message}`}`;
}
