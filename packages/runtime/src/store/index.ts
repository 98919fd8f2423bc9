// The ways in
export { createMemoryStore } from './memory/memory-store.ts';
export { createPostgresStore } from './postgres/postgres-store.ts';
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresStoreOptions } from './postgres/options.ts';
export { createSqliteStore } from './sqlite/sqlite-store.ts';
export type { SqliteStoreOptions } from './sqlite/options.ts';
export { openStore } from './open-store.ts';
export type { OpenStoreOptions } from './open-store.ts';

// The interface
export type { CallTotals, LiveCount } from './call-counts.ts';
export type {
  CallFilter,
  CallKey,
  CallPage,
  CallRecord,
  CallStatus,
  Commit,
  CountFilter,
  CountGroup,
  CountRow,
  Counts,
  InboxRow,
  JournalRow,
  KeptInboxRow,
  OverrideChange,
  OverrideRow,
  Overrides,
  PutOptions,
  Store,
  StoredCall,
  TagFilter,
  TimelineRow,
  TurnRow,
} from './store.ts';
