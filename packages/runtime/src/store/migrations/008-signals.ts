import type { Migration } from './migration.ts';

/**
 * Signals of calls, numbered in the order in which they came. What a flow has taken stays without its value, so that the same request again is known by its key. They go with their call, also where a
 * server of the release before deletes it, which does not know them.
 */
export const signals: Migration = {
  version: 8,
  name: 'signals',
  oldest: 1,
  sqlite: `
    CREATE TABLE signals (
      call INTEGER NOT NULL,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      key TEXT,
      digest TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT,
      PRIMARY KEY (call, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX signals_key ON signals (call, key) WHERE key IS NOT NULL;
    CREATE TRIGGER signals_go AFTER DELETE ON calls BEGIN DELETE FROM signals WHERE call = OLD.number; END;
  `,
  postgres: `
    SET LOCAL lock_timeout = '2s';
    CREATE TABLE $schema.signals (
      call bigint NOT NULL REFERENCES $schema.calls (number) ON DELETE CASCADE,
      number integer NOT NULL,
      name text NOT NULL,
      key text COLLATE "C",
      digest text NOT NULL,
      at bigint NOT NULL,
      data text,
      PRIMARY KEY (call, number)
    );
    CREATE INDEX signals_key ON $schema.signals (call, key) WHERE key IS NOT NULL;
  `,
};
