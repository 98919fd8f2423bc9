import { HookswitchError } from '@hookswitch/dsl';

/** Where in a file of the user's something went wrong. */
export interface SourcePlace {
  /** As the user would write it: relative to the working directory. */
  readonly file: string;
  /** From 1; null where it is not known. */
  readonly line: number | null;
  /** From 1; null where it is not known. */
  readonly column: number | null;
}

/** A file with flows, or the config file, can't be loaded: it does not compile, imports what is not there, or throws while it is loaded. */
export class FlowFileError extends HookswitchError {
  override readonly name = 'FlowFileError';
  readonly code = 'HS_FLOW_FILE';
  readonly place: SourcePlace;

  constructor(place: SourcePlace, problem: string, cause?: unknown) {
    super(`${formatPlace(place)} ${problem}`, cause === undefined ? undefined : { cause });
    this.place = place;
  }
}

/** `file:line:column`, as far as it is known. */
export function formatPlace({ file, line, column }: SourcePlace): string {
  return [file, line, line === null ? null : column].filter((part) => part !== null).join(':');
}
