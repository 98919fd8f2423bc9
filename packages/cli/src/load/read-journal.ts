import { resolve } from 'node:path';
import type { JournalExport } from '@hookswitch/runtime';
import { JournalFileError } from '../errors/journal-file-error.ts';
import { readText } from './read-text.ts';

/** A journal that `hookswitch calls export` has written. Throws `JournalFileError`. */
export function readJournal(file: string, cwd: string): JournalExport {
  const value = parse(file, cwd);
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 'hookswitch-journal')
    throw new JournalFileError(file, 'This is no exported journal.');
  const journal = value as Partial<Record<keyof JournalExport, unknown>>;
  if (journal.version !== 1) throw new JournalFileError(file, 'It has a format of another version; export the call again with this one.');
  const { flow, site, call, entries } = journal;
  if (typeof flow !== 'string' || typeof site !== 'string' || typeof call !== 'object' || call === null || !Array.isArray(entries))
    throw new JournalFileError(file, 'A part of it is missing: flow, site, call or entries.');
  const odd = entries.findIndex(
    (entry: unknown) => typeof entry !== 'object' || entry === null || !('site' in entry) || typeof entry.site !== 'string',
  );
  if (odd >= 0) throw new JournalFileError(file, `entries[${odd}] has no site.`);
  return value as unknown as JournalExport;
}

function parse(file: string, cwd: string): unknown {
  const text = readText(resolve(cwd, file), file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new JournalFileError(file, 'This is not JSON.', error);
  }
}
