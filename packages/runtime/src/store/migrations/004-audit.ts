import type { Migration } from './migration.ts';

/** What was changed through API and console, and with whose token. `refused` is 1 where the token's role was not enough: such entries are counted apart. */
export const audit: Migration = {
  version: 4,
  name: 'audit',
  oldest: 1,
  sqlite: `
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      label TEXT NOT NULL,
      role TEXT NOT NULL,
      action TEXT NOT NULL,
      call_id TEXT,
      flow TEXT,
      to_number TEXT,
      result INTEGER,
      request_id TEXT,
      refused INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX audit_at ON audit (at);
    CREATE INDEX audit_refused ON audit (refused, number);
  `,
  postgres: `
    CREATE TABLE $schema.audit (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      at bigint NOT NULL,
      label text NOT NULL,
      role text NOT NULL,
      action text NOT NULL,
      call_id text,
      flow text,
      to_number text,
      result integer,
      request_id text,
      refused integer NOT NULL
    );
    CREATE INDEX audit_at ON $schema.audit (at, number);
    CREATE INDEX audit_refused ON $schema.audit (refused, number);
  `,
};
