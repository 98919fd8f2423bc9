import { checkHours, checkImport, demandRows } from '../../outbound/check-outbound.ts';
import type {
  Attempt,
  AttemptCount,
  ImportRow,
  OutboundReports,
  RecipientCount,
  RecipientFilter,
  ZoneWindow,
} from '../../outbound/outbound-reports.ts';
import type { Recipient, RecipientPage, RecipientQuery, Suppression } from '../../outbound/outbound-store.ts';
import type { Campaigns } from './campaigns.ts';
import type { KeptAttempt } from './kept.ts';

const HOUR = 3_600_000;

/** What operators look at of the campaigns of the in-memory store. */
export function memoryReports(all: Campaigns): OutboundReports {
  return {
    recipientCounts: async (campaign) => recipientCounts(all, campaign),
    attemptCounts: async (campaign, between) => attemptCounts(all, campaign, between),
    attempts: async (recipient) => [...all.attempts.values()].filter((one) => one.recipient === recipient).map(viewAttempt),
    openAttempts: async (campaign, limit) => {
      demandRows('openAttempts.limit', limit, 1);
      const open = all.open((one) => one.campaign === campaign).sort((a, b) => a.dueAt - b.dueAt);
      return open.slice(0, limit).map(viewAttempt);
    },
    windows: async (campaign) => windows(all, campaign),
    suppressed: async (people) => {
      demandRows('suppressed', people.length);
      return [...new Set(people)].flatMap((person) => suppressionOf(all, person) ?? []);
    },
    putImport: async (campaign, row) => {
      checkImport(row);
      all.byId.get(campaign)?.imports.set(row.name, { ...row });
    },
    imports: async (campaign): Promise<readonly ImportRow[]> =>
      [...(all.byId.get(campaign)?.imports.values() ?? [])].sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)),
    deleteCampaign: async (id) => {
      const kept = all.byId.get(id);
      if (kept === undefined) return 'unknown';
      if (kept.campaign.status !== 'draft') return 'begun';
      all.byId.delete(id);
      for (const [number, one] of all.recipients) if (one.campaign === id) all.recipients.delete(number);
      return 'deleted';
    },
  };
}

/** A page of those who are looked for. */
export function recipientPage(all: Campaigns, campaign: string, { after, limit, find }: RecipientQuery): RecipientPage {
  demandRows('recipients.limit', limit, 1);
  const rows = [...all.recipients.values()].filter(
    (one) => one.campaign === campaign && one.row.number > (after ?? 0) && isWanted(one.row, find),
  );
  const page = rows.slice(0, limit).map(({ row }) => row);
  return { recipients: page, after: rows.length > limit ? (page.at(-1)?.number ?? null) : null };
}

function isWanted(row: Recipient, find: RecipientFilter | undefined): boolean {
  if (find === undefined) return true;
  if ('key' in find) return row.key === find.key;
  return 'state' in find ? row.state === find.state : row.state === 'ended' && row.outcome === find.outcome;
}

/** Whom nobody may call, in their order; null for somebody whom one may. */
export function suppressionOf(all: Campaigns, key: string): Suppression | null {
  const person = all.people.get(key);
  if (person === undefined || person.stops.size === 0) return null;
  return { person: key, scopes: [...person.stops].sort(), at: person.stoppedAt };
}

function recipientCounts(all: Campaigns, campaign: string): readonly RecipientCount[] {
  const theirs = [...all.recipients.values()].filter((one) => one.campaign === campaign).map(({ row }) => row);
  return tally([...(all.byId.get(campaign)?.pruned ?? []), ...theirs], ({ zone, state, outcome }) => ({ zone, state, outcome }));
}

function attemptCounts(all: Campaigns, campaign: string, between: { readonly from: number; readonly to: number }): readonly AttemptCount[] {
  checkHours(between);
  const ended = [...all.attempts.values(), ...(all.byId.get(campaign)?.prunedAttempts ?? [])].flatMap(
    ({ campaign: its, endedAt, outcome }) =>
      its === campaign && endedAt !== null && outcome !== null ? [{ hour: endedAt - (endedAt % HOUR), outcome }] : [],
  );
  return tally(
    ended.filter(({ hour }) => hour >= between.from && hour < between.to),
    (one) => one,
  );
}

function tally<T, Group>(rows: readonly T[], groupOf: (row: T) => Group): (Group & { readonly count: number })[] {
  const groups = new Map<string, Group & { readonly count: number }>();
  for (const group of rows.map(groupOf)) {
    const id = JSON.stringify(group);
    groups.set(id, { ...group, count: (groups.get(id)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

function windows(all: Campaigns, campaign: string): readonly ZoneWindow[] {
  const due = new Map<string, number>();
  for (const { campaign: its, row } of all.recipients.values())
    if (its === campaign && row.state === 'waiting') due.set(row.zone, Math.min(row.dueAt, due.get(row.zone) ?? row.dueAt));
  return [...(all.byId.get(campaign)?.windows ?? [])]
    .map(([zone, window]) => ({ zone, window: window === null ? null : { ...window }, dueAt: due.get(zone) ?? null }))
    .sort((a, b) => (a.zone < b.zone ? -1 : 1));
}

function viewAttempt({ id, n, recipient, state, claimedAt, dialledAt, dueAt, endedAt, outcome, givenUp, corrected }: KeptAttempt): Attempt {
  return { id, n, recipient, state, claimedAt, dialledAt, dueAt, endedAt, outcome, givenUp, corrected };
}
