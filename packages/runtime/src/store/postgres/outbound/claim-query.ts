import { ALL, BUSY_PAUSE, EXTRA } from '../../outbound/check-outbound.ts';
import { RECIPIENT_COLUMNS } from '../../outbound/outbound-rows.ts';
import type { ClaimRequest, PaceRequest } from '../../outbound/outbound-store.ts';
import { toStored } from '../../stored-text.ts';
import type { Statement } from '../parameters.ts';
import { moment } from './moment.ts';

/**
 * One statement, in which whoever has the lane's row is alone in claiming for that lane. A row that somebody holds is passed over; and one whose revision is newer than the one
 * that this statement sees, too: open attempts are counted as the statement sees them, and must be those of the newest claim.
 * What was picked is looked up by keys and never joined: Postgres does not know how few rows it is, and might read everybody.
 */
export function claimQuery(table: (name: string) => string, request: ClaimRequest, now: number | null): Statement {
  const { lane, campaign, worker, most, ahead, lease, margin, caps } = request;
  const open = `SELECT count(*) FROM ${table('attempts')} AS a WHERE a.lane = $1 AND a.ended_at IS NULL`;
  const text = `WITH clock AS MATERIALIZED (SELECT ${moment('$3')} AS at),
lane AS MATERIALIZED (SELECT l.slots FROM ${table('lanes')} AS l
  WHERE l.id = $1 AND l.revision = (SELECT seen.revision FROM ${table('lanes')} AS seen WHERE seen.id = $1) FOR NO KEY UPDATE SKIP LOCKED),
camp AS MATERIALIZED (SELECT c.slots, c.topic FROM ${table('campaigns')} AS c, clock
  WHERE c.id = $2 AND c.lane = $1 AND c.status = 'running' AND c.starts_at <= clock.at AND c.ends_at > clock.at + $8::bigint),
room AS MATERIALIZED (SELECT camp.topic, greatest(0, least($5::bigint, lane.slots - (${open}), camp.slots - (${open} AND a.campaign = $2),
  $4::bigint - (${open} AND a.campaign = $2 AND a.state = 'claimed'))) AS k FROM lane, camp),
due AS MATERIALIZED (SELECT picked.number, picked.person, picked.rank, picked.due_at, w.closes_at
  FROM room, clock, ${table('windows')} AS w, (VALUES (0), (1), (2)) AS ranks (rank), LATERAL (
    SELECT r.number, r.person, r.rank, r.due_at FROM ${table('recipients')} AS r
    WHERE r.campaign = $2 AND r.zone = w.zone AND r.rank = ranks.rank AND r.state = 'waiting' AND r.due_at <= (SELECT at FROM clock)
    ORDER BY r.due_at LIMIT (SELECT k + ${EXTRA} FROM room) FOR NO KEY UPDATE SKIP LOCKED) AS picked
  WHERE room.k > 0 AND w.campaign = $2 AND w.opens_at <= clock.at AND w.closes_at > clock.at + $8::bigint
  ORDER BY picked.rank, picked.due_at, w.closes_at LIMIT (SELECT k + ${EXTRA} FROM room)),
judged AS MATERIALIZED (SELECT due.*, coalesce(p.stops && ARRAY['${ALL}', room.topic], false) AS stopped,
    CASE WHEN p.person IS NULL THEN 0 WHEN p.open IS NOT NULL THEN clock.at + ${BUSY_PAUSE}
      ELSE ${table('outbound_free_at')}(p.recent, $9::integer[], $10::bigint[], clock.at) END AS free_at,
    row_number() OVER (PARTITION BY due.person ORDER BY due.rank, due.due_at, due.number) AS twin
  FROM due CROSS JOIN room CROSS JOIN clock LEFT JOIN LATERAL (
    SELECT who.person, who.stops, who.recent, who.open FROM ${table('people')} AS who WHERE who.person = due.person LIMIT 1) AS p ON true),
chosen AS MATERIALIZED (SELECT number, row_number() OVER (ORDER BY rank, due_at, closes_at, number) AS place FROM judged, clock
  WHERE NOT stopped AND free_at <= clock.at AND twin = 1 ORDER BY rank, due_at, closes_at, number LIMIT (SELECT k FROM room)),
skipped AS (UPDATE ${table('recipients')} AS r SET state = 'ended', outcome = 'suppressed', ended_at = (SELECT at FROM clock)
  WHERE r.number = ANY (ARRAY(SELECT number FROM judged WHERE stopped))),
moved AS (UPDATE ${table('recipients')} AS r SET due_at = (SELECT judged.free_at FROM judged WHERE judged.number = r.number)
  WHERE r.number = ANY (ARRAY(SELECT number FROM judged, clock WHERE NOT stopped AND free_at > clock.at))),
taken AS (UPDATE ${table('recipients')} AS r SET state = 'calling', attempts = r.attempts + 1
  WHERE r.number = ANY (ARRAY(SELECT number FROM chosen)) RETURNING ${RECIPIENT_COLUMNS.map((name) => `r.${name}`).join(', ')}),
made AS (INSERT INTO ${table('attempts')} (id, recipient, n, campaign, lane, person, state, worker, due_at, claimed_at)
  SELECT $2 || '.' || number || '.' || attempts, number, attempts, $2, $1, person, 'claimed', $6, clock.at + $7::bigint, clock.at FROM taken, clock),
turned AS (UPDATE ${table('lanes')} SET revision = revision + 1 WHERE id = $1 AND EXISTS (SELECT FROM chosen))
SELECT ${RECIPIENT_COLUMNS.map((name) => `taken.${name}`).join(', ')} FROM taken JOIN chosen USING (number) ORDER BY chosen.place`;
  const who = [toStored(lane), toStored(campaign), now, ahead, most, toStored(worker), lease, margin];
  return { text, values: [...who, caps.map(({ max }) => max), caps.map(({ per }) => per)] };
}

/** Permits are taken many at once, so that the rows which all servers share are locked, through a flush to the disk, a few times a second, not once a call. */
export function paceQuery(table: (name: string) => string, { lane, campaign, most, horizon }: PaceRequest, now: number | null): Statement {
  const pace = (id: string): string => `SELECT step_us, next_us FROM ${table('paces')} WHERE id = ${id}`;
  const on = (id: string): string =>
    `UPDATE ${table('paces')} SET next_us = permits.at + (permits.count - 1) * permits.step + step_us FROM permits WHERE permits.count > 0 AND id = ${id}`;
  const text = `WITH clock AS MATERIALIZED (SELECT ${moment('$3')} AS at),
lane AS MATERIALIZED (${pace("'lane/' || $1::text")} FOR NO KEY UPDATE),
camp AS MATERIALIZED (${pace("'campaign/' || $2::text")} AND EXISTS (SELECT FROM lane) FOR NO KEY UPDATE),
turn AS MATERIALIZED (SELECT greatest(clock.at * 1000, lane.next_us, camp.next_us) AS at, greatest(lane.step_us, camp.step_us) AS step FROM lane, camp, clock),
permits AS MATERIALIZED (SELECT turn.at, step, greatest(0, least($4::bigint, ((clock.at + $5::bigint) * 1000 - turn.at + step) / step)) AS count FROM turn, clock),
lane_on AS (${on("'lane/' || $1")}),
camp_on AS (${on("'campaign/' || $2")})
SELECT at, step, count FROM permits`;
  return { text, values: [toStored(lane), toStored(campaign), now, most, horizon] };
}
