import type { Action } from '../callflow/actions.ts';
import type { StepFailure } from '../effects/step.ts';
import type { Call } from '../flow/call.ts';
import type { TagValue } from '../flow/tags.ts';
import type { Entry } from '../generator/journal.ts';

/** An answer whose content was erased as sensitive: only where and when it was given is known; the site is `•` where not even that is. */
export interface HiddenEntry {
  readonly erased: true;
  readonly site: string;
  readonly at: number;
  /** For a step that failed: the error's name, without its message. */
  readonly error?: StepFailure;
}

/** What was said in one go: everything since the platform was last waited for. */
export interface HeardBatch {
  /** How many answers the call had then; the batch asks for the next one. */
  readonly after: number;
  /** Telephone numbers may be masked in it. */
  readonly actions: readonly Action[];
}

/** What is needed of a recorded call to replay it; `hookswitch calls export` writes it. */
export interface RecordedCall {
  /** The call as its flow knew it; its numbers may be masked. */
  readonly call: Call;
  /** All answers, in order. */
  readonly entries: readonly (Entry | HiddenEntry)[];
  /** Where the flow stands, or stood last: a site, or `ended`, `failed`, `closed`. */
  readonly site: string;
  /** What has become of it: `cancelled` for one that its flow declined, so that nobody was called; `live`, `ended` and so on for others. Without it, only what was heard tells that a call was placed. */
  readonly status?: string;
  /** Of a call that was declined: the reason that the flow gave; null where it gave none. Absent in files of earlier releases: then it is not compared. */
  readonly declined?: string | null;
  /** What the caller heard, as far as that is known; absent in files of earlier releases. */
  readonly heard?: readonly HeardBatch[];
  /** What the flow has noted on it, by name; what is sensitive is masked. Absent in files of earlier releases, and so is `result`. */
  readonly tags?: Readonly<Record<string, TagValue>>;
  /** What the flow has returned, masked likewise; null for nothing. */
  readonly result?: unknown;
  /** For each callflow that was answered, how many answers the call had then; absent in files of earlier releases. */
  readonly turns?: readonly { readonly turn: number; readonly after: number }[];
}

/** A journal as `hookswitch calls export` writes it into a file. */
export interface JournalFile extends RecordedCall {
  readonly format: 'hookswitch-journal';
  readonly version: 1;
  readonly flow: string;
  readonly flowVersion: string;
  /** `live`, `ended` and so on. */
  readonly status: string;
}
