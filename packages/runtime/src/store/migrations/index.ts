import { StoreSchemaError } from '../../errors/store-schema-error.ts';
import { calls } from './001-calls.ts';
import { lastSite } from './002-last-site.ts';
import { inbox } from './003-inbox.ts';
import { audit } from './004-audit.ts';
import { tags } from './005-tags.ts';
import { counts } from './006-counts.ts';
import { outbound } from './007-outbound.ts';
import { signals } from './008-signals.ts';
import { overrides } from './009-overrides.ts';
import { outboundReports } from './010-outbound-reports.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. A new one goes to the end, in a file of its own. */
export const MIGRATIONS: readonly Migration[] = [
  calls,
  lastSite,
  inbox,
  audit,
  tags,
  counts,
  outbound,
  signals,
  overrides,
  outboundReports,
];

/** Number of the last migration that this release knows. */
export const KNOWN_SCHEMA = MIGRATIONS.length;

/** What a database says of itself: the last migration that it has seen, and the oldest release that its schema still suits; zeros for an empty one. */
export interface SchemaState {
  readonly version: number;
  readonly oldest: number;
}

/** The migrations that a database lacks. Throws `StoreSchemaError` for one whose schema this release can't serve. A later schema that only expanded is served. */
export function missingMigrations({ version, oldest }: SchemaState): readonly Migration[] {
  if (oldest > KNOWN_SCHEMA) throw new StoreSchemaError('newer', version, KNOWN_SCHEMA);
  return MIGRATIONS.slice(version);
}

/** Throws `StoreSchemaError` where migrations are missing, or where a later release has migrated in a way that this one can't serve. */
export function demandMigrated(state: SchemaState): void {
  if (missingMigrations(state).length > 0) throw new StoreSchemaError('behind', state.version, KNOWN_SCHEMA);
}
