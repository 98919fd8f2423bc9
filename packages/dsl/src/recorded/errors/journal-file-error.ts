import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A file is no journal that `hookswitch calls export` has written. */
export class JournalFileError extends HookswitchError {
  override readonly name = 'JournalFileError';
  readonly code = 'HS_JOURNAL_FILE';
  /** The file, as it was named to `readJournalFile`. */
  readonly file: string;
  /** The line, from 1, where the text is no JSON; null where it is something else. */
  readonly line: number | null;

  constructor(file: string, problem: string, line: number | null = null, cause?: unknown) {
    super(`${file}: ${problem} Write journals with: hookswitch calls export.`, cause === undefined ? undefined : { cause });
    this.file = file;
    this.line = line;
  }
}
