import { HookswitchError } from '@hookswitch/dsl';

/** Why an import can't go on. */
export type ImportFault = 'HS_IMPORT_EMPTY' | 'HS_IMPORT_ENCODING' | 'HS_IMPORT_HEADER' | 'HS_IMPORT_QUOTE' | 'HS_IMPORT_ROW_LENGTH';

/** An import can't be read any further. The rows before its `line` were taken: once it is mended, the same again adds the others, and none of them twice. */
export class ImportError extends HookswitchError {
  override readonly name = 'ImportError';
  readonly code: ImportFault;
  /** From 1; null where the whole is meant. */
  readonly line: number | null;

  constructor(code: ImportFault, line: number | null, message: string) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}
