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

    -- Loops over single values where sets would be shorter: their plans are kept, those of arrays are made anew each time, which takes longer than all else.

    -- Locks sessions until the end of the transaction, in one order everywhere. U+001E stands in no stored text.
    CREATE FUNCTION $schema.inbox_lock(accounts text[], sessions text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $body$
    DECLARE
      key bigint;
      keys bigint[] := ARRAY[]::bigint[];
    BEGIN
      FOR place IN 1..cardinality(sessions) LOOP
        keys := keys || hashtextextended(accounts[place] || chr(30) || sessions[place], 1);
      END LOOP;
      IF cardinality(keys) > 1 THEN
        keys := ARRAY(SELECT DISTINCT one.key FROM unnest(keys) AS one (key) ORDER BY one.key);
      END IF;
      FOREACH key IN ARRAY keys LOOP
        PERFORM pg_advisory_xact_lock(key);
      END LOOP;
      IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        INSERT INTO $schema.inbox_doors AS doors (door, passed) SELECT DISTINCT one.key & 1023 AS door, 1 FROM unnest(keys) AS one (key) ORDER BY door
          ON CONFLICT (door) DO UPDATE SET passed = doors.passed + 1;
      END IF;
    END $body$;

    -- Locks the sessions of calls; gives the calls for whose session other rows are pending than they take, an array of {kind, digest}.
    CREATE FUNCTION $schema.inbox_refused(ids text[], accounts text[], sessions text[], takes text[]) RETURNS SETOF text LANGUAGE plpgsql VOLATILE AS $body$
    DECLARE
      waiting jsonb;
    BEGIN
      PERFORM $schema.inbox_lock(accounts, sessions);
      FOR place IN 1..cardinality(ids) LOOP
        IF takes[place] = '[]' THEN
          PERFORM FROM $schema.inbox AS kept WHERE kept.session_id = sessions[place] AND kept.sub_account_id = accounts[place] AND kept.pending;
          IF FOUND THEN
            RETURN NEXT ids[place];
          END IF;
        ELSE
          SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kept.kind, 'digest', kept.digest)), '[]') INTO waiting FROM $schema.inbox AS kept
            WHERE kept.session_id = sessions[place] AND kept.sub_account_id = accounts[place] AND kept.pending;
          IF NOT (waiting @> takes[place]::jsonb AND takes[place]::jsonb @> waiting) THEN
            RETURN NEXT ids[place];
          END IF;
        END IF;
      END LOOP;
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
      IF cardinality(ids) > 0 THEN
        PERFORM FROM (SELECT DISTINCT seen.id FROM unnest(ids) AS seen (id) ORDER BY seen.id) AS seen,
          LATERAL (SELECT FROM $schema.calls AS calls WHERE calls.id = seen.id FOR NO KEY UPDATE) AS held;
      END IF;
      FOR i IN 1..cardinality(sessions) LOOP
        place := i;
        outcome := 'present';
        PERFORM FROM $schema.inbox AS kept
          WHERE kept.session_id = sessions[i] AND kept.sub_account_id = accounts[i] AND kept.kind = kinds[i] AND kept.digest = digests[i];
        IF NOT FOUND THEN
          PERFORM FROM $schema.calls AS calls WHERE calls.session_id = sessions[i] AND calls.sub_account_id = accounts[i];
          IF FOUND THEN
            outcome := 'conflict';
          ELSE
            INSERT INTO $schema.inbox (sub_account_id, session_id, kind, digest, at, data, pending)
              VALUES (accounts[i], sessions[i], kinds[i], digests[i], times[i], texts[i], true) ON CONFLICT DO NOTHING;
            IF FOUND THEN
              outcome := 'stored';
            END IF;
          END IF;
        END IF;
        RETURN NEXT;
      END LOOP;
    END $body$;
  `,
};
