/** Live calls per flow and site. */
export interface LiveCount {
  readonly flow: string;
  readonly flowVersion: string;
  readonly site: string;
  readonly count: number;
}

/** How many calls there are, and how many of them failed. */
export interface CallTotals {
  readonly calls: number;
  readonly failed: number;
}

/** The totals from the one row of `readQueries().countCalls`. */
export function toTotals([row]: readonly CallTotals[]): CallTotals {
  return { calls: Number(row?.calls ?? 0), failed: Number(row?.failed ?? 0) };
}
