import type { Migration } from './migration.ts';

/**
 * What calls that are over are counted by. `counted` of a call is 1 once it was; servers of the release before leave it alone, so that their calls can be counted later, and
 * the index finds these. Rows of `count_rows` wait for being added to `counters`: unit 0 is an hour, 1 a day, 2 an hour of the few that are read hour by hour.
 */
export const counts: Migration = {
  version: 6,
  name: 'counts',
  oldest: 1,
  sqlite: `
    ALTER TABLE calls ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX calls_uncounted ON calls (ended_at) WHERE counted = 0 AND ended_at IS NOT NULL;
    CREATE TABLE count_rows (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      flow TEXT NOT NULL,
      version TEXT NOT NULL,
      line TEXT NOT NULL,
      hour INTEGER NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE TABLE count_groups (
      number INTEGER PRIMARY KEY,
      flow TEXT NOT NULL,
      version TEXT NOT NULL,
      line TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      UNIQUE (flow, version, line)
    ) STRICT;
    CREATE TABLE counters (
      "group" INTEGER NOT NULL,
      unit INTEGER NOT NULL,
      start INTEGER NOT NULL,
      key TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY ("group", unit, start, key)
    ) STRICT, WITHOUT ROWID;
  `,
  postgres: `
    SET LOCAL lock_timeout = '2s';
    ALTER TABLE $schema.calls ADD COLUMN counted integer NOT NULL DEFAULT 0;
    CREATE INDEX calls_uncounted ON $schema.calls (ended_at) WHERE counted = 0 AND ended_at IS NOT NULL;
    CREATE TABLE $schema.count_rows (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      flow text COLLATE "C" NOT NULL,
      version text COLLATE "C" NOT NULL,
      line text COLLATE "C" NOT NULL,
      hour bigint NOT NULL,
      data text NOT NULL
    );
    CREATE TABLE $schema.count_groups (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      flow text COLLATE "C" NOT NULL,
      version text COLLATE "C" NOT NULL,
      line text COLLATE "C" NOT NULL,
      first bigint NOT NULL,
      last bigint NOT NULL,
      UNIQUE (flow, version, line)
    );
    CREATE TABLE $schema.counters (
      "group" bigint NOT NULL,
      unit integer NOT NULL,
      start bigint NOT NULL,
      key text COLLATE "C" NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY ("group", unit, start, key)
    ) WITH (fillfactor = 80);
  `,
};
