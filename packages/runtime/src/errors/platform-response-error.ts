import { HookswitchError } from '@hookswitch/dsl';

/** The platform, or something in front of it, gave an answer that is not what its documents promise. */
export class PlatformResponseError extends HookswitchError {
  override readonly name = 'PlatformResponseError';
  readonly code = 'HS_PLATFORM_RESPONSE';

  /** Method and endpoint, e.g. `GET numbers`. */
  readonly operation: string;
  readonly httpStatus: number;
  /** Where in the body, e.g. `$.webhooks[0].type`; null where the whole answer is meant. */
  readonly path: string | null;
  /** How often the request was sent. */
  readonly attempts: number;

  /** `problem` says what came instead; it never quotes the body. */
  constructor(operation: string, httpStatus: number, problem: string, path: string | null, attempts: number) {
    super(`${operation}: HTTP ${httpStatus}, ${path === null ? '' : `${path} `}${problem}`);
    this.operation = operation;
    this.httpStatus = httpStatus;
    this.path = path;
    this.attempts = attempts;
  }
}
