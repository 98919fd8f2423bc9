import { HookswitchError } from './hookswitch-error.ts';
import { isReadable, readError } from './read-error.ts';

/** Something was thrown that can't be read: its name, message or class throws in its turn. Stands for it wherever an error is told. */
export class UnreadableError extends HookswitchError {
  override readonly name = 'UnreadableError';
  readonly code = 'HS_ERROR_UNREADABLE';
  /** Name of what was thrown, as far as it can be read. */
  readonly thrown: string;

  constructor(thrown: unknown) {
    const { name, message } = readError(thrown);
    super(`What was thrown can not be read (${name}: ${message}). Throw an Error whose name and message are texts.`);
    this.thrown = name;
  }
}

/** An error that can be read: what was thrown, or an `UnreadableError` in its place. Never throws. */
export function readable(thrown: unknown): unknown {
  return isReadable(thrown) ? thrown : new UnreadableError(thrown);
}
