import { stepFailure } from '@hookswitch/dsl';

/** The message of whatever was thrown, as a text of at most 10,000 characters; never throws. */
export function messageOf(error: unknown): string {
  return stepFailure(error).message;
}
