import type { AttemptState, CallingTime, RecipientState, Suppression } from './outbound-words.ts';

/** How many recipients of a zone stand alike. */
export interface RecipientCount {
  readonly zone: string;
  readonly state: RecipientState;
  /** As of the recipient; null where nothing has come of any attempt. */
  readonly outcome: string | null;
  readonly count: number;
}

/** How many attempts ended with an outcome within an hour. */
export interface AttemptCount {
  /** The beginning of the hour, UTC. */
  readonly hour: number;
  readonly outcome: string;
  readonly count: number;
}

/** One attempt to call a recipient. */
export interface Attempt {
  /** `<campaign>.<recipient>.<n>`. */
  readonly id: string;
  /** From 1. */
  readonly n: number;
  readonly recipient: number;
  readonly state: AttemptState;
  readonly claimedAt: number;
  /** The permit by which it was dialled; null where it was not. */
  readonly dialledAt: number | null;
  /** When it is overdue. */
  readonly dueAt: number;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  /** Nobody knows what came of it. */
  readonly givenUp: boolean;
  /** What came of it was learned once it had been given up. */
  readonly corrected: boolean;
}

/** How people of a zone may be called, and when the first of those who wait is due. */
export interface ZoneWindow {
  readonly zone: string;
  /** Null where none is to come; closed since 1970 where it was never set. */
  readonly window: CallingTime | null;
  /** Null where nobody waits. */
  readonly dueAt: number | null;
}

/** What an import has come to, by the name that it was given. */
export interface ImportRow {
  /** At most 256 characters. */
  readonly name: string;
  readonly at: number;
  /** Opaque, at most 10,000 characters. */
  readonly data: string;
}

/** Recipients that are looked for: the one with a key, those in a state, or those that ended with an outcome. */
export type RecipientFilter = { readonly key: string } | { readonly state: RecipientState } | { readonly outcome: string };

/** What operators look at: none of it reads all recipients, attempts or people. */
export interface OutboundReports {
  /** Of a campaign, counted as each recipient changes; those that were pruned since are counted still. In any order. */
  recipientCounts(campaign: string): Promise<readonly RecipientCount[]>;
  /** Of a campaign, in the hours from `from` to `to`, that one left out; in any order. An outcome that was corrected counts for the hour in which the attempt had ended. */
  attemptCounts(campaign: string, between: { readonly from: number; readonly to: number }): Promise<readonly AttemptCount[]>;
  /** All attempts of a recipient, first to last. */
  attempts(recipient: number): Promise<readonly Attempt[]>;
  /** Attempts of a campaign that have not ended, most overdue first. `limit` 1 to 5,000. */
  openAttempts(campaign: string, limit: number): Promise<readonly Attempt[]>;
  /** The zones in which a campaign has, or had, anybody; in their order. */
  windows(campaign: string): Promise<readonly ZoneWindow[]>;
  /** Those of at most 5,000 people whom somebody may not call, in any order. */
  suppressed(people: readonly string[]): Promise<readonly Suppression[]>;
  /** Keeps what an import has come to, or replaces what there is by its name. Nothing happens where the campaign is unknown. */
  putImport(campaign: string, row: ImportRow): Promise<void>;
  /** Newest first. */
  imports(campaign: string): Promise<readonly ImportRow[]>;
  /**
   * Deletes a campaign that was never started, with its recipients; `begun`: it was. From the first moment on it is `deleting`: where this rejects or a process ends, the same
   * again deletes the rest.
   */
  deleteCampaign(id: string): Promise<'deleted' | 'unknown' | 'begun'>;
}
