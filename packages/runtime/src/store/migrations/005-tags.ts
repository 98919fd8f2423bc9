import type { Migration } from './migration.ts';

/**
 * Tags and results of calls: as texts in their rows, to be read with them, and tags once more as rows of their own, to find calls by. They go with their call, also where a
 * server of the release before deletes it, which does not know them. When the call began stands in them, so that an index gives calls in the order of lists.
 */
export const tags: Migration = {
  version: 5,
  name: 'tags',
  oldest: 1,
  sqlite: `
    ALTER TABLE calls ADD COLUMN tags TEXT;
    ALTER TABLE calls ADD COLUMN result TEXT;
    CREATE TABLE call_tags (
      call INTEGER NOT NULL,
      name TEXT NOT NULL,
      text TEXT,
      number REAL,
      started_at INTEGER NOT NULL,
      PRIMARY KEY (call, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_tags_text ON call_tags (name, text, started_at, call);
    CREATE INDEX call_tags_started ON call_tags (name, started_at, call, number);
    CREATE TRIGGER call_tags_go AFTER DELETE ON calls BEGIN DELETE FROM call_tags WHERE call = OLD.number; END;
  `,
  postgres: `
    SET LOCAL lock_timeout = '2s';
    ALTER TABLE $schema.calls ADD COLUMN tags text, ADD COLUMN result text;
    CREATE TABLE $schema.call_tags (
      call bigint NOT NULL REFERENCES $schema.calls (number) ON DELETE CASCADE,
      name text COLLATE "C" NOT NULL,
      text text COLLATE "C",
      number double precision,
      started_at bigint NOT NULL,
      PRIMARY KEY (call, name)
    );
    CREATE INDEX call_tags_text ON $schema.call_tags (name, text, started_at, call);
    CREATE INDEX call_tags_started ON $schema.call_tags (name, started_at, call, number);
  `,
};
