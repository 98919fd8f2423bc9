import { PlatformRejectedError, PlatformResponseError, PlatformUnauthorizedError, PlatformUnreachableError } from '../errors/index.ts';
import type { Failure, Reply } from './exchange.ts';
import type { Judge, Operation } from './send.ts';
import { explainStatus } from './status-codes.ts';

/** Where the requests of a client go; what errors show of it. */
export interface Target {
  readonly host: string;
  readonly subAccountId: string;
}

/** HTTP statuses after which a request that does no harm twice is sent again. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Gives the typed result of a good answer. Throws `PlatformResponseError` where the answer lacks what it must have. */
export type Read<T> = (reply: Reply, malformed: (path: string | null, problem: string) => PlatformResponseError) => T;

/**
 * Judges a request that does no harm when it arrives twice. `gone` is the result of a removal that finds nothing to remove
 * because an earlier attempt, whose answer was lost, has removed it.
 */
export function repeatable<T>(target: Target, operation: Operation, read: Read<T>, gone?: T): Judge<T> {
  return (result, { attempts, mayHaveArrived }) => {
    if (result.kind === 'failure') {
      const error = unreachable(target, operation, result, attempts);
      return isForGood(result) ? { kind: 'failed', error } : { kind: 'again', error, retryAfter: null };
    }
    const { httpStatus, statusCode } = result;
    const malformed = (path: string | null, problem: string) =>
      new PlatformResponseError(operation.name, httpStatus, problem, path, attempts);
    const denied = unauthorized(target, operation, result);
    if (denied !== null) return { kind: 'failed', error: denied };
    if (httpStatus >= 200 && httpStatus < 300 && !isErrorCode(statusCode)) return { kind: 'done', value: read(result, malformed) };
    if (httpStatus === 404 && mayHaveArrived && gone !== undefined) return { kind: 'done', value: gone };
    const spoken = statusCode !== null || (httpStatus >= 400 && httpStatus < 500);
    const error = spoken ? rejection(operation, result, attempts) : malformed(null, describe(result, target));
    return PASSING.has(httpStatus) ? { kind: 'again', error, retryAfter: result.retryAfter } : { kind: 'failed', error };
  };
}

/** True for codes of an error: 8x8's own are negative, and some answers repeat an HTTP status. 0 and 1 are good. */
function isErrorCode(statusCode: number | null): boolean {
  return statusCode !== null && (statusCode < 0 || statusCode >= 400);
}

/** What will not go away by waiting. */
export function isForGood(failure: Failure): boolean {
  return failure.reason === 'aborted' || failure.reason === 'certificate';
}

/** The error for an answer that denies access, else null. */
export function unauthorized(target: Target, operation: Operation, reply: Reply): PlatformUnauthorizedError | null {
  const status = [reply.httpStatus, reply.statusCode].find((code) => code === 401 || code === 403);
  return status === undefined ? null : new PlatformUnauthorizedError(operation.name, status as 401 | 403, target.subAccountId);
}

/** The error for a request that brought no answer. */
export function unreachable(target: Target, operation: Operation, failure: Failure, attempts: number): PlatformUnreachableError {
  return new PlatformUnreachableError(operation.name, target.host, failure.reason, attempts, failure.cause);
}

/** The error for a refusal. */
export function rejection(operation: Operation, reply: Reply, attempts: number): PlatformRejectedError {
  const { rule, fix } = explainStatus(reply.statusCode, reply.httpStatus);
  const { httpStatus, statusCode, statusMessage, retryAfter } = reply;
  return new PlatformRejectedError({ operation: operation.name, httpStatus, statusCode, rule, statusMessage, fix, retryAfter, attempts });
}

function describe(reply: Reply, target: Target): string {
  if (reply.httpStatus >= 300 && reply.httpStatus < 400) {
    return `${target.host} answers with a redirect, which is not followed because it could carry the key elsewhere. Set baseUrl to where it leads.`;
  }
  const answer = reply.form === 'JSON' ? 'an answer without a status code' : `an answer that is ${reply.form}`;
  return `${target.host} gave ${answer}; something in front of 8x8 may be down. Try again later, and check baseUrl.`;
}
