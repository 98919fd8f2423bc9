import type { Entry } from '../../generator/journal.ts';
import type { HiddenEntry, RecordedCall } from '../../recorded/recorded-call.ts';

/** What a recorded call was answered when it had come to `site` as many times before; null where it did not. */
export function recordedThen({ entries }: RecordedCall, site: string, times: number): Entry | HiddenEntry | null {
  const here = entries.filter((entry) => entry.site === site && !('ended' in entry) && !('diverged' in entry));
  return here[times] ?? null;
}

/** The failure of an erased entry; null where it has none, so that what it was is not known. */
export function erasedFailure({ site, at, error }: HiddenEntry): Entry | null {
  return error === undefined ? null : { site, at, error };
}
