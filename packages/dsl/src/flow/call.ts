/** What a flow knows of every call, frozen from the first event. */
interface AnyCall {
  /** Our own id of the call: minted before anything is sent, the key everywhere. */
  readonly id: string;
  /** 8x8's session id; null in an outbound call, which is numbered only after the flow's first words are sent. */
  readonly sessionId: string | null;
  readonly subAccountId: string;
  /** Who calls, as it came (E.164, with or without `+`); null when withheld. */
  readonly from: string | null;
  /** Who is called, as it came. */
  readonly to: string;
  /** ISO 3166-1 alpha-2 codes where 8x8 gave them. */
  readonly fromCountry: string | null;
  readonly toCountry: string | null;
  /** The language in which the call begins, or null where the flow speaks one language only. */
  readonly language: string | null;
  /** When the call began: milliseconds since 1970, UTC. */
  readonly startedAt: number;
}

/** The params of a call that comes in: `{}`, for nobody gave any along. */
export type NoParams = Readonly<Record<never, never>>;

/** A call that came in. */
export interface InboundCall extends AnyCall {
  readonly direction: 'inbound';
  readonly params: NoParams;
}

/** A call that was placed. */
export interface OutboundCall<P = Readonly<Record<string, unknown>>> extends AnyCall {
  readonly direction: 'outbound';
  /** What the one who placed it gave along, as the flow's schema makes it. */
  readonly params: P;
}

/**
 * What a flow knows of its call, frozen from the first event. Ask for its direction before its params:
 * `call.direction === 'outbound' ? call.params.appointment : null`.
 */
export type Call<P = Readonly<Record<string, unknown>>> = InboundCall | OutboundCall<P>;

/** The virtual number of the session: the called one of an inbound call, the calling one of an outbound call. */
export function virtualNumber(call: Pick<Call, 'direction' | 'from' | 'to'>): string {
  return call.direction === 'inbound' ? call.to : (call.from ?? call.to);
}
