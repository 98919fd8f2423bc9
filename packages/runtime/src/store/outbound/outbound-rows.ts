import type { Value } from '../call-row.ts';
import { fromStored, fromStoredOrNull, toStored } from '../stored-text.ts';
import type { Attempt, RecipientCount, RecipientFilter, ZoneWindow } from './outbound-reports.ts';
import type { AttemptState, Campaign, CampaignStatus, NewRecipient, Recipient, RecipientPage, RecipientState } from './outbound-store.ts';

/** A row of `campaigns` as both databases give it. */
export interface CampaignRow {
  readonly id: string;
  readonly lane: string;
  readonly topic: string;
  readonly status: CampaignStatus;
  readonly reason: string | null;
  readonly slots: number;
  readonly per_second: number | string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly created_at: number;
  readonly data: string;
}

export const CAMPAIGN_COLUMNS = [
  ...['id', 'lane', 'topic', 'status', 'reason', 'slots', 'per_second', 'starts_at', 'ends_at', 'created_at', 'data'],
] as const;

export function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    lane: fromStored(row.lane),
    topic: fromStored(row.topic),
    status: row.status,
    reason: fromStoredOrNull(row.reason),
    slots: row.slots,
    perSecond: Number(row.per_second),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    createdAt: row.created_at,
    data: fromStored(row.data),
  };
}

/** In the order of `CAMPAIGN_COLUMNS`. */
export function campaignValues(campaign: Campaign): Value[] {
  const { id, lane, topic, status, reason, slots, perSecond, startsAt, endsAt, createdAt, data } = campaign;
  const texts = [id, toStored(lane), toStored(topic), status, reason === null ? null : toStored(reason)];
  return [...texts, slots, perSecond, startsAt, endsAt, createdAt, toStored(data)];
}

/** A row of `recipients` as both databases give it. */
export interface RecipientRow {
  readonly number: number;
  readonly key: string;
  readonly person: string;
  readonly phone: string;
  readonly zone: string;
  readonly state: RecipientState;
  readonly rank: number;
  readonly due_at: number;
  readonly attempts: number;
  readonly dials: number;
  readonly outcome: string | null;
  readonly ended_at: number | null;
  readonly params: string;
}

export const RECIPIENT_COLUMNS = [
  ...['number', 'key', 'person', 'phone', 'zone', 'state', 'rank', 'due_at', 'attempts', 'dials', 'outcome', 'ended_at', 'params'],
] as const;

export function toRecipient(row: RecipientRow): Recipient {
  return {
    number: row.number,
    key: fromStored(row.key),
    person: fromStored(row.person),
    phone: fromStored(row.phone),
    zone: fromStored(row.zone),
    state: row.state,
    rank: row.rank,
    dueAt: row.due_at,
    attempts: row.attempts,
    dials: row.dials,
    outcome: fromStoredOrNull(row.outcome),
    endedAt: row.ended_at,
    params: fromStored(row.params),
  };
}

/** What is stored of somebody new: key, person, phone, zone, due, params. */
export function newRecipientValues({ key, person, phone, zone, dueAt, params }: NewRecipient) {
  return [toStored(key), toStored(person), toStored(phone), toStored(zone), dueAt, toStored(params)] as const;
}

/** An attempt's name. */
export function attemptId(campaign: string, recipient: number, n: number): string {
  return `${campaign}.${recipient}.${n}`;
}

/** A page of rows, of which one more was read than it has. */
export function toRecipientPage(rows: readonly RecipientRow[], limit: number): RecipientPage {
  const recipients = rows.slice(0, limit).map(toRecipient);
  return { recipients, after: rows.length > limit ? (recipients.at(-1)?.number ?? null) : null };
}

/** The conditions of a filter beside campaign and number: columns, and the values that they have. */
export function conditionsOf(find: RecipientFilter | undefined): readonly (readonly [column: string, value: string])[] {
  if (find === undefined) return [];
  if ('key' in find) return [['key', toStored(find.key)]];
  if ('state' in find) return [['state', find.state]];
  return [
    ['state', 'ended'],
    ['outcome', toStored(find.outcome)],
  ];
}

/** A row of `attempts` as both databases give it. */
export interface AttemptRow {
  readonly id: string;
  readonly n: number;
  readonly recipient: number;
  readonly state: AttemptState;
  readonly claimed_at: number;
  readonly permit_us: number | null;
  readonly due_at: number;
  readonly ended_at: number | null;
  readonly outcome: string | null;
  readonly given_up: number;
  readonly corrected: number;
}

export const ATTEMPT_COLUMNS = [
  ...['id', 'n', 'recipient', 'state', 'claimed_at', 'permit_us', 'due_at', 'ended_at', 'outcome', 'given_up', 'corrected'],
] as const;

export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: fromStored(row.id),
    n: row.n,
    recipient: row.recipient,
    state: row.state,
    claimedAt: row.claimed_at,
    dialledAt: row.permit_us === null ? null : Math.floor(row.permit_us / 1_000),
    dueAt: row.due_at,
    endedAt: row.ended_at,
    outcome: fromStoredOrNull(row.outcome),
    givenUp: row.given_up === 1,
    corrected: row.corrected === 1,
  };
}

/** A row of `recipient_counts` as both databases give it; an empty outcome stands for none. */
export interface RecipientCountRow extends Omit<RecipientCount, 'outcome'> {
  readonly outcome: string;
}

export function toRecipientCount({ zone, state, outcome, count }: RecipientCountRow): RecipientCount {
  return { zone: fromStored(zone), state, outcome: outcome === '' ? null : fromStored(outcome), count };
}

/** A row of `windows` as both databases give it, with the time at which the first who waits is due. */
export interface WindowRow {
  readonly zone: string;
  readonly opens_at: number | null;
  readonly closes_at: number | null;
  readonly due_at: number | null;
}

export function toZoneWindow({ zone, opens_at, closes_at, due_at }: WindowRow): ZoneWindow {
  const window = opens_at === null || closes_at === null ? null : { opensAt: opens_at, closesAt: closes_at };
  return { zone: fromStored(zone), window, dueAt: due_at };
}
