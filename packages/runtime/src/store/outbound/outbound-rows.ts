import type { Value } from '../call-row.ts';
import { fromStored, fromStoredOrNull, toStored } from '../stored-text.ts';
import type { Campaign, CampaignStatus, NewRecipient, Recipient, RecipientState } from './outbound-store.ts';

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
