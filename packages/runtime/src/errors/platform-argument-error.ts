import { HookswitchError } from '@hookswitch/dsl';

/** The 8x8 API client was given an option or an argument that can't work. Thrown before anything is sent. */
export class PlatformArgumentError extends HookswitchError {
  override readonly name = 'PlatformArgumentError';
  readonly code = 'HS_PLATFORM_ARGUMENT';

  /** Which method and argument, e.g. `createPlatformClient.subAccountId` or `webhooks.set.url`. */
  readonly argument: string;

  /** `problem` says what must be given, what came and what to do; it never repeats a secret or a phone number. */
  constructor(argument: string, problem: string) {
    super(`${argument}: ${problem}`);
    this.argument = argument;
  }
}
