import { PlatformOutcomeUnknownError } from '../errors/index.ts';
import type { Failure, Reply } from './exchange.ts';
import { isJsonObject, type JsonObject, textField } from './fields.ts';
import { isForGood, rejection, type Target, unauthorized, unreachable } from './repeatable.ts';
import type { Judge, Operation } from './send.ts';

/** What the body of an answer says of the session. Only what it says outright counts. */
interface Evidence {
  readonly created: boolean;
  readonly notCreated: boolean;
  /** `sessionStatus` is `NOT_CREATED`, not only a status code that implies it. */
  readonly outright: boolean;
  readonly sessionId: string | null;
}

/**
 * Judges a callflow that was sent. A telephony POST must never be retried blindly: see `RetryPolicy`. Whatever leaves open whether a call was
 * started (no answer, 5xx, a redirect, HTTP 408, a body that says neither or both) is `PlatformOutcomeUnknownError`.
 */
export function callflowOutcome(target: Target, operation: Operation, clientRequestId: string | null): Judge<JsonObject> {
  const unknown = (happened: string, httpStatus: number | null, sessionId: string | null, cause?: unknown) =>
    new PlatformOutcomeUnknownError({ operation: operation.name, happened, httpStatus, sessionId, clientRequestId, cause });

  return (result, { attempts }) => {
    if (result.kind === 'failure') {
      if (!result.nothingSent) return { kind: 'failed', error: unknown(WITHOUT_ANSWER[result.reason], null, null, result.cause) };
      const error = unreachable(target, operation, result, attempts);
      return isForGood(result) ? { kind: 'failed', error } : { kind: 'again', error, retryAfter: null };
    }
    const { httpStatus, body } = result;
    const says = readEvidence(result);
    const ok = httpStatus >= 200 && httpStatus < 300;
    if (ok && says.created && !says.notCreated && says.sessionId !== null && isJsonObject(body)) return { kind: 'done', value: body };

    const refusedByStatus = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
    if (says.created || !(says.notCreated || refusedByStatus)) {
      return { kind: 'failed', error: unknown(describe(result, says), httpStatus, says.sessionId) };
    }
    const error = unauthorized(target, operation, result) ?? rejection(operation, result, attempts);
    const maySendAgain = httpStatus === 429 || (httpStatus === 503 && says.outright);
    return maySendAgain ? { kind: 'again', error, retryAfter: result.retryAfter } : { kind: 'failed', error };
  };
}

const WITHOUT_ANSWER = {
  dns: 'its host name could not be resolved',
  refused: 'the connection was refused',
  connect: 'the connection was lost',
  certificate: 'its certificate was not accepted',
  timeout: 'no answer came in time',
  reset: 'the connection broke before the answer came',
  aborted: 'the request was aborted before the answer came',
  network: 'the request failed before the answer came',
} as const satisfies Record<Failure['reason'], string>;

function readEvidence(reply: Reply): Evidence {
  const body = isJsonObject(reply.body) ? reply.body : {};
  const status = textField(body, 'sessionStatus')?.trim().toUpperCase() ?? null;
  const ruleCode = Math.abs(reply.statusCode ?? 0);
  return {
    created: status === 'CREATED' || reply.statusCode === 1,
    // -9999 ("unknown error") says nothing by itself.
    notCreated: status === 'NOT_CREATED' || (ruleCode >= 1001 && ruleCode <= 1020),
    outright: status === 'NOT_CREATED',
    sessionId: textField(body, 'sessionId'),
  };
}

function describe(reply: Reply, says: Evidence): string {
  if (says.created && says.notCreated) return `the answer contradicts itself (HTTP ${reply.httpStatus})`;
  if (says.created && says.sessionId === null) return `the answer says created, but names no session (HTTP ${reply.httpStatus})`;
  if (says.created) return `the answer says created, but its status is an error (HTTP ${reply.httpStatus})`;
  if (reply.httpStatus >= 300 && reply.httpStatus < 400) {
    return `the answer (HTTP ${reply.httpStatus}) is a redirect, which is not followed (set baseUrl to where it leads)`;
  }
  return reply.form === 'JSON'
    ? `the answer (HTTP ${reply.httpStatus}) does not say whether a session was created`
    : `the answer (HTTP ${reply.httpStatus}) is ${reply.form}`;
}
