import { HookswitchError } from '@hookswitch/dsl';

/** Why a request brought no answer. */
export type UnreachableReason =
  /** The host name could not be resolved. */
  | 'dns'
  /** The connection was refused. */
  | 'refused'
  /** The connection could not be made (no route, no answer to the connect). */
  | 'connect'
  /** The server's certificate was not accepted. */
  | 'certificate'
  /** No complete answer within `timeout`. */
  | 'timeout'
  /** The connection broke. */
  | 'reset'
  /** The caller's signal was aborted. */
  | 'aborted'
  /** Anything else that `fetch` throws. */
  | 'network';

/** A sentence for each reason. */
const SENTENCES = {
  dns: 'its host name could not be resolved',
  refused: 'the connection was refused',
  connect: 'no connection could be made',
  certificate: 'its certificate was not accepted',
  timeout: 'there was no answer in time',
  reset: 'the connection broke',
  aborted: 'the request was aborted',
  network: 'the request failed',
} as const satisfies Record<UnreachableReason, string>;

/**
 * The platform could not be reached, as often as it may be tried. For `createCallflow` it means that certainly nothing was sent;
 * everything else may be called again, because those requests do no harm when they arrive twice.
 */
export class PlatformUnreachableError extends HookswitchError {
  override readonly name = 'PlatformUnreachableError';
  readonly code = 'HS_PLATFORM_UNREACHABLE';

  /** Method and endpoint, e.g. `GET webhooks`. */
  readonly operation: string;
  readonly reason: UnreachableReason;
  /** How often it was tried. */
  readonly attempts: number;

  /** `cause` must be free of secrets: it is printed with the error. */
  constructor(operation: string, host: string, reason: UnreachableReason, attempts: number, cause: unknown) {
    const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
    const advice = reason === 'aborted' ? '' : ' Check the network, the proxy and baseUrl, then try again.';
    super(`${operation}: ${host} could not be reached, ${SENTENCES[reason]} (${tries}).${advice}`, { cause });
    this.operation = operation;
    this.reason = reason;
    this.attempts = attempts;
  }
}
