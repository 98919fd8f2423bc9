import type { AttemptEnd, Stop } from '../../outbound/outbound-store.ts';
import { toStored } from '../../stored-text.ts';
import { type Column, Parameters, type Statement } from '../parameters.ts';
import { moment } from './moment.ts';

/** An end or a stop, and the id of the call in whose commit it is; '' for none. */
export interface OfCall<T> {
  readonly call: string;
  readonly given: T;
}

/**
 * Parts of a statement that end attempts and suppress people. `changed`: a table with the `id`s of calls, of which only those count; null where all do.
 * Somebody else may be changing the same attempt, recipient or person at this moment. So each row is looked for by its key alone, and everything else about it is a condition of
 * the UPDATE, which Postgres asks again of the row as it is once it has waited for it; a person's row is upserted, for the same reason. `done` has the attempts that were ended.
 */
export function ending(
  table: (name: string) => string,
  parameters: Parameters,
  {
    ends,
    stops,
    now,
    changed,
  }: {
    readonly ends: readonly OfCall<AttemptEnd>[];
    readonly stops: readonly OfCall<Stop>[];
    readonly now: number | null;
    readonly changed: string | null;
  },
): string[] {
  const of = (name: string): string => (changed === null ? '' : ` JOIN ${changed} ON ${name}.call = ${changed}.id`);
  const end = (column: string): string => `(SELECT ends.${column} FROM ends WHERE ends.attempt = a.id)`;
  const isOver = `(SELECT done.due_at IS NULL OR r.phone = '' OR r.dials >= done.max_dials OR r.attempts >= done.max_attempts FROM done WHERE done.recipient = r.number)`;
  return [
    `moment AS MATERIALIZED (SELECT ${moment(parameters.add(now))} AS at)`,
    ...(ends.length === 0
      ? []
      : [
          `ends AS MATERIALIZED (SELECT one.* FROM ${parameters.table('one', endColumns(ends))}${of('one')})`,
          `done AS (UPDATE ${table('attempts')} AS a SET ended_at = coalesce(a.ended_at, (SELECT at FROM moment)), corrected = a.ended_at IS NOT NULL,
        outcome = ${end('outcome')}, given_up = ${end('given_up')}
      WHERE a.id = ANY (ARRAY(SELECT attempt FROM ends)) AND (SELECT CASE WHEN a.ended_at IS NULL THEN ends.only_state IS NULL OR a.state = ends.only_state
        ELSE a.given_up AND NOT ends.given_up AND ends.only_state IS NULL END FROM ends WHERE ends.attempt = a.id)
      RETURNING a.id, a.recipient, a.n, a.person, a.corrected, a.outcome, ${end('rank')} AS rank, ${end('max_dials')} AS max_dials, ${end('max_attempts')} AS max_attempts,
        (SELECT coalesce(ends.due_at, moment.at + ends.due_in) FROM ends, moment WHERE ends.attempt = a.id) AS due_at)`,
          `recipients_moved AS (UPDATE ${table('recipients')} AS r SET outcome = (SELECT done.outcome FROM done WHERE done.recipient = r.number),
        state = CASE WHEN ${isOver} THEN 'ended' ELSE 'waiting' END, ended_at = CASE WHEN ${isOver} THEN coalesce(r.ended_at, (SELECT at FROM moment)) END,
        (due_at, rank) = (SELECT coalesce(done.due_at, r.due_at), done.rank FROM done WHERE done.recipient = r.number)
      WHERE r.number = ANY (ARRAY(SELECT recipient FROM done))
        AND (SELECT done.n = r.attempts AND (NOT done.corrected OR done.due_at IS NULL) FROM done WHERE done.recipient = r.number))`,
        ]),
    ...(stops.length === 0
      ? []
      : [
          `stops AS MATERIALIZED (SELECT stop.person, stop.scope FROM ${parameters.table('stop', [
            ['call', 'text', stops.map(({ call }) => toStored(call))],
            ['person', 'text', stops.map(({ given }) => toStored(given.person))],
            ['scope', 'text', stops.map(({ given }) => toStored(given.scope))],
          ])}${of('stop')})`,
        ]),
    `people_moved AS (INSERT INTO ${table('people')} AS kept (person, stops, stopped_at)
      SELECT touched.person, coalesce(array_agg(DISTINCT touched.scope COLLATE "C") FILTER (WHERE touched.scope IS NOT NULL), '{}'),
        CASE WHEN count(touched.scope) > 0 THEN (SELECT at FROM moment) ELSE 0 END
      FROM (${[...(ends.length === 0 ? [] : ['SELECT person, NULL::text AS scope FROM done']), ...(stops.length === 0 ? [] : ['SELECT person, scope FROM stops'])].join(' UNION ALL ')}) AS touched
      GROUP BY touched.person ORDER BY touched.person
      ON CONFLICT (person) DO UPDATE SET ${ends.length === 0 ? '' : 'open = CASE WHEN kept.open IN (SELECT done.id FROM done) THEN NULL ELSE kept.open END, '}
        stops = CASE WHEN kept.stops @> excluded.stops THEN kept.stops
          ELSE ARRAY(SELECT DISTINCT one.scope COLLATE "C" AS scope FROM unnest(kept.stops || excluded.stops) AS one (scope) ORDER BY scope) END,
        stopped_at = CASE WHEN kept.stops @> excluded.stops THEN kept.stopped_at ELSE excluded.stopped_at END
      RETURNING kept.person, kept.stops)`,
  ];
}

function endColumns(ends: readonly OfCall<AttemptEnd>[]): readonly Column[] {
  const column = <T>(pick: (end: AttemptEnd) => T): readonly T[] => ends.map(({ given }) => pick(given));
  return [
    ['call', 'text', ends.map(({ call }) => toStored(call))],
    ['attempt', 'text', column(({ attempt }) => toStored(attempt))],
    ['outcome', 'text', column(({ outcome }) => toStored(outcome))],
    ['due_at', 'bigint', column(({ next }) => (next !== null && 'at' in next ? next.at : null))],
    ['due_in', 'bigint', column(({ next }) => (next !== null && 'in' in next ? next.in : null))],
    ['rank', 'integer', column(({ next }) => next?.rank ?? 1)],
    ['max_dials', 'integer', column(({ maxDials }) => maxDials)],
    ['max_attempts', 'integer', column(({ maxAttempts }) => maxAttempts)],
    ['given_up', 'boolean', column(({ givenUp }) => (givenUp === true ? 'true' : 'false'))],
    ['only_state', 'text', column(({ only }) => only ?? null)],
  ];
}

/** The end of one attempt, in no call's commit. Gives whether it was a correction; no row where it had ended. */
export function endQuery(table: (name: string) => string, end: AttemptEnd, now: number | null): Statement {
  const parameters = new Parameters();
  const parts = ending(table, parameters, { ends: [{ call: '', given: end }], stops: [], now, changed: null });
  return { text: `WITH ${parts.join(',\n')}\nSELECT corrected::integer AS corrected FROM done`, values: parameters.values };
}

/**
 * Suppresses people, ends those of them who wait to be called about it, and gives the attempts that are under way. That somebody waits is written in a way that does not suit the
 * index of all who wait: Postgres might take it for the one of the person.
 */
export function suppressQuery(table: (name: string) => string, stops: readonly Stop[], now: number | null): Statement {
  const parameters = new Parameters();
  const parts = ending(table, parameters, { ends: [], stops: stops.map((given) => ({ call: '', given })), now, changed: null });
  const concerned = (state: string): string => `(SELECT theirs.number FROM people_moved AS stopped, LATERAL (
      SELECT r.number, r.campaign, r.state FROM ${table('recipients')} AS r WHERE r.person = stopped.person OFFSET 0) AS theirs, LATERAL (
      SELECT FROM ${table('campaigns')} AS c WHERE c.id = theirs.campaign AND stopped.stops && ARRAY['*', c.topic] LIMIT 1) AS about
      WHERE theirs.state = '${state}') AS concerned`;
  const skipped = `skipped AS (UPDATE ${table('recipients')} AS r SET state = 'ended', outcome = 'suppressed', ended_at = (SELECT at FROM moment)
    WHERE r.number = ANY (ARRAY(SELECT concerned.number FROM ${concerned('waiting')})) AND r.state NOT IN ('calling', 'ended'))`;
  const text = `WITH ${[...parts, skipped].join(',\n')}
SELECT under_way.id FROM ${concerned('calling')}, LATERAL (
  SELECT a.id FROM ${table('attempts')} AS a WHERE a.recipient = concerned.number AND a.ended_at IS NULL OFFSET 0) AS under_way`;
  return { text, values: parameters.values };
}
