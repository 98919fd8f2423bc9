/** Takes the content out of a journal entry that is sensitive. What stays says where and when there was an answer, and never what it was. */
import type { Entry, StepFailure } from '@hookswitch/dsl';

/** What replaces a stored text that was erased. */
export const ERASED = '{"erased":true}';

/** In place of an answer that was erased. */
const DOT = '•';

/** A journal entry of a sensitive site whose content was erased: that it was answered, where, when, and how long the answer was. */
export interface ErasedEntry {
  readonly erased: true;
  readonly site: string;
  readonly at: number;
  /** `•`, for an answer. */
  readonly value?: string;
  /** Characters of the answer, or of its JSON. */
  readonly length?: number;
  /** For a step that failed: the error's name, without its message. */
  readonly error?: StepFailure;
}

/** An entry without its content. What says nothing (silence, an end without outcome) stays as it is. */
export function eraseEntry(entry: Entry): Entry | ErasedEntry {
  const { site, at } = entry;
  if ('error' in entry) return { erased: true, site, at, error: { name: entry.error.name, message: DOT } };
  if ('ended' in entry || 'diverged' in entry || 'turnedAway' in entry || entry.value === undefined || entry.value === null) return entry;
  const { value } = entry;
  return { erased: true, site, at, value: DOT, length: [...(typeof value === 'string' ? value : JSON.stringify(value))].length };
}

/** Tells an erased entry from one that is whole. */
export function isErased(entry: Entry | ErasedEntry): entry is ErasedEntry {
  return 'erased' in entry;
}
