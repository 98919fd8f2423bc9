import { checkCampaign, checkCampaignChange, checkLane, checkRecipients, intervalOf } from '../../outbound/check-outbound.ts';
import type {
  Campaign,
  CampaignChange,
  CampaignStatus,
  CallingTime,
  Lane,
  LaneState,
  NewRecipient,
  PaceRequest,
  Permits,
  StaleWindow,
} from '../../outbound/outbound-store.ts';
import type { KeptAttempt, KeptCampaign, KeptLane, KeptRecipient, Person } from './kept.ts';

/** All that the in-memory store keeps of campaigns, and what operators do with it. */
export class Campaigns {
  readonly lanesById = new Map<string, KeptLane>();
  readonly byId = new Map<string, KeptCampaign>();
  /** By number. */
  readonly recipients = new Map<number, KeptRecipient>();
  readonly attempts = new Map<string, KeptAttempt>();
  readonly people = new Map<string, Person>();
  #added = 0;

  putLane(lane: Lane): void {
    checkLane('putLane', lane);
    this.lanesById.set(lane.id, { lane: { ...lane }, nextAt: this.lanesById.get(lane.id)?.nextAt ?? 0 });
  }

  lanes(): LaneState[] {
    const states = [...this.lanesById.values()].map(({ lane }) => ({ ...lane, open: this.open((one) => one.lane === lane.id).length }));
    return states.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  addCampaign(campaign: Campaign): 'added' | 'present' | 'unknown-lane' {
    checkCampaign(campaign);
    if (!this.lanesById.has(campaign.lane)) return 'unknown-lane';
    if (this.byId.has(campaign.id)) return 'present';
    this.byId.set(campaign.id, {
      campaign: { ...campaign },
      nextAt: 0,
      windows: new Map(),
      keys: new Set(),
      imports: new Map(),
      pruned: [],
      prunedAttempts: [],
    });
    return 'added';
  }

  campaigns(): Campaign[] {
    return [...this.byId.values()].map(({ campaign }) => campaign).reverse();
  }

  changeCampaign(id: string, change: CampaignChange, from?: readonly CampaignStatus[]): boolean {
    checkCampaignChange(change);
    const kept = this.byId.get(id);
    if (kept === undefined || from?.includes(kept.campaign.status) === false) return false;
    kept.campaign = { ...kept.campaign, ...change };
    return true;
  }

  addRecipients(campaign: string, rows: readonly NewRecipient[]): number {
    checkRecipients(rows);
    const kept = this.byId.get(campaign);
    if (kept === undefined) return 0;
    const before = this.#added;
    for (const row of rows) {
      if (kept.keys.has(row.key)) continue;
      kept.keys.add(row.key);
      if (!kept.windows.has(row.zone)) kept.windows.set(row.zone, { opensAt: 0, closesAt: 0 });
      const fresh = { state: 'waiting', rank: 1, attempts: 0, dials: 0, outcome: null, endedAt: null } as const;
      const number = ++this.#added;
      this.recipients.set(number, { campaign, row: { ...row, ...fresh, number } });
    }
    return this.#added - before;
  }

  staleWindows(now: number, limit: number): StaleWindow[] {
    const running = [...this.byId.values()].filter(({ campaign }) => campaign.status === 'running');
    return running
      .flatMap(({ campaign, windows }) =>
        [...windows].filter(([, window]) => window !== null && window.closesAt <= now).map(([zone]) => ({ campaign: campaign.id, zone })),
      )
      .slice(0, limit);
  }

  setWindow(campaign: string, zone: string, window: CallingTime | null): void {
    const windows = this.byId.get(campaign)?.windows;
    if (windows?.has(zone) === true) windows.set(zone, window === null ? null : { ...window });
  }

  pace({ lane, campaign, most, horizon }: PaceRequest, now: number): Permits {
    const paces = [this.lanesById.get(lane), this.byId.get(campaign)] as const;
    const intervals = [paces[0]?.lane.perSecond, paces[1]?.campaign.perSecond].map((rate) => intervalOf(rate ?? 1));
    const at = Math.max(now * 1_000, ...paces.map((pace) => pace?.nextAt ?? 0));
    const step = Math.max(...intervals);
    const fit = Math.floor(((now + horizon) * 1_000 - at + step) / step);
    const count = paces.includes(undefined) ? 0 : Math.max(0, Math.min(most, fit));
    if (count > 0)
      for (const [index, pace] of paces.entries()) if (pace) pace.nextAt = at + (count - 1) * step + (intervals[index] ?? step);
    return { at, step, count };
  }

  /** Attempts that have not ended. */
  open(isWanted: (attempt: KeptAttempt) => boolean): KeptAttempt[] {
    return [...this.attempts.values()].filter((attempt) => attempt.endedAt === null && isWanted(attempt));
  }

  person(key: string): Person {
    const person = this.people.get(key) ?? { stops: new Set(), stoppedAt: 0, recent: [], open: null };
    this.people.set(key, person);
    return person;
  }
}
