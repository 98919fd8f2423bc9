import { HookswitchError } from '@hookswitch/dsl';

/** A file is no journal that `hookswitch calls export` has written. */
export class JournalFileError extends HookswitchError {
  override readonly name = 'JournalFileError';
  readonly code = 'HS_JOURNAL_FILE';
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem} Write journals with: hookswitch calls export.`, cause === undefined ? undefined : { cause });
    this.file = file;
  }
}
