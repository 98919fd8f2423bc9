import { BUSY_PAUSE, checkCaps, checkEnd, EXTRA } from '../../outbound/check-outbound.ts';
import { attemptId, RECIPIENT_COLUMNS, type RecipientRow, toRecipient } from '../../outbound/outbound-rows.ts';
import type { AttemptEnd, AttemptState, Claimed, ClaimRequest, Dial, DialRequest, OverdueAttempt } from '../../outbound/outbound-store.ts';
import { freeAt, isStopped, withDial } from '../../outbound/person.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import type { PersonStatements } from './person-statements.ts';
import type { Prepared } from './prepared.ts';

/** Recipients of one zone and rank that are due. */
export const DUE = `SELECT ${RECIPIENT_COLUMNS.join(', ')} FROM recipients INDEXED BY recipients_due
  WHERE campaign = ? AND zone = ? AND rank = ? AND state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?`;
/** How many attempts are open of a lane, of a campaign, and of those which were not dialled. */
export const OPEN = `SELECT count(*) AS lane, coalesce(sum(campaign = ?), 0) AS campaign, coalesce(sum(campaign = ? AND state = 'claimed'), 0) AS claimed
  FROM attempts INDEXED BY attempts_open WHERE lane = ? AND ended_at IS NULL`;
const RANKS = [0, 1, 2];

interface Due extends RecipientRow {
  readonly closes_at: number;
}

/** An attempt, and what the last look at it has to know. */
interface Looked {
  readonly recipient: number;
  readonly person: string;
  readonly topic: string;
  readonly status: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly opens_at: number | null;
  readonly closes_at: number | null;
}

/** Claims, dials and ends in SQLite. Each method runs inside a transaction of `GroupCommit`, so that nothing happens between its statements. */
export class AttemptStatements {
  readonly #sql: Prepared;
  readonly #people: PersonStatements;

  constructor(sql: Prepared, people: PersonStatements) {
    this.#sql = sql;
    this.#people = people;
  }

  claim(request: ClaimRequest, now: number): Claimed[] {
    checkCaps('claim', request.caps);
    const { most, ahead, margin, caps } = request;
    const [lane, campaign] = [toStored(request.lane), toStored(request.campaign)];
    const may = this.#sql.one<{ slots: number; topic: string; lane_slots: number }>(
      `SELECT campaigns.slots, campaigns.topic, lanes.slots AS lane_slots FROM campaigns JOIN lanes ON lanes.id = campaigns.lane
        WHERE campaigns.id = ? AND campaigns.lane = ? AND campaigns.status = 'running' AND starts_at <= ? AND ends_at > ?`,
      ...[campaign, lane, now, now + margin],
    );
    if (may === undefined) return [];
    const open = this.#sql.one<{ lane: number; campaign: number; claimed: number }>(OPEN, campaign, campaign, lane);
    const { lane: ofLane, campaign: own, claimed: notDialled } = open ?? { lane: 0, campaign: 0, claimed: 0 };
    const room = Math.min(most, may.lane_slots - ofLane, may.slots - own, ahead - notDialled);
    const claimed: Claimed[] = [];
    const people = new Set<string>();
    for (const row of room > 0 ? this.#due(campaign, now, margin, room + EXTRA) : []) {
      const person = this.#people.find(row.person);
      const free = person === null ? 0 : person.open === null ? freeAt(person.recent, caps, now) : now + BUSY_PAUSE;
      if (person !== null && isStopped(person.stops, fromStored(may.topic))) this.#endWaiting(row.number, 'suppressed', now);
      else if (free > now) this.#sql.run('UPDATE recipients SET due_at = ? WHERE number = ?', free, row.number);
      else if (claimed.length < room && !people.has(row.person)) {
        people.add(row.person);
        claimed.push(this.#attempt(row, request, now));
      }
    }
    return claimed;
  }

  #due(campaign: string, now: number, margin: number, limit: number): Due[] {
    const zones = this.#sql.all<{ zone: string; closes_at: number }>(
      'SELECT zone, closes_at FROM windows WHERE campaign = ? AND opens_at <= ? AND closes_at > ?',
      ...[campaign, now, now + margin],
    );
    const due = zones.flatMap(({ zone, closes_at }) =>
      RANKS.flatMap((rank) => this.#sql.all<RecipientRow>(DUE, campaign, zone, rank, now, limit).map((row) => ({ ...row, closes_at }))),
    );
    return due.sort((a, b) => a.rank - b.rank || a.due_at - b.due_at || a.closes_at - b.closes_at).slice(0, limit);
  }

  #attempt(row: RecipientRow, { campaign, lane, worker, lease }: ClaimRequest, now: number): Claimed {
    const n = row.attempts + 1;
    const attempt = attemptId(campaign, row.number, n);
    this.#sql.run("UPDATE recipients SET state = 'calling', attempts = ? WHERE number = ?", n, row.number);
    this.#sql.run(
      `INSERT INTO attempts (id, recipient, n, campaign, lane, person, state, worker, due_at, claimed_at, given_up, corrected) VALUES (?, ?, ?, ?, ?, ?, 'claimed', ?, ?, ?, 0, 0)`,
      ...[attempt, row.number, n, campaign, toStored(lane), row.person, toStored(worker), now + lease, now],
    );
    return { attempt, recipient: toRecipient({ ...row, state: 'calling', attempts: n }) };
  }

  dial({ attempt, worker, permit, margin, ring, patience, caps }: DialRequest, now: number): Dial {
    checkCaps('dial', caps);
    const id = toStored(attempt);
    const looked = this.#sql.one<Looked>(
      `SELECT attempts.recipient, attempts.person, topic, status, starts_at, ends_at, opens_at, closes_at FROM attempts
        JOIN campaigns ON campaigns.id = attempts.campaign JOIN recipients ON recipients.number = attempts.recipient
        LEFT JOIN windows ON windows.campaign = recipients.campaign AND windows.zone = recipients.zone
        WHERE attempts.id = ? AND attempts.state = 'claimed' AND attempts.worker = ? AND attempts.due_at > ? AND attempts.ended_at IS NULL
          AND recipients.phone <> ''`,
      ...[id, toStored(worker), now],
    );
    if (looked === undefined) return { verdict: 'gone' };
    const { status, starts_at, ends_at, opens_at, closes_at } = looked;
    if (status !== 'running' || starts_at > now || ends_at <= now + margin) return { verdict: 'paused' };
    if (opens_at === null || closes_at === null || opens_at > now || closes_at <= now + margin) return { verdict: 'window' };
    const person = this.#people.find(looked.person) ?? { stops: [], recent: [], open: null };
    if (isStopped(person.stops, fromStored(looked.topic))) return { verdict: 'suppressed' };
    if (person.open !== null) return { verdict: 'busy', freeAt: now + BUSY_PAUSE };
    const free = freeAt(person.recent, caps, now);
    if (free > now) return { verdict: 'capped', freeAt: free };
    const validUntil = Math.min(now + ring, closes_at, ends_at);
    this.#people.dialled(looked.person, withDial(person.recent, permit), id);
    this.#sql.run('UPDATE recipients SET dials = dials + 1 WHERE number = ?', looked.recipient);
    this.#sql.run("UPDATE attempts SET state = 'dialled', permit_us = ?, due_at = ? WHERE id = ?", permit, validUntil + patience, id);
    return { verdict: 'granted', validUntil };
  }

  placed(attempt: string, dueAt: number): boolean {
    const text = "UPDATE attempts SET state = 'placed', due_at = ? WHERE id = ? AND state IN ('dialled', 'unknown') AND ended_at IS NULL";
    return this.#sql.run(text, dueAt, toStored(attempt)) > 0;
  }

  unknown(attempt: string): boolean {
    const text = "UPDATE attempts SET state = 'unknown' WHERE id = ? AND state = 'dialled' AND ended_at IS NULL";
    return this.#sql.run(text, toStored(attempt)) > 0;
  }

  end(end: AttemptEnd, now: number): 'ended' | 'corrected' | 'known' {
    checkEnd('end', end);
    const { next, maxDials, maxAttempts, givenUp = false, only = null } = end;
    const [id, outcome] = [toStored(end.attempt), toStored(end.outcome)];
    const [ended] = this.#sql.all<{ recipient: number; n: number; person: string }>(
      `UPDATE attempts SET ended_at = ?, outcome = ?, given_up = ? WHERE id = ? AND ended_at IS NULL AND (? IS NULL OR state = ?) RETURNING recipient, n, person`,
      ...[now, outcome, givenUp ? 1 : 0, id, only, only],
    );
    if (ended === undefined) return only === null && !givenUp ? this.#correct(id, outcome, next === null, now) : 'known';
    const dueAt = next === null ? null : 'at' in next ? next.at : now + next.in;
    this.#sql.run(
      `UPDATE recipients SET outcome = ?1, rank = ?2, due_at = coalesce(?3, due_at),
        state = CASE WHEN ?3 IS NULL OR phone = '' OR dials >= ?4 OR attempts >= ?5 THEN 'ended' ELSE 'waiting' END,
        ended_at = CASE WHEN ?3 IS NULL OR phone = '' OR dials >= ?4 OR attempts >= ?5 THEN ?6 END
        WHERE number = ?7 AND attempts = ?8`,
      ...[outcome, next?.rank ?? 1, dueAt, maxDials, maxAttempts, now, ended.recipient, ended.n],
    );
    this.#people.freed(ended.person, id);
    return 'ended';
  }

  #correct(id: string, outcome: string, isForGood: boolean, now: number): 'corrected' | 'known' {
    const [known] = this.#sql.all<{ recipient: number; n: number }>(
      'UPDATE attempts SET outcome = ?, given_up = 0, corrected = 1 WHERE id = ? AND ended_at IS NOT NULL AND given_up = 1 RETURNING recipient, n',
      ...[outcome, id],
    );
    if (known === undefined) return 'known';
    if (isForGood)
      this.#sql.run(
        "UPDATE recipients SET state = 'ended', outcome = ?, ended_at = coalesce(ended_at, ?) WHERE number = ? AND attempts = ?",
        ...[outcome, now, known.recipient, known.n],
      );
    return 'corrected';
  }

  #endWaiting(number: number, outcome: string, now: number): void {
    this.#sql.run("UPDATE recipients SET state = 'ended', outcome = ?, ended_at = ? WHERE number = ?", outcome, now, number);
  }

  overdue(now: number, limit: number): OverdueAttempt[] {
    const late = this.#sql.all<{ id: string; state: AttemptState; campaign: string; dials: number; attempts: number }>(
      `SELECT attempts.id, attempts.state, attempts.campaign, dials, recipients.attempts AS attempts
        FROM attempts INDEXED BY attempts_due JOIN recipients ON recipients.number = attempts.recipient
        WHERE attempts.ended_at IS NULL AND attempts.due_at <= ? ORDER BY attempts.due_at LIMIT ?`,
      ...[now, limit],
    );
    return late.map(({ id, ...rest }) => ({ attempt: fromStored(id), ...rest }));
  }

  expire(now: number, limit: number): number {
    return this.#sql.run(
      `UPDATE recipients SET state = 'ended', ended_at = ?1, outcome = (SELECT CASE WHEN status = 'cancelled' THEN 'cancelled' WHEN ends_at <= ?1 THEN 'expired' ELSE 'no-window' END
        FROM campaigns WHERE campaigns.id = recipients.campaign)
        WHERE number IN (SELECT waiting.number FROM campaigns CROSS JOIN windows ON windows.campaign = campaigns.id CROSS JOIN recipients AS waiting INDEXED BY recipients_due
          ON waiting.campaign = windows.campaign AND waiting.zone = windows.zone
          WHERE waiting.state = 'waiting' AND (windows.closes_at IS NULL OR campaigns.ends_at <= ?1 OR campaigns.status = 'cancelled') LIMIT ?2)`,
      ...[now, limit],
    );
  }
}
