import type { Migration } from './migration.ts';

// Written out, since a migration never changes. Queries repeat these conditions, or the index does not serve them.
const open = "status IN ('pending', 'unknown', 'live', 'ending')";
const unnumbered = "session_id IS NULL AND status IN ('pending', 'unknown')";

/**
 * Calls, journals, turns, timelines. Rows refer to calls by a number of the store's own, which keeps indexes small and the rows of one call together.
 * `due_slot` is indexed in place of `due_at` (see `slotOf`). `orphans` knows the timelines whose call is not here, so that `prune` need not look for them.
 */
export const calls: Migration = {
  version: 1,
  name: 'calls',
  oldest: 1,
  sqlite: `
    CREATE TABLE calls (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      sub_account_id TEXT NOT NULL,
      session_id TEXT,
      flow TEXT NOT NULL,
      flow_version TEXT NOT NULL,
      direction TEXT NOT NULL,
      from_number TEXT,
      to_number TEXT NOT NULL,
      status TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      client_request_id TEXT,
      due_slot INTEGER,
      site TEXT NOT NULL,
      turn INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      journal_length INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      due_at INTEGER,
      state TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX calls_session ON calls (session_id, sub_account_id) WHERE session_id IS NOT NULL;
    CREATE UNIQUE INDEX calls_client_request ON calls (client_request_id, sub_account_id) WHERE client_request_id IS NOT NULL;
    CREATE INDEX calls_started ON calls (started_at);
    CREATE INDEX calls_open ON calls (started_at) WHERE ${open};
    CREATE INDEX calls_unnumbered ON calls (sub_account_id) WHERE ${unnumbered};
    CREATE INDEX calls_due ON calls (due_slot) WHERE due_slot IS NOT NULL;
    CREATE INDEX calls_ended ON calls (ended_at) WHERE ended_at IS NOT NULL;

    CREATE TABLE journal (
      call INTEGER NOT NULL,
      position INTEGER NOT NULL,
      data TEXT NOT NULL,
      PRIMARY KEY (call, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE turns (
      call INTEGER NOT NULL,
      turn INTEGER NOT NULL,
      at INTEGER NOT NULL,
      event_id TEXT,
      event TEXT NOT NULL,
      answer TEXT
    ) STRICT;
    CREATE UNIQUE INDEX turns_turn ON turns (call, turn);

    CREATE TABLE timeline (
      call_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX timeline_call ON timeline (call_id);

    CREATE TABLE orphans (call_id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX orphans_at ON orphans (at);

    CREATE TABLE pulse (beats INTEGER NOT NULL) STRICT;
    INSERT INTO pulse VALUES (0);
  `,
  // Room on the pages lets a call's row be updated in place.
  postgres: `
    CREATE TABLE $schema.calls (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      sub_account_id text COLLATE "C" NOT NULL,
      session_id text COLLATE "C",
      flow text NOT NULL,
      flow_version text NOT NULL,
      direction text NOT NULL,
      from_number text,
      to_number text NOT NULL,
      status text COLLATE "C" NOT NULL,
      started_at bigint NOT NULL,
      ended_at bigint,
      client_request_id text COLLATE "C",
      due_slot bigint,
      site text NOT NULL,
      turn integer NOT NULL,
      revision bigint NOT NULL,
      journal_length integer NOT NULL,
      seen_at bigint NOT NULL,
      due_at bigint,
      state text NOT NULL
    ) WITH (fillfactor = 70);
    CREATE UNIQUE INDEX calls_session ON $schema.calls (session_id, sub_account_id) WHERE session_id IS NOT NULL;
    CREATE UNIQUE INDEX calls_client_request ON $schema.calls (client_request_id, sub_account_id) WHERE client_request_id IS NOT NULL;
    CREATE INDEX calls_started ON $schema.calls (started_at, number);
    CREATE INDEX calls_open ON $schema.calls (started_at, number) WHERE ${open};
    CREATE INDEX calls_unnumbered ON $schema.calls (sub_account_id) WHERE ${unnumbered};
    CREATE INDEX calls_due ON $schema.calls (due_slot) WHERE due_slot IS NOT NULL;
    CREATE INDEX calls_ended ON $schema.calls (ended_at) WHERE ended_at IS NOT NULL;

    CREATE TABLE $schema.journal (
      call bigint NOT NULL,
      position integer NOT NULL,
      data text NOT NULL,
      PRIMARY KEY (call, position)
    );

    CREATE TABLE $schema.turns (
      call bigint NOT NULL,
      turn integer NOT NULL,
      at bigint NOT NULL,
      event_id text,
      event text NOT NULL,
      answer text,
      PRIMARY KEY (call, turn)
    );

    CREATE TABLE $schema.timeline (
      number bigint GENERATED ALWAYS AS IDENTITY,
      call_id text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      kind text NOT NULL,
      data text NOT NULL
    );
    CREATE INDEX timeline_call ON $schema.timeline (call_id);

    CREATE TABLE $schema.orphans (call_id text COLLATE "C" PRIMARY KEY, at bigint NOT NULL);
    CREATE INDEX orphans_at ON $schema.orphans (at);

    CREATE TABLE $schema.pulse (beats bigint NOT NULL);
    INSERT INTO $schema.pulse VALUES (0);
  `,
};
