import type { Value } from '../../call-row.ts';
import { checkCampaign, checkCampaignChange, checkLane, checkRecipients, intervalOf } from '../../outbound/check-outbound.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignValues, newRecipientValues, toCampaign } from '../../outbound/outbound-rows.ts';
import type {
  CallingTime,
  Campaign,
  CampaignChange,
  CampaignStatus,
  Lane,
  LaneState,
  NewRecipient,
  PaceRequest,
  Permits,
  StaleWindow,
} from '../../outbound/outbound-store.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import type { Prepared } from './prepared.ts';

interface Pace {
  readonly step_us: number;
  readonly next_us: number;
}

const SELECT_CAMPAIGN = `SELECT ${CAMPAIGN_COLUMNS.join(', ')} FROM campaigns`;

/** Lanes, campaigns, windows and recipients in SQLite, as operators and imports change them. Each method runs inside a transaction of `GroupCommit`. */
export class CampaignStatements {
  readonly #sql: Prepared;

  constructor(sql: Prepared) {
    this.#sql = sql;
  }

  putLane(lane: Lane): void {
    checkLane('putLane', lane);
    const id = toStored(lane.id);
    this.#sql.run(
      'INSERT INTO lanes (id, slots, per_second) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, per_second = excluded.per_second',
      ...[id, lane.slots, lane.perSecond],
    );
    this.#putPace(`lane/${id}`, lane.perSecond);
  }

  #putPace(id: string, perSecond: number): void {
    const text = 'INSERT INTO paces (id, step_us, next_us) VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE SET step_us = excluded.step_us';
    this.#sql.run(text, id, intervalOf(perSecond));
  }

  lanes(): LaneState[] {
    const rows = this.#sql.all<{ id: string; slots: number; per_second: number; open: number }>(`SELECT id, slots, per_second,
      (SELECT count(*) FROM attempts WHERE attempts.lane = lanes.id AND ended_at IS NULL) AS open FROM lanes ORDER BY id`);
    return rows.map(({ id, slots, per_second, open }) => ({ id: fromStored(id), slots, perSecond: per_second, open }));
  }

  addCampaign(campaign: Campaign): 'added' | 'present' | 'unknown-lane' {
    checkCampaign(campaign);
    if (this.#sql.one('SELECT 1 FROM lanes WHERE id = ?', toStored(campaign.lane)) === undefined) return 'unknown-lane';
    const marks = CAMPAIGN_COLUMNS.map(() => '?').join(', ');
    const text = `INSERT INTO campaigns (${CAMPAIGN_COLUMNS.join(', ')}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`;
    if (this.#sql.run(text, ...campaignValues(campaign)) === 0) return 'present';
    this.#putPace(`campaign/${campaign.id}`, campaign.perSecond);
    return 'added';
  }

  campaign(id: string): Campaign | null {
    const row = this.#sql.one<CampaignRow>(`${SELECT_CAMPAIGN} WHERE id = ?`, toStored(id));
    return row === undefined ? null : toCampaign(row);
  }

  campaigns(): Campaign[] {
    return this.#sql.all<CampaignRow>(`${SELECT_CAMPAIGN} ORDER BY number DESC`).map(toCampaign);
  }

  changeCampaign(id: string, change: CampaignChange, from?: readonly CampaignStatus[]): boolean {
    checkCampaignChange(change);
    const known = this.campaign(id);
    if (known === null || from?.includes(known.status) === false) return false;
    const changed = { ...known, ...change };
    const columns = CAMPAIGN_COLUMNS.map((name) => `${name} = ?`).join(', ');
    this.#sql.run(`UPDATE campaigns SET ${columns} WHERE id = ?`, ...campaignValues(changed), id);
    this.#putPace(`campaign/${id}`, changed.perSecond);
    return true;
  }

  addRecipients(campaign: string, rows: readonly NewRecipient[]): number {
    checkRecipients(rows);
    const id = toStored(campaign);
    if (this.campaign(campaign) === null) return 0;
    for (const zone of new Set(rows.map((row) => toStored(row.zone))))
      this.#sql.run('INSERT INTO windows (campaign, zone, opens_at, closes_at) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING', id, zone);
    const text = `INSERT INTO recipients (campaign, key, person, phone, zone, due_at, params, state, rank, attempts, dials)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 1, 0, 0) ON CONFLICT (campaign, key) DO NOTHING`;
    return rows.reduce((added, row) => added + this.#sql.run(text, id, ...newRecipientValues(row)), 0);
  }

  staleWindows(now: number, limit: number): StaleWindow[] {
    const text = `SELECT campaign, zone FROM campaigns CROSS JOIN windows ON windows.campaign = campaigns.id
      WHERE campaigns.status = 'running' AND windows.closes_at <= ? LIMIT ?`;
    return this.#sql
      .all<StaleWindow>(text, now, limit)
      .map(({ campaign, zone }) => ({ campaign: fromStored(campaign), zone: fromStored(zone) }));
  }

  setWindow(campaign: string, zone: string, window: CallingTime | null): void {
    const values: Value[] = [window?.opensAt ?? null, window?.closesAt ?? null, toStored(campaign), toStored(zone)];
    this.#sql.run('UPDATE windows SET opens_at = ?, closes_at = ? WHERE campaign = ? AND zone = ?', ...values);
  }

  pace({ lane, campaign, most, horizon }: PaceRequest, now: number): Permits {
    const ids = [`lane/${toStored(lane)}`, `campaign/${toStored(campaign)}`];
    const paces = ids.map((id) => this.#sql.one<Pace>('SELECT step_us, next_us FROM paces WHERE id = ?', id));
    const known = paces.filter((pace) => pace !== undefined);
    const at = Math.max(now * 1_000, ...known.map(({ next_us }) => next_us));
    const step = Math.max(1, ...known.map(({ step_us }) => step_us));
    const fit = Math.floor(((now + horizon) * 1_000 - at + step) / step);
    const count = known.length < ids.length ? 0 : Math.max(0, Math.min(most, fit));
    for (const [index, id] of count > 0 ? ids.entries() : [])
      this.#sql.run('UPDATE paces SET next_us = ? WHERE id = ?', at + (count - 1) * step + (known[index]?.step_us ?? step), id);
    return { at, step, count };
  }
}
