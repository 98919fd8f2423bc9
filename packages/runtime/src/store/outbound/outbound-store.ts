/**
 * What a store keeps of outbound campaigns: whom to call, when, how fast, and what came of it. An optional part of a store (`Store.outbound`): one without it serves calls all
 * the same, and makes no campaigns.
 * Times are milliseconds since 1970, UTC. Several servers share one store and their clocks differ, so the store's own clock decides: where a method is given `now`, null means
 * that one, and anything else is for tests and simulations. Texts that are opaque (`data`, `params`) are never looked into.
 * Invariants: a slot is an attempt that has not ended, and there is no other count of slots; a claim never takes more than the slots of its lane and campaign; an attempt ends
 * once; nobody has two calls at a time; what `dial` grants was granted before any `suppress` or `changeCampaign` that has returned.
 */

import type { OutboundReports, RecipientFilter } from './outbound-reports.ts';
import type { AttemptState, CallingTime, RecipientState, Suppression } from './outbound-words.ts';

export type { AttemptState, CallingTime, RecipientState, Suppression };

/** Where calls go out, e.g. a subaccount: what its campaigns share. */
export interface Lane {
  /** At most 64 characters. */
  readonly id: string;
  /** Calls at a time. 0 and up. */
  readonly slots: number;
  /** Calls a second. More than 0. */
  readonly perSecond: number;
}

/** A lane, and how many attempts of it are open. */
export interface LaneState extends Lane {
  readonly open: number;
}

/** `draft`: not begun; `ended`: over, by itself; `deleting`: a draft that is being deleted. Only a `running` one is called for. */
export type CampaignStatus = 'draft' | 'running' | 'paused' | 'cancelled' | 'ended' | 'deleting';

export interface Campaign extends Lane {
  readonly lane: string;
  /** What it is about, at most 64 characters: people are suppressed by topic. */
  readonly topic: string;
  readonly status: CampaignStatus;
  /** Why it stands as it does, for people; at most 1,000 characters. */
  readonly reason: string | null;
  readonly startsAt: number;
  /** From then on nobody is called. */
  readonly endsAt: number;
  readonly createdAt: number;
  /** Opaque: flow, caller, rules. */
  readonly data: string;
}

/** What may be changed of a campaign. */
export type CampaignChange = Partial<
  Pick<Campaign, 'status' | 'reason' | 'slots' | 'perSecond' | 'topic' | 'startsAt' | 'endsAt' | 'data'>
>;

/** Somebody who is to be called. */
export interface NewRecipient {
  /** The author's own, unique in the campaign; at most 256 characters. */
  readonly key: string;
  /** The same for the same number in all campaigns, and nothing that a number could be read from; at most 256 characters. */
  readonly person: string;
  /** As it is dialled; opaque. */
  readonly phone: string;
  /** The time zone by whose windows they are called, or any other name for those windows; at most 64 characters. */
  readonly zone: string;
  /** Not before. */
  readonly dueAt: number;
  /** Opaque. */
  readonly params: string;
}

export interface Recipient extends NewRecipient {
  /** The store's own number, growing. */
  readonly number: number;
  readonly state: RecipientState;
  /** 0 is called first, then 1, then 2; new ones have 1. */
  readonly rank: number;
  /** Attempts so far, those included that never dialled. */
  readonly attempts: number;
  /** How often it was dialled, or may have been. */
  readonly dials: number;
  /** What came of the last attempt, or why there is none. */
  readonly outcome: string | null;
  readonly endedAt: number | null;
}

export interface RecipientPage {
  readonly recipients: readonly Recipient[];
  /** For the next page; null on the last. */
  readonly after: number | null;
}

/** A zone of a campaign whose window has closed, or was never set. */
export interface StaleWindow {
  readonly campaign: string;
  readonly zone: string;
}

/** No more than `max` calls to a person in any `per` milliseconds. `max` at most 20. */
export interface Cap {
  readonly max: number;
  readonly per: number;
}

export interface ClaimRequest {
  readonly lane: string;
  readonly campaign: string;
  /** Who claims: it alone may dial. At most 64 characters. */
  readonly worker: string;
  /** At most so many. */
  readonly most: number;
  /** So many of the campaign may be claimed and not dialled: what `pause` and `suppress` have to overtake. */
  readonly ahead: number;
  /** After so many ms the claim is `overdue`. */
  readonly lease: number;
  /** A window counts as closed so many ms before it is. */
  readonly margin: number;
  readonly caps: readonly Cap[];
}

/** A recipient that is to be called now, and its attempt. */
export interface Claimed {
  /** Of the attempt: `<campaign>.<recipient>.<n>`. The same never comes twice. */
  readonly attempt: string;
  readonly recipient: Recipient;
}

export interface PaceRequest {
  readonly lane: string;
  readonly campaign: string;
  readonly most: number;
  /** How far ahead permits are taken, ms. */
  readonly horizon: number;
}

/** `count` permits, at `at`, `at + step`, … in microseconds since 1970. Where `count` is 0, `at` is when to ask again. */
export interface Permits {
  readonly at: number;
  readonly step: number;
  readonly count: number;
}

export interface DialRequest {
  readonly attempt: string;
  readonly worker: string;
  /** The permit, in microseconds since 1970. */
  readonly permit: number;
  readonly margin: number;
  /** How long the platform may take to start the call, ms. */
  readonly ring: number;
  /** How long after that nothing may be heard of it, ms. Then it is `overdue`. */
  readonly patience: number;
  readonly caps: readonly Cap[];
}

export type Dial =
  /** May be posted, once, and started until `validUntil`: the end of the window, or of `ring`. */
  | { readonly verdict: 'granted'; readonly validUntil: number }
  /** `gone`: not claimed by this worker, or no longer, or erased since; `paused`: the campaign doesn't run; `window`: it is closed. */
  | { readonly verdict: 'gone' | 'paused' | 'window' | 'suppressed' }
  /** `busy`: the person has another call. `freeAt`: when to try again. */
  | { readonly verdict: 'busy' | 'capped'; readonly freeAt: number };

/** The end of an attempt, and what becomes of its recipient. */
export interface AttemptEnd {
  readonly attempt: string;
  /** A word for what came of it, at most 64 characters. */
  readonly outcome: string;
  /** When the recipient is due again: at a time, or in so many ms; null: never. `rank` as in `Recipient`. */
  readonly next: (({ readonly at: number } | { readonly in: number }) & { readonly rank?: 0 | 1 | 2 }) | null;
  /** A recipient that was dialled so often, or attempted so often, ends whatever `next` says. */
  readonly maxDials: number;
  readonly maxAttempts: number;
  /** Nobody knows what came of it: an end that is learned later counts. @default false */
  readonly givenUp?: boolean;
  /** Only where the attempt is in this state. @default in any */
  readonly only?: AttemptState;
}

/** Nobody calls this person any more: about anything (`*`), or about a topic. At most 64 characters. */
export interface Stop {
  readonly person: string;
  readonly scope: string;
}

export interface OverdueAttempt {
  readonly attempt: string;
  readonly state: AttemptState;
  readonly campaign: string;
  readonly dials: number;
  readonly attempts: number;
}

/** What changes with a call, in its own commit. */
export interface OutboundChange {
  /** The call was an attempt, and is over. */
  readonly end?: AttemptEnd;
  /** Its callee has asked for it. At most 10. */
  readonly stops?: readonly Stop[];
}

/** Which recipients a page has. */
export interface RecipientQuery {
  /** The number of the last one of the page before. */
  readonly after: number | null;
  /** 1 to 5,000. */
  readonly limit: number;
  /** @default all */
  readonly find?: RecipientFilter;
}

/** All methods reject as those of `Store` do. */
export interface OutboundStore extends OutboundReports {
  /** The time by the store's own clock. */
  now(): Promise<number>;

  /** Adds a lane, or changes it. Fewer slots than are taken end no call. */
  putLane(lane: Lane): Promise<void>;
  /** In the order of their ids. */
  lanes(): Promise<readonly LaneState[]>;
  /** `present`: there is one with this id, and nothing changes. `unknown-lane`: its lane is not there. Ids: letters, digits, `-` and `_`, at most 64. */
  addCampaign(campaign: Campaign): Promise<'added' | 'present' | 'unknown-lane'>;
  campaign(id: string): Promise<Campaign | null>;
  /** Newest first. */
  campaigns(): Promise<readonly Campaign[]>;
  /**
   * Says whether it was changed: not where it is unknown, or its status is none of `from`. Once this has resolved nobody is dialled that the change forbids, but for those whose
   * `dial` was granted before.
   */
  changeCampaign(id: string, change: CampaignChange, from?: readonly CampaignStatus[]): Promise<boolean>;

  /** Adds those whose keys are new; says how many. The rows that are there stay as they are, and nothing is added where the campaign is unknown. At most 5,000 at once. */
  addRecipients(campaign: string, rows: readonly NewRecipient[]): Promise<number>;
  /** In the order in which they were added. */
  recipients(campaign: string, page: RecipientQuery): Promise<RecipientPage>;

  /** Windows of running campaigns that have closed, or were never set. */
  staleWindows(now: number | null, limit: number): Promise<readonly StaleWindow[]>;
  /** Sets the window of a zone; null: none is to come. Nothing happens for a zone in which the campaign has nobody. */
  setWindow(campaign: string, zone: string, window: CallingTime | null): Promise<void>;

  /**
   * Claims recipients that are due, whose window is open, by rank and time, as many as there are slots in lane and campaign. Those that are suppressed end; those that have a call,
   * or have had too many, are due later. Often gives none where another worker is claiming for the same lane.
   */
  claim(request: ClaimRequest, now: number | null): Promise<readonly Claimed[]>;
  /** Takes permits to dial, of lane and campaign at once: never more a second than both allow. */
  pace(request: PaceRequest, now: number | null): Promise<Permits>;
  /** The last look before a call is posted. */
  dial(request: DialRequest, now: number | null): Promise<Dial>;
  /** The platform has the call of an attempt, which is `overdue` in `patience` ms from now. False for one that was not dialled, or has ended. */
  placed(attempt: string, patience: number, now: number | null): Promise<boolean>;
  /** The platform gave no clear answer. False for one that is not `dialled`. */
  unknown(attempt: string): Promise<boolean>;
  /**
   * Frees slot, person and recipient. `known`: it had ended before, and nothing changes. `corrected`: it had been given up; its outcome is replaced, and where this end is for good
   * (`next` is null) and no other attempt has begun, the recipient ends with it.
   */
  end(end: AttemptEnd, now: number | null): Promise<'ended' | 'corrected' | 'known'>;
  /** Attempts whose time has passed, most overdue first. Whoever asks ends them. */
  overdue(now: number | null, limit: number): Promise<readonly OverdueAttempt[]>;
  /** Ends waiting recipients of campaigns that are over (`expired`) or cancelled (`cancelled`), and of zones without a window to come (`no-window`); says how many. */
  expire(now: number | null, limit: number): Promise<number>;

  /** At most 5,000 at once. Ends those of them who wait to be called about it; says which attempts to call them were open at that moment. */
  suppress(stops: readonly Stop[], now: number | null): Promise<readonly string[]>;
  /** Says whether it was there. */
  unsuppress(stop: Stop): Promise<boolean>;
  /** In the order of `person`. `limit` 1 to 5,000. */
  suppressions(page: { readonly after: string | null; readonly limit: number }): Promise<readonly Suppression[]>;

  /** Forgets number and params of a person's recipients, ends those that wait (`erased`), and lets none of them be dialled any more; says how many. Suppressions stay. */
  erase(person: string, now: number | null): Promise<number>;
  /** Deletes up to `limit` recipients that ended before a time, with their attempts, and what was kept of people only for them; says how many. Suppressions stay. */
  prune(endedBefore: number, limit: number): Promise<number>;
}
