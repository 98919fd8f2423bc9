import { StoreArgumentError } from '../../errors/store-argument-error.ts';
import type { ImportRow } from './outbound-reports.ts';
import type { AttemptEnd, Campaign, CampaignChange, Cap, Lane, NewRecipient, OutboundChange, Stop } from './outbound-store.ts';

const MAX_NAME = 64;
const MAX_KEY = 256;
const MAX_REASON = 1_000;
const MAX_STOPS = 10;
const MAX_IMPORT = 10_000;
const HOUR = 3_600_000;
/** Rows that one method takes or gives at most. */
export const MAX_ROWS = 5_000;
/** Dials that are remembered of a person: no cap looks further back. */
export const MAX_RECENT = 20;
/** Rows beyond the free slots that one claim looks at, so that suppressed and capped ones leave the head of the queue. */
export const EXTRA = 100;
/** How long somebody who has a call is left alone before they are looked at again, ms. */
export const BUSY_PAUSE = 60_000;
/** Stands for every topic. */
export const ALL = '*';

/** Throws `StoreArgumentError` for a lane that can't be. */
export function checkLane(what: string, { id, slots, perSecond }: Lane): void {
  demandText(`${what}.id`, id, MAX_NAME);
  demandSlots(what, slots);
  demandRate(what, perSecond);
}

/** Throws `StoreArgumentError` for a campaign that can't be. */
export function checkCampaign(campaign: Campaign): void {
  checkLane('addCampaign', campaign);
  if (!/^[A-Za-z0-9_-]+$/.test(campaign.id)) throw new StoreArgumentError('addCampaign.id', 'must be letters, digits, "-" or "_".');
  demandText('addCampaign.topic', campaign.topic, MAX_NAME);
  demandText('addCampaign.reason', campaign.reason ?? '', MAX_REASON);
}

/** Throws `StoreArgumentError` for a change that can't be. */
export function checkCampaignChange({ slots, perSecond, topic, reason }: CampaignChange): void {
  if (slots !== undefined) demandSlots('changeCampaign', slots);
  if (perSecond !== undefined) demandRate('changeCampaign', perSecond);
  demandText('changeCampaign.topic', topic ?? '', MAX_NAME);
  demandText('changeCampaign.reason', reason ?? '', MAX_REASON);
}

/** Throws `StoreArgumentError` for rows that can't be kept. */
export function checkRecipients(rows: readonly NewRecipient[]): void {
  demandRows('addRecipients', rows.length);
  for (const { key, person, zone } of rows) {
    demandText('addRecipients.key', key, MAX_KEY);
    demandText('addRecipients.person', person, MAX_KEY);
    demandText('addRecipients.zone', zone, MAX_NAME);
  }
}

/** Throws `StoreArgumentError` for a number of rows that no method gives or takes. */
export function demandRows(what: string, rows: number, least = 0): void {
  if (!Number.isInteger(rows) || rows < least || rows > MAX_ROWS)
    throw new StoreArgumentError(what, `takes ${least} to ${MAX_ROWS} rows at once, not ${rows}.`);
}

/** Throws `StoreArgumentError` for what can't be kept of an import. */
export function checkImport({ name, data }: ImportRow): void {
  demandText('putImport.name', name, MAX_KEY);
  demandText('putImport.data', data, MAX_IMPORT);
}

/** Throws `StoreArgumentError` for hours that are none. */
export function checkHours({ from, to }: { readonly from: number; readonly to: number }): void {
  if (!Number.isInteger(from / HOUR) || !Number.isInteger(to / HOUR))
    throw new StoreArgumentError('attemptCounts', 'takes beginnings of hours, in milliseconds since 1970.');
}

/** Throws `StoreArgumentError` for caps that look further back than dials are remembered. */
export function checkCaps(what: string, caps: readonly Cap[]): void {
  for (const { max, per } of caps)
    if (!Number.isInteger(max) || max < 1 || max > MAX_RECENT || !(per > 0))
      throw new StoreArgumentError(`${what}.caps`, `must have a max from 1 to ${MAX_RECENT}, in more than 0 milliseconds.`);
}

/** Throws `StoreArgumentError` for stops that can't be kept. */
export function checkStops(what: string, stops: readonly Stop[], most = MAX_ROWS): void {
  if (stops.length > most) throw new StoreArgumentError(what, `takes at most ${most} at once, not ${stops.length}.`);
  for (const { person, scope } of stops) {
    demandText(`${what}.person`, person, MAX_KEY);
    demandText(`${what}.scope`, scope, MAX_NAME);
    if (scope === '') throw new StoreArgumentError(`${what}.scope`, 'must be a topic, or * for all.');
  }
}

/** Throws `StoreArgumentError` for an end that can't be. */
export function checkEnd(what: string, { attempt, outcome, maxDials, maxAttempts, next }: AttemptEnd): void {
  demandText(`${what}.attempt`, attempt, MAX_KEY);
  demandText(`${what}.outcome`, outcome, MAX_NAME);
  const due = next === null ? 0 : 'at' in next ? next.at : next.in;
  if (![maxDials, maxAttempts, due].every((number) => Number.isInteger(number) && number >= 0))
    throw new StoreArgumentError(what, 'must have whole numbers from 0.');
}

/** Throws `StoreArgumentError` for what no commit takes. */
export function checkOutboundChange({ end, stops = [] }: OutboundChange): void {
  if (end !== undefined) checkEnd('commit.outbound.end', end);
  checkStops('commit.outbound.stops', stops, MAX_STOPS);
}

/** Microseconds between two calls. */
export function intervalOf(perSecond: number): number {
  return Math.ceil(1_000_000 / perSecond);
}

function demandText(what: string, text: string, most: number): void {
  if (text.length > most) throw new StoreArgumentError(what, `has more than ${most} characters.`);
}

function demandSlots(what: string, slots: number): void {
  if (!Number.isInteger(slots) || slots < 0) throw new StoreArgumentError(`${what}.slots`, `must be a whole number from 0, not ${slots}.`);
}

function demandRate(what: string, perSecond: number): void {
  if (!(perSecond > 0) || perSecond > 1_000_000)
    throw new StoreArgumentError(`${what}.perSecond`, `must be more than 0 and at most a million, not ${perSecond}.`);
}
