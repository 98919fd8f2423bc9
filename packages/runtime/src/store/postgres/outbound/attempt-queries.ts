import { BUSY_PAUSE, MAX_RECENT } from '../../outbound/check-outbound.ts';
import type { DialRequest, Stop } from '../../outbound/outbound-store.ts';
import { toStored } from '../../stored-text.ts';
import type { Statement } from '../parameters.ts';
import { moment } from './moment.ts';

/** Attempts and people in Postgres: a statement each. */
export function attemptQueries(table: (name: string) => string) {
  return {
    dial: ({ attempt, worker, permit, margin, ring, patience, caps }: DialRequest, now: number | null): Statement => ({
      text: `SELECT verdict, valid_until, free_at FROM ${table('outbound_dial')}($1, $2, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::integer[], $8::bigint[],
        ${MAX_RECENT}, ${BUSY_PAUSE}, $9::bigint)`,
      values: [
        toStored(attempt),
        toStored(worker),
        permit,
        margin,
        ring,
        patience,
        caps.map(({ max }) => max),
        caps.map(({ per }) => per),
        now,
      ],
    }),
    placed: (attempt: string, patience: number, now: number | null): Statement => ({
      text: `UPDATE ${table('attempts')} SET state = 'placed', due_at = ${moment('$2')} + $3::bigint
        WHERE id = $1 AND state IN ('dialled', 'unknown') AND ended_at IS NULL RETURNING n`,
      values: [toStored(attempt), now, patience],
    }),
    unknown: (attempt: string): Statement => ({
      text: `UPDATE ${table('attempts')} SET state = 'unknown' WHERE id = $1 AND state = 'dialled' AND ended_at IS NULL RETURNING n`,
      values: [toStored(attempt)],
    }),
    overdue: (now: number | null, limit: number): Statement => ({
      text: `WITH late AS MATERIALIZED (SELECT a.id, a.state, a.campaign, a.recipient, a.due_at FROM ${table('attempts')} AS a
          WHERE a.ended_at IS NULL AND a.due_at <= (SELECT ${moment('$1')}) ORDER BY a.due_at LIMIT $2)
        SELECT late.id, late.state, late.campaign, whose.dials, whose.attempts FROM late, LATERAL (
          SELECT r.dials, r.attempts FROM ${table('recipients')} AS r WHERE r.number = late.recipient LIMIT 1) AS whose ORDER BY late.due_at`,
      values: [now, limit],
    }),
    expire: (now: number | null, limit: number): Statement => ({
      text: `WITH clock AS MATERIALIZED (SELECT ${moment('$1')} AS at),
        gone AS MATERIALIZED (SELECT waiting.number, CASE WHEN c.status = 'cancelled' THEN 'cancelled' WHEN c.ends_at <= clock.at THEN 'expired' ELSE 'no-window' END AS why
          FROM clock, ${table('campaigns')} AS c, ${table('windows')} AS w, LATERAL (
            SELECT r.number FROM ${table('recipients')} AS r WHERE r.campaign = w.campaign AND r.zone = w.zone AND r.state = 'waiting'
            ORDER BY r.rank, r.due_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED) AS waiting
          WHERE w.campaign = c.id AND (w.closes_at IS NULL OR c.ends_at <= clock.at OR c.status = 'cancelled') LIMIT $2),
        ended AS (UPDATE ${table('recipients')} AS r SET state = 'ended', ended_at = (SELECT at FROM clock), outcome = (SELECT why FROM gone WHERE gone.number = r.number)
          WHERE r.number = ANY (ARRAY(SELECT number FROM gone)) RETURNING r.number)
        SELECT count(*) AS count FROM ended`,
      values: [now, limit],
    }),
    unsuppress: ({ person, scope }: Stop): Statement => ({
      text: `UPDATE ${table('people')} SET stops = array_remove(stops, $2) WHERE person = $1 AND $2 = ANY (stops) RETURNING person`,
      values: [toStored(person), toStored(scope)],
    }),
    suppressions: (after: string | null, limit: number): Statement => ({
      text: `SELECT person, array_to_json(stops)::text AS scopes, stopped_at FROM ${table('people')} WHERE stops <> '{}' AND person > $1 ORDER BY person LIMIT $2`,
      values: [after === null ? '' : toStored(after), limit],
    }),
    erase: (person: string, now: number | null): Statement => ({
      text: `UPDATE ${table('recipients')} SET phone = '', params = '', ended_at = CASE WHEN state = 'waiting' THEN ${moment('$2')} ELSE ended_at END,
          outcome = CASE WHEN state = 'waiting' THEN 'erased' ELSE outcome END, state = CASE WHEN state = 'waiting' THEN 'ended' ELSE state END
        WHERE person = $1 AND phone <> '' RETURNING number`,
      values: [toStored(person), now],
    }),
    /** Several servers may prune at once: each passes over what another one holds. */
    prune: (endedBefore: number, limit: number): Statement => ({
      text: `WITH gone AS MATERIALIZED (SELECT number, person FROM ${table('recipients')} WHERE state = 'ended' AND ended_at < $1::bigint
          ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED),
        attempts_gone AS (DELETE FROM ${table('attempts')} WHERE recipient = ANY (ARRAY(SELECT number FROM gone))),
        recipients_gone AS (DELETE FROM ${table('recipients')} WHERE number = ANY (ARRAY(SELECT number FROM gone))),
        people_gone AS (DELETE FROM ${table('people')} WHERE person = ANY (ARRAY(SELECT person FROM gone)) AND open IS NULL AND stops = '{}' AND coalesce(recent[1], 0) < $1::bigint)
        SELECT count(*) AS count FROM gone`,
      values: [endedBefore, limit],
    }),
  };
}
