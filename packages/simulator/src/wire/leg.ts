/** How one leg of a session ended. */
export type LegStatus = 'COMPLETED' | 'BUSY' | 'NO_ANSWER' | 'FAILED' | 'CANCELED' | 'ERROR';

/** One leg of a session: a telephone call between the platform and somebody. Times in ms since 1970. */
export interface Leg {
  readonly callId: string;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  /** E.164; null when withheld. */
  readonly source: string | null;
  readonly destination: string;
  /** The virtual number's reference at 8x8, where it has one. */
  readonly sourceRefId: string | undefined;
  readonly destinationRefId: string | undefined;
  readonly initiatedAt: number;
  connectedAt: number | null;
  disconnectedAt: number | null;
  status: LegStatus | null;
  /** RFC 3261 code of how the call was answered. */
  sipCode: number;
}

/** Seconds for which the two ends were connected, rounded down. */
export function legSeconds(leg: Leg, now: number): number {
  return leg.connectedAt === null ? 0 : Math.max(0, Math.floor(((leg.disconnectedAt ?? now) - leg.connectedAt) / 1000));
}
