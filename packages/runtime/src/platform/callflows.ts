import { type Action, checkCallflow, type Violation } from '@hookswitch/dsl';
import type { Clock } from '../clock.ts';
import { PlatformArgumentError, PlatformCallflowError } from '../errors/index.ts';
import { callflowOutcome } from './callflow-outcome.ts';
import { textField } from './fields.ts';
import type { Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** What `createCallflow` sends. */
export interface CallflowRequest {
  /** Begins with `makeCall`; at most two of them. Checked against every rule before it is sent. */
  readonly callflow: readonly Action[];
  /** When 8x8 gives up trying: a `Date`, milliseconds since 1970, or ISO 8601. In the future. @default not sent */
  readonly validUntil?: Date | number | string | null;
  /** Our own name for the call, 1..255 characters; the session summary echoes it. 8x8 does not promise to refuse a second one. @default not sent */
  readonly clientRequestId?: string | null;
}

/** A session that 8x8 has created. Fields that are not listed are kept as they came. */
export interface CreatedCallflow {
  readonly sessionId: string;
  readonly sessionStatus: 'CREATED';
  readonly callFlowRequestId: string | null;
  readonly validUntil: string | null;
  /** What 8x8 may take amiss, but accepted. */
  readonly warnings: readonly Violation[];
  readonly [field: string]: unknown;
}

/** Starts an outbound session; see `PlatformClient.createCallflow`. */
export type CreateCallflow = (request: CallflowRequest, options?: RequestOptions) => Promise<CreatedCallflow>;

/** Makes `createCallflow`. */
export function createCallflows(send: Send, target: Target, clock: Clock): CreateCallflow {
  return async (request, options) => {
    if (typeof request !== 'object' || request === null)
      throw new PlatformArgumentError('createCallflow', 'needs an object with a callflow.');
    const validUntil = readValidUntil(request.validUntil ?? null, clock.now());
    const clientRequestId = readClientRequestId(request.clientRequestId ?? null);
    // The whole request is judged, so that a key that 8x8 does not know is told, too.
    const optional = { ...(validUntil === null ? {} : { validUntil }), ...(clientRequestId === null ? {} : { clientRequestId }) };
    const { validUntil: _, clientRequestId: __, ...rest } = request;
    const violations = checkCallflow({ ...rest, ...optional }, { via: 'api', now: clock.now() });
    const errors = violations.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new PlatformCallflowError(errors);

    const body = { ...optional, callflow: request.callflow };
    const operation: Operation = { name: 'POST callflows', method: 'POST', path: 'callflows', body };
    const created = await send(operation, callflowOutcome(target, operation, clientRequestId), options);
    return {
      ...created,
      sessionId: textField(created, 'sessionId') ?? '',
      sessionStatus: 'CREATED',
      callFlowRequestId: textField(created, 'callFlowRequestId'),
      validUntil: textField(created, 'validUntil'),
      warnings: violations,
    };
  };
}

function readValidUntil(validUntil: Date | number | string | null, now: number): string | null {
  if (validUntil === null) return null;
  const at = new Date(validUntil).getTime();
  // JavaScript takes more than 8x8 does: the thirtieth of February, and times of this machine's own zone.
  const isOdd = typeof validUntil === 'string' && checkCallflow({ validUntil }, { via: 'api' }).some(({ path }) => path === '$.validUntil');
  if (Number.isNaN(at) || isOdd) {
    throw new PlatformArgumentError(
      'createCallflow.validUntil',
      'must be a Date, milliseconds since 1970, or ISO 8601 such as "2030-01-31T12:00:00.000Z".',
    );
  }
  if (at <= now) throw new PlatformArgumentError('createCallflow.validUntil', 'has passed already; 8x8 would refuse the callflow (-1015).');
  return new Date(at).toISOString();
}

function readClientRequestId(id: string | null): string | null {
  if (id === null || (typeof id === 'string' && id !== '' && [...id.slice(0, 512)].length <= 255 && !/\p{Cc}/u.test(id))) return id;
  throw new PlatformArgumentError('createCallflow.clientRequestId', 'must be 1..255 characters without control characters.');
}
