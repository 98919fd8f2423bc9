import type { Action } from '@hookswitch/dsl';

/** A session that was ordered through the REST API. */
export interface OutboundOrder {
  readonly actions: readonly Action[];
  readonly clientRequestId: string | undefined;
  /** Until when it may be started, ms since 1970; infinite where it doesn't say. */
  readonly validUntil: number;
}

/** The session of an order, which hasn't begun. */
export interface PlacedOrder {
  readonly sessionId: string;
  /** Which call of the run it is; chaos is drawn by it. */
  readonly call: string;
  readonly begin: () => void;
}

/** What becomes of an order: its session, or the code with which it is refused. */
export type Ordered = PlacedOrder | { readonly refusal: number };
