import { HookswitchError } from '@hookswitch/dsl';

/** What is known of a request whose outcome is not. */
export interface UnknownOutcome {
  /** Method and endpoint, e.g. `POST callflows`. */
  readonly operation: string;
  /** What happened instead of a readable answer, as the middle of a sentence. */
  readonly happened: string;
  /** HTTP status, where an answer began. */
  readonly httpStatus: number | null;
  /** The session's id, where an answer that contradicts itself named one. */
  readonly sessionId: string | null;
  /** The `clientRequestId` that was sent; the session summary echoes it. */
  readonly clientRequestId: string | null;
  /** What `fetch` threw, free of secrets; undefined where it threw nothing. */
  readonly cause?: unknown;
}

/**
 * A callflow was sent, or may have been, and no readable answer came back: a phone may be ringing. Never send it again;
 * wait for the VCA or VSS webhook of the call, which tells.
 */
export class PlatformOutcomeUnknownError extends HookswitchError {
  override readonly name = 'PlatformOutcomeUnknownError';
  readonly code = 'HS_PLATFORM_OUTCOME_UNKNOWN';

  readonly operation: string;
  readonly httpStatus: number | null;
  readonly sessionId: string | null;
  readonly clientRequestId: string | null;

  constructor(outcome: UnknownOutcome) {
    super(
      `${outcome.operation}: it is not known whether 8x8 started the call, because ${outcome.happened}. ` +
        'It is not sent again, since a phone may be ringing: wait for the webhooks of the call, which tell.',
      outcome.cause === undefined ? undefined : { cause: outcome.cause },
    );
    this.operation = outcome.operation;
    this.httpStatus = outcome.httpStatus;
    this.sessionId = outcome.sessionId;
    this.clientRequestId = outcome.clientRequestId;
  }
}
