import { resolve } from 'node:path';
import { type JournalFile, readJournalFile } from '@hookswitch/dsl';
import { readText } from './read-text.ts';

/** A journal that `hookswitch calls export` has written. Throws `JournalFileError`, and `TextFileError` for what is no text or not there. */
export function readJournal(file: string, cwd: string): JournalFile {
  return readJournalFile(readText(resolve(cwd, file), file), file);
}
