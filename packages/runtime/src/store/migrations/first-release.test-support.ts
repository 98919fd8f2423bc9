import { MIGRATIONS } from './index.ts';

/** A database as the first release left it, with one call, `old`, that waits at `main`. In Postgres the schema must be there. */
export function firstRelease(database: 'sqlite' | 'postgres', schema = ''): string {
  const prefix = schema === '' ? '' : `${schema}.`;
  return `CREATE TABLE ${prefix}migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, oldest INTEGER NOT NULL);
    INSERT INTO ${prefix}migrations (version, name, oldest) VALUES (1, 'calls', 1);
    ${MIGRATIONS[0]?.[database].replaceAll('$schema', schema)};
    INSERT INTO ${prefix}calls (id, sub_account_id, session_id, flow, flow_version, direction, from_number, to_number, status, started_at, site, turn,
      revision, journal_length, seen_at, state)
    VALUES ('old', 'acme', 's', 'support', '1', 'inbound', '+6591234567', '+6531589338', 'live', 1, 'main', 0, 1, 0, 1, '{}')`;
}
