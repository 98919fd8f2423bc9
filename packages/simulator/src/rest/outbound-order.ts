import type { Action } from '@hookswitch/dsl';

/** A session that was ordered through the REST API. */
export interface OutboundOrder {
  readonly actions: readonly Action[];
  readonly clientRequestId: string | undefined;
}

/** The session of an order, which hasn't begun. */
export interface PlacedOrder {
  readonly sessionId: string;
  /** Which call of the run it is; chaos is drawn by it. */
  readonly call: string;
  readonly begin: () => void;
}
