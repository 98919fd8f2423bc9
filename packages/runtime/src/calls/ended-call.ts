import type { BridgeResult } from '@hookswitch/dsl';
import type { CallRecord } from '../store/store.ts';
import { type EndedBy, endedBy } from './ended-by.ts';
import type { CallState, KeptSummary } from './state.ts';

/** A call that is over, as `onEnd` is told. Numbers are E.164 and not masked; times are milliseconds since 1970, UTC, by the server's clock. */
export interface EndedCall {
  /** Our own id, as in `/calls/{id}` and in logs. */
  readonly id: string;
  readonly subAccountId: string;
  /** 8x8's; null for an outbound call that 8x8 never took. */
  readonly sessionId: string | null;
  /** The same each time that `onEnd` is called for this call: what is done under it is done once. */
  readonly idempotencyKey: string;
  /** What `POST /calls` or `placeCall` named the request by; null for inbound calls. */
  readonly clientRequestId: string | null;
  readonly flow: string;
  readonly version: string;
  readonly direction: 'inbound' | 'outbound';
  /** Null when withheld. */
  readonly from: string | null;
  readonly to: string;
  readonly startedAt: number;
  /** When the server completed the call: soon after its last webhook, or, where none came, after `sessions.idle`. */
  readonly endedAt: number;
  /** Whole seconds from `startedAt` to `endedAt`, the ringing of an outbound call included. */
  readonly duration: number;
  /** `failed`: the flow threw, or the session ended with `ERROR` or `FAILED`; `cancelled`: the flow had nothing to say, and nobody was called. */
  readonly status: 'ended' | 'failed' | 'cancelled';
  /** 8x8's word, e.g. `COMPLETED`, `BUSY`, `NO_ANSWER`, `ERROR`; `IDLE` where no summary (VSS) came. */
  readonly sessionStatus: string;
  /** Who ended it, as far as 8x8 lets it be known; null for a call that never began. */
  readonly endedBy: EndedBy | null;
  /** The site at which it waited last; null where it never waited. */
  readonly site: string | null;
  /** What came of the last connection to a second party, where the summary tells. */
  readonly bridge: BridgeResult | null;
  /** Why it failed: a code of docs/errors.md, or of the error that the flow threw; null where nothing went wrong. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** What the flow has noted on it, by name. */
  readonly tags: Readonly<Record<string, string | number>>;
  /** What the flow has returned; null for nothing, and where it did not come to its end. */
  readonly result: unknown;
  /** The summary (VSS) as it came; null where none came, and after something sensitive was asked. */
  readonly raw: unknown;
}

/** What a user is told of a call that was completed: not how it is kept. */
export function endedCall(record: CallRecord, state: CallState, summary: KeptSummary): EndedCall {
  const { id, subAccountId, sessionId, clientRequestId, flow, flowVersion, direction, from, to, startedAt, status, site, lastSite } =
    record;
  const endedAt = record.endedAt ?? summary.at;
  return {
    id,
    subAccountId,
    sessionId,
    idempotencyKey: `${id}:end`,
    clientRequestId,
    flow,
    version: flowVersion,
    direction,
    from,
    to,
    startedAt,
    endedAt,
    duration: Math.max(0, Math.round((endedAt - startedAt) / 1000)),
    status: status === 'cancelled' || status === 'failed' ? status : 'ended',
    sessionStatus: summary.status,
    endedBy: endedBy(record, state),
    site: lastSite ?? (['ended', 'failed', 'closed'].includes(site) ? null : site),
    bridge: summary.bridge,
    error: state.error,
    tags: record.tags,
    result: record.result == null ? null : (JSON.parse(record.result) as unknown),
    raw: summary.raw,
  };
}
