import { HookswitchError } from '@hookswitch/dsl';

/** What a refusal by the platform consists of. */
export interface PlatformRejection {
  /** Method and endpoint, without ids or numbers, e.g. `POST callflows`. */
  readonly operation: string;
  /** HTTP status of the answer. */
  readonly httpStatus: number;
  /** 8x8's own status code, e.g. -1013; null where the answer had none. */
  readonly statusCode: number | null;
  /** Stable name of the broken rule, e.g. `first-action-not-make-call`. */
  readonly rule: string;
  /** What 8x8 said, with numbers and secrets masked; null where it said nothing. */
  readonly statusMessage: string | null;
  /** What to do about it. */
  readonly fix: string;
  /** Milliseconds after which 8x8 asked to try again; null where it did not. */
  readonly retryAfter: number | null;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** The platform understood the request and refused it: nothing was done. */
export class PlatformRejectedError extends HookswitchError {
  override readonly name = 'PlatformRejectedError';
  readonly code = 'HS_PLATFORM_REJECTED';

  readonly operation: string;
  readonly httpStatus: number;
  readonly statusCode: number | null;
  readonly rule: string;
  readonly statusMessage: string | null;
  readonly fix: string;
  readonly retryAfter: number | null;
  readonly attempts: number;

  constructor(rejection: PlatformRejection) {
    const status = rejection.statusCode === null ? '' : `, status code ${rejection.statusCode}`;
    const said = rejection.statusMessage === null ? '' : ` It said: ${JSON.stringify(rejection.statusMessage)}.`;
    super(`8x8 refused ${rejection.operation}: ${rejection.rule} (HTTP ${rejection.httpStatus}${status}).${said} ${rejection.fix}`);
    this.operation = rejection.operation;
    this.httpStatus = rejection.httpStatus;
    this.statusCode = rejection.statusCode;
    this.rule = rejection.rule;
    this.statusMessage = rejection.statusMessage;
    this.fix = rejection.fix;
    this.retryAfter = rejection.retryAfter;
    this.attempts = rejection.attempts;
  }
}
