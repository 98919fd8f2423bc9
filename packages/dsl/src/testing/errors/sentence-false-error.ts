import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** The sentence of `forEveryCall` is false, and does not say why; or it was never judged. */
export class SentenceFalseError extends HookswitchError {
  override readonly name = 'SentenceFalseError';
  readonly code = 'HS_TEST_SENTENCE_FALSE';

  constructor(message: string | null = null) {
    super(message ?? 'The sentence is false of this call. Throw, or use expect, for a message that says why.');
  }
}
