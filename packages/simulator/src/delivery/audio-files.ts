import type { Clock } from '../clock/clock.ts';

/** An audio file may be smaller than this. */
const SIZE_LIMIT = 5 * 1024 * 1024;
/** A file that was downloaded is played from the cache for this long, ms. */
const CACHED_FOR = 3_600_000;
/** Real time for one download, ms. */
const TIMEOUT = 10_000;

/** Downloads audio files as the platform does: each URL once an hour, wav or mp3, under 5 MB. */
export class AudioFiles {
  readonly #clock: Clock;
  readonly #cache = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why the file can't be played, or null where it can. */
  async problemWith(url: string): Promise<string | null> {
    const cachedAt = this.#cache.get(url);
    if (cachedAt !== undefined && this.#clock.now() - cachedAt < CACHED_FOR) return null;
    const problem = await download(url);
    if (problem === null) this.#cache.set(url, this.#clock.now());
    return problem;
  }
}

async function download(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) return `the file's server answered with status ${response.status}`;
    const type = response.headers.get('content-type') ?? '';
    const suffix = /\.(wav|mp3)$/iu.test(new URL(url).pathname);
    const bytes = (await response.arrayBuffer()).byteLength;
    if (bytes >= SIZE_LIMIT) return `the file has ${bytes} bytes; it must have less than ${SIZE_LIMIT}`;
    return suffix || /^audio\//u.test(type) ? null : `the file is neither .wav nor .mp3, and its content type is "${type}"`;
  } catch (error) {
    return `the download failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
