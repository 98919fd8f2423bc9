import { HookswitchError } from '@hookswitch/dsl';

/** A shared secret for webhooks can't work. Thrown at start. */
export class SharedSecretError extends HookswitchError {
  override readonly name = 'SharedSecretError';
  readonly code = 'HS_SHARED_SECRET';

  /** Which of the secrets, from 1; null when there is none. */
  readonly position: number | null;

  /** `problem` says what came, without the secret. */
  constructor(position: number | null, problem: string) {
    super(
      `Shared secret for webhooks${position === null ? '' : `, number ${position}`}: ${problem}. ` +
        'Set exactly the value that the webhook was created with at 8x8 (`httpAuthHeader`), e.g. the output of `openssl rand -hex 32`.',
    );
    this.position = position;
  }
}
