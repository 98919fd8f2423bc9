import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** The base of errors in a test call: their message ends with the conversation so far. It is no field, as test runners would print that once more. */
export abstract class TranscriptError extends HookswitchError {
  constructor(message: string, transcript: string, options?: { readonly cause?: unknown }) {
    super(`${message}\n\n${transcript}\n`, options);
  }
}
