import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** What is known of a call that breaks the rule. */
interface Broken {
  readonly replay: { readonly seed: number; readonly path: string };
  readonly test: string;
  readonly cause: unknown;
}

/** A random call of `forEveryCall` breaks the rule. `cause` is what the sentence, or the flow, threw. */
export class SentenceBrokenError extends HookswitchError {
  override readonly name = 'SentenceBrokenError';
  readonly code = 'HS_TEST_SENTENCE';
  // No public fields: test runners would print them once more.
  readonly #replay: Broken['replay'];
  readonly #test: string;

  constructor(message: string, { replay, test, cause }: Broken) {
    super(message, { cause });
    this.#replay = replay;
    this.#test = test;
  }

  /** What makes this one call again, as options of `forEveryCall`. */
  get replay(): { readonly seed: number; readonly path: string } {
    return this.#replay;
  }

  /** A test that makes this call, as source. */
  get test(): string {
    return this.#test;
  }
}
