import { equal } from 'node:assert/strict';
import type {
  AttemptEnd,
  Campaign,
  Claimed,
  ClaimRequest,
  DialRequest,
  NewRecipient,
  OutboundStore,
  Recipient,
} from '../../outbound/outbound-store.ts';
import { DAY, HOUR, MINUTE, NOON } from '../call.ts';

/** Gives the campaigns of the running test's store. */
export type TheOutbound = () => OutboundStore;

/** A campaign as it is added: it runs, on the lane `lane`. Changed by `changes`. */
export function aCampaign(changes: Partial<Campaign> = {}): Campaign {
  return {
    id: 'spring',
    lane: 'lane',
    topic: 'offers',
    status: 'running',
    reason: null,
    slots: 100,
    perSecond: 10,
    startsAt: NOON - DAY,
    endsAt: NOON + 30 * DAY,
    createdAt: NOON - DAY,
    data: '{"flow":"reminder"}',
    ...changes,
  };
}

/** Somebody to call, changed by `changes`; key and person are `name`. */
export function somebody(name: string, changes: Partial<NewRecipient> = {}): NewRecipient {
  return { key: name, person: name, phone: `+65 of ${name}`, zone: 'UTC', dueAt: NOON - HOUR, params: `{"name":"${name}"}`, ...changes };
}

/** A lane, a running campaign on it whose window is open all day, and whom it calls. */
export async function begin(
  outbound: OutboundStore,
  names: readonly (string | NewRecipient)[],
  changes: Partial<Campaign> = {},
  slots = 100,
): Promise<Campaign> {
  const campaign = aCampaign(changes);
  await outbound.putLane({ id: campaign.lane, slots, perSecond: 10 });
  equal(await outbound.addCampaign(campaign), 'added', "the test's own campaign is there already");
  const rows = names.map((name) => (typeof name === 'string' ? somebody(name) : name));
  equal(await outbound.addRecipients(campaign.id, rows), rows.length, "the test's own recipients are there already");
  for (const zone of new Set(rows.map((row) => row.zone)))
    await outbound.setWindow(campaign.id, zone, { opensAt: NOON - HOUR, closesAt: NOON + 8 * HOUR });
  return campaign;
}

/** A claim by `worker`, changed by `changes`. */
export function aClaim(changes: Partial<ClaimRequest> = {}): ClaimRequest {
  return {
    lane: 'lane',
    campaign: 'spring',
    worker: 'worker',
    most: 100,
    ahead: 100,
    lease: MINUTE,
    margin: 1_000,
    caps: [],
    ...changes,
  };
}

/** A last look at an attempt, changed by `changes`. */
export function aDial(attempt: string, changes: Partial<DialRequest> = {}): DialRequest {
  const times = { permit: NOON * 1_000, margin: 1_000, ring: MINUTE, patience: HOUR };
  return { attempt, worker: 'worker', ...times, caps: [], ...changes };
}

/** The end of an attempt, for good unless `changes` say otherwise. */
export function anEnd(attempt: string, changes: Partial<AttemptEnd> = {}): AttemptEnd {
  return { attempt, outcome: 'answered', next: null, maxDials: 4, maxAttempts: 20, ...changes };
}

/** Keys of those who were claimed. */
export const keysOf = (claimed: readonly Claimed[]): readonly string[] => claimed.map(({ recipient }) => recipient.key);

/** All recipients of a campaign, by key. */
export async function recipientsOf(outbound: OutboundStore, campaign = 'spring'): Promise<Readonly<Record<string, Recipient>>> {
  const { recipients } = await outbound.recipients(campaign, { after: null, limit: 5_000 });
  return Object.fromEntries(recipients.map((one) => [one.key, one]));
}

/** Claims one recipient and has it dialled; gives its attempt. */
export async function dialOne(outbound: OutboundStore, now = NOON, changes: Partial<DialRequest> = {}): Promise<string> {
  const [claimed] = await outbound.claim(aClaim({ most: 1 }), now);
  const attempt = claimed?.attempt ?? 'none';
  equal((await outbound.dial(aDial(attempt, { permit: now * 1_000, ...changes }), now)).verdict, 'granted', 'nobody was dialled');
  return attempt;
}
