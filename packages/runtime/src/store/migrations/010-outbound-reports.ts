import type { Migration } from './migration.ts';

/**
 * What operators look at of campaigns. Triggers count recipients and attempts as they change, in the same transaction, so that no look reads a million rows. In Postgres a
 * statement adds its changes up, and backends write to rows of their own (`shard`): two that end attempts of one campaign don't wait for each other. Rows that are pruned stay
 * counted. In Postgres the index of states is one of `state || ''`, for those alone who ask by that: a claim, planned before anybody has looked at the table (after an import, say),
 * might else read everybody who waits, and sort them.
 */
export const outboundReports: Migration = {
  version: 10,
  name: 'outbound-reports',
  oldest: 1,
  sqlite: `
    CREATE TABLE recipient_counts (
      campaign TEXT NOT NULL,
      zone TEXT NOT NULL,
      state TEXT NOT NULL,
      outcome TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign, zone, state, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE attempt_counts (
      campaign TEXT NOT NULL,
      hour INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign, hour, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE imports (
      campaign TEXT NOT NULL,
      name TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL,
      PRIMARY KEY (campaign, name)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO recipient_counts (campaign, zone, state, outcome, count)
      SELECT campaign, zone, state, coalesce(outcome, ''), count(*) FROM recipients GROUP BY 1, 2, 3, 4;
    INSERT INTO attempt_counts (campaign, hour, outcome, count)
      SELECT campaign, ended_at - ended_at % 3600000, outcome, count(*) FROM attempts WHERE ended_at IS NOT NULL AND outcome IS NOT NULL GROUP BY 1, 2, 3;
    CREATE INDEX recipients_state ON recipients (campaign, state, number);
    CREATE INDEX recipients_outcome ON recipients (campaign, outcome, number) WHERE state = 'ended';
    CREATE TRIGGER recipients_added AFTER INSERT ON recipients BEGIN
      INSERT INTO recipient_counts (campaign, zone, state, outcome, count) VALUES (NEW.campaign, NEW.zone, NEW.state, coalesce(NEW.outcome, ''), 1)
        ON CONFLICT (campaign, zone, state, outcome) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER recipients_changed AFTER UPDATE OF zone, state, outcome ON recipients
      WHEN OLD.zone IS NOT NEW.zone OR OLD.state IS NOT NEW.state OR OLD.outcome IS NOT NEW.outcome BEGIN
      UPDATE recipient_counts SET count = count - 1
        WHERE campaign = OLD.campaign AND zone = OLD.zone AND state = OLD.state AND outcome = coalesce(OLD.outcome, '');
      INSERT INTO recipient_counts (campaign, zone, state, outcome, count) VALUES (NEW.campaign, NEW.zone, NEW.state, coalesce(NEW.outcome, ''), 1)
        ON CONFLICT (campaign, zone, state, outcome) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER attempts_ended AFTER UPDATE OF ended_at, outcome ON attempts WHEN NEW.ended_at IS NOT NULL AND NEW.outcome IS NOT NULL BEGIN
      UPDATE attempt_counts SET count = count - 1
        WHERE campaign = OLD.campaign AND hour = OLD.ended_at - OLD.ended_at % 3600000 AND outcome = OLD.outcome;
      INSERT INTO attempt_counts (campaign, hour, outcome, count) VALUES (NEW.campaign, NEW.ended_at - NEW.ended_at % 3600000, NEW.outcome, 1)
        ON CONFLICT (campaign, hour, outcome) DO UPDATE SET count = count + 1;
    END;
  `,
  postgres: `
    SET LOCAL lock_timeout = '2s';
    CREATE TABLE $schema.recipient_counts (
      campaign text COLLATE "C" NOT NULL,
      zone text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL,
      outcome text COLLATE "C" NOT NULL,
      shard integer NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (campaign, zone, state, outcome, shard)
    ) WITH (fillfactor = 20);
    CREATE TABLE $schema.attempt_counts (
      campaign text COLLATE "C" NOT NULL,
      hour bigint NOT NULL,
      outcome text COLLATE "C" NOT NULL,
      shard integer NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (campaign, hour, outcome, shard)
    ) WITH (fillfactor = 20);
    CREATE TABLE $schema.imports (
      campaign text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      data text NOT NULL,
      PRIMARY KEY (campaign, name)
    );
    LOCK TABLE $schema.recipients, $schema.attempts IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO $schema.recipient_counts (campaign, zone, state, outcome, shard, count)
      SELECT campaign, zone, state, coalesce(outcome, ''), 0, count(*) FROM $schema.recipients GROUP BY 1, 2, 3, 4;
    INSERT INTO $schema.attempt_counts (campaign, hour, outcome, shard, count)
      SELECT campaign, ended_at - ended_at % 3600000, outcome, 0, count(*) FROM $schema.attempts WHERE ended_at IS NOT NULL AND outcome IS NOT NULL GROUP BY 1, 2, 3;
    CREATE INDEX recipients_state ON $schema.recipients (campaign, (state || ''), number);
    CREATE INDEX recipients_outcome ON $schema.recipients (campaign, outcome, number) WHERE state = 'ended';

    CREATE FUNCTION $schema.outbound_recipients_added() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      INSERT INTO $schema.recipient_counts AS kept (campaign, zone, state, outcome, shard, count)
        SELECT campaign, zone, state, coalesce(outcome, ''), pg_backend_pid() % 16, count(*) FROM after GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (campaign, zone, state, outcome, shard) DO UPDATE SET count = kept.count + excluded.count;
      RETURN NULL;
    END $body$;

    CREATE FUNCTION $schema.outbound_recipients_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      INSERT INTO $schema.recipient_counts AS kept (campaign, zone, state, outcome, shard, count)
        SELECT campaign, zone, state, outcome, pg_backend_pid() % 16, sum(one) FROM (
          SELECT campaign, zone, state, coalesce(outcome, '') AS outcome, 1 AS one FROM after
          UNION ALL SELECT campaign, zone, state, coalesce(outcome, ''), -1 FROM before) AS moved
        GROUP BY 1, 2, 3, 4 HAVING sum(one) <> 0 ORDER BY 1, 2, 3, 4
        ON CONFLICT (campaign, zone, state, outcome, shard) DO UPDATE SET count = kept.count + excluded.count;
      RETURN NULL;
    END $body$;

    CREATE FUNCTION $schema.outbound_attempts_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      INSERT INTO $schema.attempt_counts AS kept (campaign, hour, outcome, shard, count)
        SELECT campaign, ended_at - ended_at % 3600000, outcome, pg_backend_pid() % 16, sum(one) FROM (
          SELECT campaign, ended_at, outcome, 1 AS one FROM after UNION ALL SELECT campaign, ended_at, outcome, -1 FROM before) AS moved
        WHERE ended_at IS NOT NULL AND outcome IS NOT NULL
        GROUP BY 1, 2, 3 HAVING sum(one) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (campaign, hour, outcome, shard) DO UPDATE SET count = kept.count + excluded.count;
      RETURN NULL;
    END $body$;

    CREATE TRIGGER recipients_added AFTER INSERT ON $schema.recipients REFERENCING NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION $schema.outbound_recipients_added();
    CREATE TRIGGER recipients_changed AFTER UPDATE ON $schema.recipients REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION $schema.outbound_recipients_changed();
    CREATE TRIGGER attempts_changed AFTER UPDATE ON $schema.attempts REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION $schema.outbound_attempts_changed();
  `,
};
