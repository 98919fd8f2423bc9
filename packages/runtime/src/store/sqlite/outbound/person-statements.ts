import { demandRows } from '../../outbound/check-outbound.ts';
import type { Stop, Suppression } from '../../outbound/outbound-store.ts';
import { isStopped } from '../../outbound/person.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import type { Prepared } from './prepared.ts';

interface PersonRow {
  readonly stops: string;
  readonly stopped_at: number;
  readonly recent: string;
  readonly open: string | null;
}

/** What is known of somebody. */
export interface Person {
  readonly stops: readonly string[];
  /** Dials, newest first. */
  readonly recent: readonly number[];
  /** The attempt that calls them. */
  readonly open: string | null;
}

const NOBODY: PersonRow = { stops: '[]', stopped_at: 0, recent: '[]', open: null };

/** People in SQLite: whom nobody calls any more, who was called when, who has a call. Keys are as they are stored. Each method runs inside a transaction of `GroupCommit`. */
export class PersonStatements {
  readonly #sql: Prepared;

  constructor(sql: Prepared) {
    this.#sql = sql;
  }

  find(person: string): Person | null {
    const row = this.#row(person);
    return row === undefined ? null : { stops: readList(row.stops), recent: readList(row.recent), open: row.open };
  }

  #row(person: string): PersonRow | undefined {
    return this.#sql.one<PersonRow>('SELECT stops, stopped_at, recent, open FROM people WHERE person = ?', person);
  }

  dialled(person: string, recent: readonly number[], attempt: string): void {
    const text = `INSERT INTO people (person, stops, stopped_at, recent, open) VALUES (?, '[]', 0, ?, ?)
      ON CONFLICT (person) DO UPDATE SET recent = excluded.recent, open = excluded.open`;
    this.#sql.run(text, person, JSON.stringify(recent), attempt);
  }

  freed(person: string, attempt: string): void {
    this.#sql.run('UPDATE people SET open = NULL WHERE person = ? AND open = ?', person, attempt);
  }

  /** Notes that nobody calls them any more. */
  stop({ person, scope }: Stop, now: number): void {
    const key = toStored(person);
    const { stops } = this.#row(key) ?? NOBODY;
    const known: readonly string[] = readList(stops);
    if (known.includes(scope)) return;
    const text = `INSERT INTO people (person, stops, stopped_at, recent) VALUES (?, ?, ?, '[]')
      ON CONFLICT (person) DO UPDATE SET stops = excluded.stops, stopped_at = excluded.stopped_at`;
    this.#sql.run(text, key, JSON.stringify([...known, scope].sort()), now);
  }

  /** The same, and ends those who wait; says which attempts are open. */
  suppress(stops: readonly Stop[], now: number): string[] {
    const underWay: string[] = [];
    for (const stop of stops) {
      this.stop(stop, now);
      const key = toStored(stop.person);
      const person = this.find(key);
      const waiting = this.#sql.all<{ number: number; topic: string }>(
        `SELECT recipients.number, campaigns.topic FROM recipients INDEXED BY recipients_person JOIN campaigns ON campaigns.id = recipients.campaign
          WHERE recipients.person = ? AND recipients.state = 'waiting'`,
        key,
      );
      for (const { number, topic } of waiting)
        if (isStopped(person?.stops ?? [], fromStored(topic)))
          this.#sql.run("UPDATE recipients SET state = 'ended', outcome = 'suppressed', ended_at = ? WHERE number = ?", now, number);
      underWay.push(...this.#open(key, person?.stops ?? []));
    }
    return [...new Set(underWay)];
  }

  #open(person: string, stops: readonly string[]): string[] {
    const open = this.#sql.all<{ id: string; topic: string }>(
      `SELECT attempts.id, campaigns.topic FROM recipients INDEXED BY recipients_person CROSS JOIN attempts INDEXED BY attempts_recipient
        ON attempts.recipient = recipients.number JOIN campaigns ON campaigns.id = attempts.campaign
        WHERE recipients.person = ? AND recipients.state = 'calling' AND attempts.ended_at IS NULL`,
      person,
    );
    return open.filter(({ topic }) => isStopped(stops, fromStored(topic))).map(({ id }) => fromStored(id));
  }

  unsuppress({ person, scope }: Stop): boolean {
    const key = toStored(person);
    const known: readonly string[] = readList((this.#row(key) ?? NOBODY).stops);
    if (!known.includes(scope)) return false;
    this.#sql.run('UPDATE people SET stops = ? WHERE person = ?', JSON.stringify(known.filter((one) => one !== scope)), key);
    return true;
  }

  suppressions(after: string | null, limit: number): Suppression[] {
    demandRows('suppressions.limit', limit, 1);
    const rows = this.#sql.all<PersonRow & { person: string }>(
      "SELECT person, stops, stopped_at FROM people INDEXED BY people_stopped WHERE stops <> '[]' AND person > ? ORDER BY person LIMIT ?",
      ...[after === null ? '' : toStored(after), limit],
    );
    return rows.map(toSuppression);
  }

  /** Those of some people whom somebody may not call. */
  suppressed(people: readonly string[]): Suppression[] {
    demandRows('suppressed', people.length);
    const rows = this.#sql.all<PersonRow & { person: string }>(
      "SELECT person, stops, stopped_at FROM people WHERE person IN (SELECT value FROM json_each(?)) AND stops <> '[]'",
      JSON.stringify(people.map(toStored)),
    );
    return rows.map(toSuppression);
  }

  erase(person: string, now: number): number {
    return this.#sql.run(
      `UPDATE recipients SET phone = '', params = '', ended_at = CASE WHEN state = 'waiting' THEN ?1 ELSE ended_at END,
        outcome = CASE WHEN state = 'waiting' THEN 'erased' ELSE outcome END, state = CASE WHEN state = 'waiting' THEN 'ended' ELSE state END
        WHERE person = ?2 AND phone <> ''`,
      ...[now, toStored(person)],
    );
  }

  prune(endedBefore: number, limit: number): number {
    const gone = this.#sql.all<{ number: number; person: string }>(
      "SELECT number, person FROM recipients INDEXED BY recipients_ended WHERE state = 'ended' AND ended_at < ? ORDER BY ended_at LIMIT ?",
      ...[endedBefore, limit],
    );
    for (const { number, person } of gone) {
      this.#sql.run('DELETE FROM attempts WHERE recipient = ?', number);
      this.#sql.run('DELETE FROM recipients WHERE number = ?', number);
      this.#sql.run(
        "DELETE FROM people WHERE person = ? AND open IS NULL AND stops = '[]' AND coalesce(json_extract(recent, '$[0]'), 0) < ?",
        ...[person, endedBefore],
      );
    }
    return gone.length;
  }
}

function toSuppression({ person, stops, stopped_at }: PersonRow & { readonly person: string }): Suppression {
  return { person: fromStored(person), scopes: readList(stops), at: stopped_at };
}

function readList<T>(text: string): readonly T[] {
  return JSON.parse(text) as readonly T[];
}
