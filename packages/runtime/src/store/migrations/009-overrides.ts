import type { Migration } from './migration.ts';

/**
 * What operators have set in place of defaults, with one row that says how often that was changed: a commit that relies on them compares it. And what an entry of the audit list
 * has changed, so that it can be undone. Servers of the release before know nothing of either: they go by defaults.
 */
export const overrides: Migration = {
  version: 9,
  name: 'overrides',
  oldest: 1,
  sqlite: `
    CREATE TABLE overrides (
      scope TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      starts_at INTEGER,
      ends_at INTEGER,
      at INTEGER NOT NULL,
      label TEXT NOT NULL,
      reason TEXT,
      version INTEGER NOT NULL,
      PRIMARY KEY (scope, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE overrides_state (revision INTEGER NOT NULL) STRICT;
    INSERT INTO overrides_state (revision) VALUES (0);
    ALTER TABLE audit ADD COLUMN detail TEXT;
  `,
  postgres: `
    SET LOCAL lock_timeout = '2s';
    CREATE TABLE $schema.overrides (
      scope text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      value text NOT NULL,
      starts_at bigint,
      ends_at bigint,
      at bigint NOT NULL,
      label text NOT NULL,
      reason text,
      version bigint NOT NULL,
      PRIMARY KEY (scope, name)
    );
    CREATE TABLE $schema.overrides_state (revision bigint NOT NULL);
    INSERT INTO $schema.overrides_state (revision) VALUES (0);
    ALTER TABLE $schema.audit ADD COLUMN detail text;
  `,
};
