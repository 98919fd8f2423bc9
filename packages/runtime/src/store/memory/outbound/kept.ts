import type { ImportRow } from '../../outbound/outbound-reports.ts';
import type { AttemptEnd, AttemptState, CallingTime, Campaign, Lane, Recipient } from '../../outbound/outbound-store.ts';

/** The time of the next permit, in microseconds. */
export interface KeptLane {
  lane: Lane;
  nextAt: number;
}

export interface KeptCampaign {
  campaign: Campaign;
  nextAt: number;
  /** By zone; null: none is to come. One that was never set has closed in 1970. */
  readonly windows: Map<string, CallingTime | null>;
  readonly keys: Set<string>;
  /** By name. */
  readonly imports: Map<string, ImportRow>;
  /** What was pruned is counted still. */
  readonly pruned: Recipient[];
  readonly prunedAttempts: KeptAttempt[];
}

export interface KeptRecipient {
  readonly campaign: string;
  row: Recipient;
}

export interface KeptAttempt {
  readonly id: string;
  readonly recipient: number;
  readonly n: number;
  readonly campaign: string;
  readonly lane: string;
  readonly person: string;
  readonly worker: string;
  readonly claimedAt: number;
  state: AttemptState;
  dialledAt: number | null;
  dueAt: number;
  endedAt: number | null;
  outcome: string | null;
  givenUp: boolean;
  corrected: boolean;
}

export interface Person {
  readonly stops: Set<string>;
  stoppedAt: number;
  /** Dials, newest first. */
  recent: readonly number[];
  /** The attempt that calls them. */
  open: string | null;
}

/** A recipient as the end of its attempt leaves it. One that was erased meanwhile has no number to call any more. */
export function afterEnd(row: Recipient, { outcome, next, maxDials, maxAttempts }: AttemptEnd, now: number): Recipient {
  const isOver = next === null || row.phone === '' || row.dials >= maxDials || row.attempts >= maxAttempts;
  if (isOver) return { ...row, state: 'ended', outcome, endedAt: now };
  return { ...row, state: 'waiting', outcome, dueAt: 'at' in next ? next.at : now + next.in, rank: next.rank ?? 1 };
}
