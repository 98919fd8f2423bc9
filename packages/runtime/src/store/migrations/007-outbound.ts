import type { Migration } from './migration.ts';

/**
 * Outbound campaigns. A slot is a row of `attempts` without `ended_at`. Windows belong to zones: closing one changes one row, not those of a million recipients. What is
 * claimed and changed often has pages with room, so that a change stays in its page. `people` is keyed by what stands for a number, and keeps suppressions once the number is
 * forgotten.
 *
 * The last look before a call is a function in Postgres: it has to see what was committed while it waited for the locks of campaign and person, which a single statement does
 * not. `pause` takes the same lock alone, `dial` shares it. Under stricter isolation a function sees no more than a statement does; there the campaign's row is locked, which
 * fails where it has changed.
 */
export const outbound: Migration = {
  version: 7,
  name: 'outbound',
  oldest: 1,
  sqlite: `
    CREATE TABLE lanes (id TEXT PRIMARY KEY, slots INTEGER NOT NULL, per_second REAL NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE paces (id TEXT PRIMARY KEY, step_us INTEGER NOT NULL, next_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE campaigns (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      lane TEXT NOT NULL,
      topic TEXT NOT NULL,
      status TEXT NOT NULL,
      reason TEXT,
      slots INTEGER NOT NULL,
      per_second REAL NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE TABLE windows (
      campaign TEXT NOT NULL,
      zone TEXT NOT NULL,
      opens_at INTEGER,
      closes_at INTEGER,
      PRIMARY KEY (campaign, zone)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE recipients (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      campaign TEXT NOT NULL,
      key TEXT NOT NULL,
      person TEXT NOT NULL,
      phone TEXT NOT NULL,
      zone TEXT NOT NULL,
      state TEXT NOT NULL,
      rank INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      dials INTEGER NOT NULL,
      outcome TEXT,
      ended_at INTEGER,
      params TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX recipients_key ON recipients (campaign, key);
    CREATE INDEX recipients_page ON recipients (campaign, number);
    CREATE INDEX recipients_due ON recipients (campaign, zone, rank, due_at) WHERE state = 'waiting';
    CREATE INDEX recipients_person ON recipients (person);
    CREATE INDEX recipients_ended ON recipients (ended_at) WHERE state = 'ended';
    CREATE TABLE attempts (
      id TEXT PRIMARY KEY,
      recipient INTEGER NOT NULL,
      n INTEGER NOT NULL,
      campaign TEXT NOT NULL,
      lane TEXT NOT NULL,
      person TEXT NOT NULL,
      state TEXT NOT NULL,
      worker TEXT NOT NULL,
      due_at INTEGER NOT NULL,
      claimed_at INTEGER NOT NULL,
      permit_us INTEGER,
      ended_at INTEGER,
      outcome TEXT,
      given_up INTEGER NOT NULL,
      corrected INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX attempts_open ON attempts (lane, campaign, state) WHERE ended_at IS NULL;
    CREATE INDEX attempts_due ON attempts (due_at) WHERE ended_at IS NULL;
    CREATE INDEX attempts_recipient ON attempts (recipient);
    CREATE TABLE people (
      person TEXT PRIMARY KEY,
      stops TEXT NOT NULL,
      stopped_at INTEGER NOT NULL,
      recent TEXT NOT NULL,
      open TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX people_stopped ON people (person) WHERE stops <> '[]';
  `,
  postgres: `
    CREATE TABLE $schema.lanes (
      id text COLLATE "C" PRIMARY KEY,
      slots integer NOT NULL,
      per_second double precision NOT NULL,
      revision bigint NOT NULL DEFAULT 0
    ) WITH (fillfactor = 20);
    CREATE TABLE $schema.paces (id text COLLATE "C" PRIMARY KEY, step_us bigint NOT NULL, next_us bigint NOT NULL) WITH (fillfactor = 20);
    CREATE TABLE $schema.campaigns (
      number bigint GENERATED ALWAYS AS IDENTITY,
      id text COLLATE "C" PRIMARY KEY,
      lane text COLLATE "C" NOT NULL,
      topic text COLLATE "C" NOT NULL,
      status text COLLATE "C" NOT NULL,
      reason text,
      slots integer NOT NULL,
      per_second double precision NOT NULL,
      starts_at bigint NOT NULL,
      ends_at bigint NOT NULL,
      created_at bigint NOT NULL,
      data text NOT NULL
    );
    CREATE TABLE $schema.windows (
      campaign text COLLATE "C" NOT NULL,
      zone text COLLATE "C" NOT NULL,
      opens_at bigint,
      closes_at bigint,
      PRIMARY KEY (campaign, zone)
    );
    CREATE TABLE $schema.recipients (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      campaign text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      person text COLLATE "C" NOT NULL,
      phone text NOT NULL,
      zone text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL,
      rank integer NOT NULL,
      due_at bigint NOT NULL,
      attempts integer NOT NULL,
      dials integer NOT NULL,
      outcome text,
      ended_at bigint,
      params text NOT NULL
    ) WITH (fillfactor = 80);
    CREATE UNIQUE INDEX recipients_key ON $schema.recipients (campaign, key);
    CREATE INDEX recipients_page ON $schema.recipients (campaign, number);
    CREATE INDEX recipients_due ON $schema.recipients (campaign, zone, rank, due_at) WHERE state = 'waiting';
    CREATE INDEX recipients_person ON $schema.recipients (person);
    CREATE INDEX recipients_ended ON $schema.recipients (ended_at) WHERE state = 'ended';
    CREATE TABLE $schema.attempts (
      id text COLLATE "C" PRIMARY KEY,
      recipient bigint NOT NULL,
      n integer NOT NULL,
      campaign text COLLATE "C" NOT NULL,
      lane text COLLATE "C" NOT NULL,
      person text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL,
      worker text COLLATE "C" NOT NULL,
      due_at bigint NOT NULL,
      claimed_at bigint NOT NULL,
      permit_us bigint,
      ended_at bigint,
      outcome text,
      given_up boolean NOT NULL DEFAULT false,
      corrected boolean NOT NULL DEFAULT false
    ) WITH (fillfactor = 70);
    CREATE INDEX attempts_open ON $schema.attempts (lane, campaign, state) WHERE ended_at IS NULL;
    CREATE INDEX attempts_due ON $schema.attempts (due_at) WHERE ended_at IS NULL;
    CREATE INDEX attempts_recipient ON $schema.attempts (recipient);
    CREATE TABLE $schema.people (
      person text COLLATE "C" PRIMARY KEY,
      stops text[] NOT NULL DEFAULT '{}',
      stopped_at bigint NOT NULL DEFAULT 0,
      recent bigint[] NOT NULL DEFAULT '{}',
      open text COLLATE "C"
    ) WITH (fillfactor = 70);
    CREATE INDEX people_stopped ON $schema.people (person) WHERE stops <> '{}';

    -- When every cap allows a call again, 0 for at once. recent: dials, newest first.
    CREATE FUNCTION $schema.outbound_free_at(recent bigint[], maxima integer[], periods bigint[], moment bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $body$
    DECLARE
      free bigint := 0;
    BEGIN
      FOR i IN 1..coalesce(cardinality(maxima), 0) LOOP
        IF recent[maxima[i]] > moment - periods[i] THEN
          free := greatest(free, recent[maxima[i]] + periods[i]);
        END IF;
      END LOOP;
      RETURN free;
    END $body$;

    CREATE FUNCTION $schema.outbound_lock(wanted text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $body$ SELECT hashtextextended(wanted, 2) $body$;

    -- The last look. moment: null for the database's own clock, which is read once everything is locked.
    CREATE FUNCTION $schema.outbound_dial(wanted text, claimer text, permit bigint, margin bigint, ring bigint, patience bigint, maxima integer[], periods bigint[],
      kept integer, pause bigint, moment bigint)
    RETURNS TABLE (verdict text, valid_until bigint, free_at bigint) LANGUAGE plpgsql VOLATILE AS $body$
    DECLARE
      att record;
      camp record;
      win record;
      callee record;
      who record;
    BEGIN
      SELECT a.recipient, a.campaign, a.person, a.due_at INTO att FROM $schema.attempts AS a
        WHERE a.id = wanted AND a.state = 'claimed' AND a.worker = claimer AND a.ended_at IS NULL FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        verdict := 'gone'; RETURN NEXT; RETURN;
      END IF;
      PERFORM pg_advisory_xact_lock_shared($schema.outbound_lock(att.campaign));
      IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        PERFORM FROM $schema.campaigns AS c WHERE c.id = att.campaign FOR SHARE;
      END IF;
      INSERT INTO $schema.people (person) VALUES (att.person) ON CONFLICT DO NOTHING;
      SELECT p.stops, p.recent, p.open INTO who FROM $schema.people AS p WHERE p.person = att.person FOR NO KEY UPDATE;
      SELECT c.topic, c.status, c.starts_at, c.ends_at INTO camp FROM $schema.campaigns AS c WHERE c.id = att.campaign;
      SELECT r.campaign, r.zone, r.phone INTO callee FROM $schema.recipients AS r WHERE r.number = att.recipient FOR NO KEY UPDATE;
      moment := coalesce(moment, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint);
      SELECT w.opens_at, w.closes_at INTO win FROM $schema.windows AS w WHERE w.campaign = callee.campaign AND w.zone = callee.zone;
      IF att.due_at <= moment OR camp IS NULL OR who IS NULL OR coalesce(callee.phone, '') = '' THEN
        verdict := 'gone';
      ELSIF camp.status <> 'running' OR camp.starts_at > moment OR camp.ends_at <= moment + margin THEN
        verdict := 'paused';
      ELSIF win.closes_at IS NULL OR win.opens_at > moment OR win.closes_at <= moment + margin THEN
        verdict := 'window';
      ELSIF who.stops && ARRAY['*', camp.topic] THEN
        verdict := 'suppressed';
      ELSIF who.open IS NOT NULL THEN
        verdict := 'busy';
        free_at := moment + pause;
      ELSE
        free_at := $schema.outbound_free_at(who.recent, maxima, periods, moment);
        verdict := CASE WHEN free_at > moment THEN 'capped' ELSE 'granted' END;
      END IF;
      IF verdict = 'granted' THEN
        valid_until := least(moment + ring, win.closes_at, camp.ends_at);
        UPDATE $schema.people AS p SET open = wanted, recent = ((permit / 1000) || p.recent)[1:kept] WHERE p.person = att.person;
        UPDATE $schema.recipients AS r SET dials = r.dials + 1 WHERE r.number = att.recipient;
        UPDATE $schema.attempts AS a SET state = 'dialled', permit_us = permit, due_at = valid_until + patience WHERE a.id = wanted;
      END IF;
      RETURN NEXT;
    END $body$;

    -- Changes a campaign once nobody is in the middle of a last look at it. wanted: columns of the row as they are to be, from: statuses that it may have; null for any.
    CREATE FUNCTION $schema.outbound_change(wanted text, statuses text[], new_status text, has_reason boolean, new_reason text, new_slots integer,
      new_per_second double precision, new_topic text, new_starts_at bigint, new_ends_at bigint, new_data text, new_step bigint)
    RETURNS boolean LANGUAGE plpgsql VOLATILE AS $body$
    BEGIN
      PERFORM pg_advisory_xact_lock($schema.outbound_lock(wanted));
      UPDATE $schema.campaigns AS c SET status = coalesce(new_status, c.status), reason = CASE WHEN has_reason THEN new_reason ELSE c.reason END,
        slots = coalesce(new_slots, c.slots), per_second = coalesce(new_per_second, c.per_second), topic = coalesce(new_topic, c.topic),
        starts_at = coalesce(new_starts_at, c.starts_at), ends_at = coalesce(new_ends_at, c.ends_at), data = coalesce(new_data, c.data)
        WHERE c.id = wanted AND (statuses IS NULL OR c.status = ANY (statuses));
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      IF new_step IS NOT NULL THEN
        UPDATE $schema.paces AS p SET step_us = new_step WHERE p.id = 'campaign/' || wanted;
      END IF;
      RETURN true;
    END $body$;
  `,
};
