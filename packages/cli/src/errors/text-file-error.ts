import { HookswitchError } from '@hookswitch/dsl';

/** A file can't be read as text: it is not UTF-8, or the system refuses it. */
export class TextFileError extends HookswitchError {
  override readonly name = 'TextFileError';
  readonly code = 'HS_TEXT_FILE';
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file} ${problem}`, cause === undefined ? undefined : { cause });
    this.file = file;
  }
}
