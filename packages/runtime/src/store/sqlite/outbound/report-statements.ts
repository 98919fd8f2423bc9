import { checkHours, checkImport, demandRows } from '../../outbound/check-outbound.ts';
import {
  ATTEMPT_COLUMNS,
  type AttemptRow,
  conditionsOf,
  RECIPIENT_COLUMNS,
  type RecipientCountRow,
  type RecipientRow,
  toAttempt,
  toRecipientCount,
  toRecipientPage,
  toZoneWindow,
  type WindowRow,
} from '../../outbound/outbound-rows.ts';
import type { Attempt, AttemptCount, ImportRow, RecipientCount, ZoneWindow } from '../../outbound/outbound-reports.ts';
import type { CampaignStatus, RecipientPage, RecipientQuery } from '../../outbound/outbound-store.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import type { Prepared } from './prepared.ts';

const ATTEMPTS = `SELECT ${ATTEMPT_COLUMNS.join(', ')} FROM attempts`;

/** What operators look at of campaigns in SQLite. Each method runs inside a transaction of `GroupCommit`. */
export class ReportStatements {
  readonly #sql: Prepared;

  constructor(sql: Prepared) {
    this.#sql = sql;
  }

  recipients(campaign: string, { after, limit, find }: RecipientQuery): RecipientPage {
    demandRows('recipients.limit', limit, 1);
    const conditions = conditionsOf(find);
    // Which index suits is known here, and SQLite has no statistics to find out.
    const index = find === undefined ? 'page' : 'key' in find ? 'key' : 'state' in find ? 'state' : 'outcome';
    const also = conditions.map(([column]) => (index === 'outcome' && column === 'state' ? " AND state = 'ended'" : ` AND ${column} = ?`));
    const values = conditions.filter(([column]) => !(index === 'outcome' && column === 'state')).map(([, value]) => value);
    const text = `SELECT ${RECIPIENT_COLUMNS.join(', ')} FROM recipients INDEXED BY recipients_${index}
      WHERE campaign = ?${also.join('')} AND number > ? ORDER BY number LIMIT ?`;
    return toRecipientPage(this.#sql.all<RecipientRow>(text, toStored(campaign), ...values, after ?? 0, limit + 1), limit);
  }

  recipientCounts(campaign: string): RecipientCount[] {
    const text = 'SELECT zone, state, outcome, count FROM recipient_counts WHERE campaign = ? AND count > 0';
    return this.#sql.all<RecipientCountRow>(text, toStored(campaign)).map(toRecipientCount);
  }

  attemptCounts(campaign: string, between: { readonly from: number; readonly to: number }): AttemptCount[] {
    checkHours(between);
    const text = 'SELECT hour, outcome, count FROM attempt_counts WHERE campaign = ? AND hour >= ? AND hour < ? AND count > 0';
    const rows = this.#sql.all<AttemptCount>(text, toStored(campaign), between.from, between.to);
    return rows.map(({ hour, outcome, count }) => ({ hour, outcome: fromStored(outcome), count }));
  }

  attempts(recipient: number): Attempt[] {
    return this.#sql.all<AttemptRow>(`${ATTEMPTS} INDEXED BY attempts_recipient WHERE recipient = ? ORDER BY n`, recipient).map(toAttempt);
  }

  openAttempts(campaign: string, limit: number): Attempt[] {
    demandRows('openAttempts.limit', limit, 1);
    const text = `${ATTEMPTS} INDEXED BY attempts_open WHERE lane = (SELECT lane FROM campaigns WHERE id = ?1) AND campaign = ?1 AND ended_at IS NULL
      ORDER BY due_at LIMIT ?2`;
    return this.#sql.all<AttemptRow>(text, toStored(campaign), limit).map(toAttempt);
  }

  windows(campaign: string): ZoneWindow[] {
    const first = (rank: number): string => `SELECT (SELECT due_at FROM recipients INDEXED BY recipients_due
      WHERE campaign = windows.campaign AND zone = windows.zone AND rank = ${rank} AND state = 'waiting' ORDER BY due_at LIMIT 1) AS due_at`;
    const text = `SELECT zone, opens_at, closes_at, (SELECT min(due_at) FROM (${[0, 1, 2].map(first).join(' UNION ALL ')})) AS due_at
      FROM windows WHERE campaign = ? ORDER BY zone`;
    return this.#sql.all<WindowRow>(text, toStored(campaign)).map(toZoneWindow);
  }

  putImport(campaign: string, row: ImportRow): void {
    checkImport(row);
    const text = `INSERT INTO imports (campaign, name, at, data) SELECT id, ?, ?, ? FROM campaigns WHERE id = ?
      ON CONFLICT (campaign, name) DO UPDATE SET at = excluded.at, data = excluded.data`;
    this.#sql.run(text, toStored(row.name), row.at, toStored(row.data), toStored(campaign));
  }

  imports(campaign: string): ImportRow[] {
    const rows = this.#sql.all<ImportRow>(
      'SELECT name, at, data FROM imports WHERE campaign = ? ORDER BY at DESC, name',
      toStored(campaign),
    );
    return rows.map(({ name, at, data }) => ({ name: fromStored(name), at, data: fromStored(data) }));
  }

  /** Begins to delete a campaign that was never started. */
  beginDelete(campaign: string): 'deleting' | 'unknown' | 'begun' {
    const id = toStored(campaign);
    const status = this.#sql.one<{ status: CampaignStatus }>('SELECT status FROM campaigns WHERE id = ?', id)?.status;
    if (status === undefined) return 'unknown';
    if (status !== 'draft' && status !== 'deleting') return 'begun';
    this.#sql.run("UPDATE campaigns SET status = 'deleting' WHERE id = ?", id);
    return 'deleting';
  }

  /** Deletes some of the recipients of a campaign that is being deleted, and the campaign with the last of them; says whether that was so. */
  deleteSome(campaign: string, limit: number): boolean {
    const id = toStored(campaign);
    const text = `DELETE FROM recipients WHERE number IN (SELECT number FROM recipients INDEXED BY recipients_page WHERE campaign = ? ORDER BY number LIMIT ?)
      AND (SELECT status FROM campaigns WHERE id = ?) = 'deleting'`;
    if (this.#sql.run(text, id, limit, id) === limit) return false;
    for (const table of ['windows', 'imports', 'recipient_counts', 'attempt_counts'])
      this.#sql.run(`DELETE FROM ${table} WHERE campaign = ?`, id);
    this.#sql.run('DELETE FROM paces WHERE id = ?', `campaign/${id}`);
    this.#sql.run("DELETE FROM campaigns WHERE id = ? AND status = 'deleting'", id);
    return true;
  }
}
