import { checkStops } from '../../outbound/check-outbound.ts';
import type { OutboundChange, OutboundStore } from '../../outbound/outbound-store.ts';
import type { Database } from '../driver.ts';
import { AttemptStatements } from './attempt-statements.ts';
import { CampaignStatements } from './campaign-statements.ts';
import { PersonStatements } from './person-statements.ts';
import { Prepared } from './prepared.ts';
import { ReportStatements } from './report-statements.ts';

/** Recipients that are deleted, or people that are suppressed, in one transaction, during which the process does nothing else. */
const STEP = 200;

/** What changes campaigns in a SQLite store, inside of transactions. */
export class OutboundStatements {
  readonly campaigns: CampaignStatements;
  readonly attempts: AttemptStatements;
  readonly people: PersonStatements;
  readonly reports: ReportStatements;

  constructor(database: Database) {
    const sql = new Prepared(database);
    this.campaigns = new CampaignStatements(sql);
    this.people = new PersonStatements(sql);
    this.reports = new ReportStatements(sql);
    this.attempts = new AttemptStatements(sql, this.people);
  }

  /** What changes with a call. */
  commit({ end, stops = [] }: OutboundChange, now: number): void {
    if (end !== undefined) this.attempts.end(end, now);
    for (const stop of stops) this.people.stop(stop, now);
  }
}

/** How a SQLite store reads and writes. */
export interface SqliteWork {
  read<T>(operation: string, read: (statements: OutboundStatements) => T): Promise<T>;
  write<T>(operation: string, work: (statements: OutboundStatements) => T): Promise<T>;
  readonly now: () => number;
}

/** Campaigns of the SQLite store: its clock is the machine's, as nobody else's process writes to the file. */
export function sqliteOutbound({ read, write, now: clock }: SqliteWork): OutboundStore {
  const at = (now: number | null): number => now ?? clock();
  return {
    now: () => read('outbound.now', clock),
    putLane: (lane) => write('outbound.putLane', ({ campaigns }) => campaigns.putLane(lane)),
    lanes: () => read('outbound.lanes', ({ campaigns }) => campaigns.lanes()),
    addCampaign: (campaign) => write('outbound.addCampaign', ({ campaigns }) => campaigns.addCampaign(campaign)),
    campaign: (id) => read('outbound.campaign', ({ campaigns }) => campaigns.campaign(id)),
    campaigns: () => read('outbound.campaigns', ({ campaigns }) => campaigns.campaigns()),
    changeCampaign: (id, change, from) => write('outbound.changeCampaign', ({ campaigns }) => campaigns.changeCampaign(id, change, from)),
    addRecipients: (campaign, rows) => write('outbound.addRecipients', ({ campaigns }) => campaigns.addRecipients(campaign, rows)),
    recipients: (campaign, page) => read('outbound.recipients', ({ reports }) => reports.recipients(campaign, page)),
    staleWindows: (now, limit) => read('outbound.staleWindows', ({ campaigns }) => campaigns.staleWindows(at(now), limit)),
    setWindow: (campaign, zone, window) => write('outbound.setWindow', ({ campaigns }) => campaigns.setWindow(campaign, zone, window)),
    claim: (request, now) => write('outbound.claim', ({ attempts }) => attempts.claim(request, at(now))),
    pace: (request, now) => write('outbound.pace', ({ campaigns }) => campaigns.pace(request, at(now))),
    dial: (request, now) => write('outbound.dial', ({ attempts }) => attempts.dial(request, at(now))),
    placed: (attempt, patience, now) => write('outbound.placed', ({ attempts }) => attempts.placed(attempt, at(now) + patience)),
    unknown: (attempt) => write('outbound.unknown', ({ attempts }) => attempts.unknown(attempt)),
    end: (end, now) => write('outbound.end', ({ attempts }) => attempts.end(end, at(now))),
    overdue: (now, limit) => read('outbound.overdue', ({ attempts }) => attempts.overdue(at(now), limit)),
    expire: (now, limit) => write('outbound.expire', ({ attempts }) => attempts.expire(at(now), limit)),
    suppress: async (stops, now) => {
      checkStops('suppress', stops);
      const underWay: string[] = [];
      for (let first = 0; first < stops.length || first === 0; first += STEP) {
        const some = stops.slice(first, first + STEP);
        underWay.push(...(await write('outbound.suppress', ({ people }) => people.suppress(some, at(now)))));
      }
      return [...new Set(underWay)];
    },
    unsuppress: (stop) => write('outbound.unsuppress', ({ people }) => people.unsuppress(stop)),
    suppressions: ({ after, limit }) => read('outbound.suppressions', ({ people }) => people.suppressions(after, limit)),
    erase: (person, now) => write('outbound.erase', ({ people }) => people.erase(person, at(now))),
    prune: async (endedBefore, limit) => {
      let pruned = 0;
      for (let more = true; more && pruned < limit;) {
        const step = Math.min(STEP, limit - pruned);
        const count = await write('outbound.prune', ({ people }) => people.prune(endedBefore, step));
        pruned += count;
        more = count === step;
      }
      return pruned;
    },
    recipientCounts: (campaign) => read('outbound.recipientCounts', ({ reports }) => reports.recipientCounts(campaign)),
    attemptCounts: (campaign, between) => read('outbound.attemptCounts', ({ reports }) => reports.attemptCounts(campaign, between)),
    attempts: (recipient) => read('outbound.attempts', ({ reports }) => reports.attempts(recipient)),
    openAttempts: (campaign, limit) => read('outbound.openAttempts', ({ reports }) => reports.openAttempts(campaign, limit)),
    windows: (campaign) => read('outbound.windows', ({ reports }) => reports.windows(campaign)),
    suppressed: (wanted) => read('outbound.suppressed', ({ people }) => people.suppressed(wanted)),
    putImport: (campaign, row) => write('outbound.putImport', ({ reports }) => reports.putImport(campaign, row)),
    imports: (campaign) => read('outbound.imports', ({ reports }) => reports.imports(campaign)),
    deleteCampaign: async (id) => {
      const begun = await write('outbound.deleteCampaign', ({ reports }) => reports.beginDelete(id));
      if (begun !== 'deleting') return begun;
      while (!(await write('outbound.deleteCampaign', ({ reports }) => reports.deleteSome(id, STEP))));
      return 'deleted';
    },
  };
}
