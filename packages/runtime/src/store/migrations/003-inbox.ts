import type { Migration } from './migration.ts';

/**
 * Webhooks that are no turns. A pending one and the commit that gives its session a call meet in Postgres under a lock of that session. Whoever is given the lock has to see
 * what was committed while it waited, which a statement does not: functions look anew with each of their own. Under stricter isolation they can't, and two of one session both
 * write one of `inbox_doors`, so that the later one fails instead of missing the earlier. Servers of the release before don't know of it, and look nothing up here.
 */
export const inbox: Migration = {
  version: 3,
  name: 'inbox',
  oldest: 1,
  sqlite: `
    CREATE TABLE inbox (
      number INTEGER PRIMARY KEY,
      sub_account_id TEXT NOT NULL,
      session_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      digest TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL,
      pending INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX inbox_row ON inbox (session_id, sub_account_id, kind, digest);
    CREATE INDEX inbox_at ON inbox (at);
  `,
  postgres: `
    CREATE TABLE $schema.inbox (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sub_account_id text COLLATE "C" NOT NULL,
      session_id text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      digest text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      data text NOT NULL,
      pending boolean NOT NULL
    );
    CREATE UNIQUE INDEX inbox_row ON $schema.inbox (session_id, sub_account_id, kind, digest);
    CREATE INDEX inbox_at ON $schema.inbox (at);
    CREATE TABLE $schema.inbox_doors (door bigint PRIMARY KEY, passed bigint NOT NULL);

    -- Locks sessions until the end of the transaction, in one order everywhere. U+001E stands in no stored text.
    CREATE FUNCTION $schema.inbox_lock(accounts text[], sessions text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $body$
    BEGIN
      PERFORM pg_advisory_xact_lock(locks.key) FROM (
        SELECT DISTINCT hashtextextended(asked.account || chr(30) || asked.session, 1) AS key FROM unnest(accounts, sessions) AS asked (account, session)
        ORDER BY key) AS locks;
      IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        INSERT INTO $schema.inbox_doors AS doors (door, passed)
          SELECT DISTINCT hashtextextended(asked.account || chr(30) || asked.session, 1) & 1023 AS door, 1
          FROM unnest(accounts, sessions) AS asked (account, session) ORDER BY door
          ON CONFLICT (door) DO UPDATE SET passed = doors.passed + 1;
      END IF;
    END $body$;

    -- Locks the sessions of calls; gives the calls for whose session other rows are pending than they take, an array of {kind, digest}.
    CREATE FUNCTION $schema.inbox_refused(ids text[], accounts text[], sessions text[], takes text[]) RETURNS SETOF text LANGUAGE plpgsql VOLATILE AS $body$
    BEGIN
      PERFORM $schema.inbox_lock(accounts, sessions);
      RETURN QUERY SELECT asked.id FROM unnest(ids, accounts, sessions, takes) AS asked (id, account, session, takes), LATERAL (
          SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kept.kind, 'digest', kept.digest)), '[]') AS rows FROM $schema.inbox AS kept
          WHERE kept.session_id = asked.session AND kept.sub_account_id = asked.account AND kept.pending) AS waiting
        WHERE NOT (waiting.rows @> asked.takes::jsonb AND asked.takes::jsonb @> waiting.rows);
    END $body$;

    -- Nothing of a session is pending any longer. Its lock must be held.
    CREATE FUNCTION $schema.inbox_take(account text, session text) RETURNS void LANGUAGE plpgsql VOLATILE AS $body$
    BEGIN
      UPDATE $schema.inbox AS kept SET pending = false WHERE kept.session_id = session AND kept.sub_account_id = account AND kept.pending;
    END $body$;

    -- Keeps pending rows whose sessions are no calls; places count from 1. Whoever notes on a call that one came has its row locked first.
    CREATE FUNCTION $schema.inbox_wait(accounts text[], sessions text[], kinds text[], digests text[], times bigint[], texts text[], ids text[])
    RETURNS TABLE (place bigint, outcome text) LANGUAGE plpgsql VOLATILE AS $body$
    BEGIN
      PERFORM $schema.inbox_lock(accounts, sessions);
      PERFORM FROM (SELECT DISTINCT seen.id FROM unnest(ids) AS seen (id) ORDER BY seen.id) AS seen,
        LATERAL (SELECT FROM $schema.calls AS calls WHERE calls.id = seen.id FOR NO KEY UPDATE) AS held;
      RETURN QUERY WITH given AS MATERIALIZED (
          SELECT asked.*,
            EXISTS (SELECT FROM $schema.calls AS calls WHERE calls.session_id = asked.session AND calls.sub_account_id = asked.account OFFSET 0) AS is_call,
            EXISTS (SELECT FROM $schema.inbox AS kept WHERE kept.session_id = asked.session AND kept.sub_account_id = asked.account
              AND kept.kind = asked.kind AND kept.digest = asked.digest OFFSET 0) AS is_present
          FROM unnest(accounts, sessions, kinds, digests, times, texts) WITH ORDINALITY AS asked (account, session, kind, digest, at, data, place)),
        added AS (
          INSERT INTO $schema.inbox AS kept (sub_account_id, session_id, kind, digest, at, data, pending)
          SELECT given.account, given.session, given.kind, given.digest, given.at, given.data, true FROM given
          WHERE NOT given.is_call AND NOT given.is_present ORDER BY given.session, given.account, given.kind, given.digest
          ON CONFLICT DO NOTHING RETURNING kept.session_id, kept.sub_account_id, kept.kind, kept.digest)
        SELECT given.place, CASE
          WHEN given.is_call AND NOT given.is_present THEN 'conflict'
          WHEN EXISTS (SELECT FROM added WHERE added.session_id = given.session AND added.sub_account_id = given.account
            AND added.kind = given.kind AND added.digest = given.digest) THEN 'stored'
          ELSE 'present' END FROM given;
    END $body$;
  `,
};
