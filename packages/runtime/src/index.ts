/**
 * `@hookswitch/runtime`: serves flows to the 8x8 Voice API.
 *
 * Not exported on purpose: the core of calls, routes and what is read of webhooks; `hookswitch` (a Fastify plugin), `createApp` and `startServer` are the ways in.
 */

// Serving
export { createApp } from './app.ts';
export type { AppOptions } from './app.ts';
export { hookswitch } from './plugin.ts';
export { runServer, startServer } from './server.ts';
export type { RunningServer, ServerOptions } from './server.ts';
export type { Hookswitch } from './assembly/hookswitch.ts';
export type { CallRequest, PlacedCall } from './assembly/place-call.ts';
export type { SentSignal, SignalOptions } from './assembly/send-signal.ts';
export type { Hooks, HookswitchOptions, SubAccountOptions } from './assembly/options.ts';
export type { ApiRole, ApiToken } from './security/api-tokens.ts';
export type { FlowRoute, FlowSource } from './routing/flow-router.ts';
export type { Fallback, FallbackReason, SessionSettings } from './calls/settings.ts';
export type { Rehearsal } from './calls/rehearsal.ts';
export type { EndedBy } from './calls/ended-by.ts';
export type { EndedCall } from './calls/ended-call.ts';
export type { Clock } from './clock.ts';

// The 8x8 REST API
export * from './platform/index.ts';

// Stores
export { createMemoryStore, createPostgresStore, createSqliteStore, openStore } from './store/index.ts';
export type {
  OpenStoreOptions,
  PostgresClient,
  PostgresPool,
  PostgresQuery,
  PostgresStoreOptions,
  SqliteStoreOptions,
} from './store/index.ts';
export type { CallTotals, LiveCount } from './store/call-counts.ts';
export type {
  AuditBounds,
  AuditFilter,
  AuditPage,
  AuditRow,
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
  SignalRow,
  Store,
  StoredCall,
  TagFilter,
  TimelineRow,
  TurnRow,
} from './store/store.ts';

// For a store of one's own: what ours check first. Its contract is @hookswitch/runtime/store-contract
export { checkCommit, checkPut, checkTimeline } from './store/check-commit.ts';
export { checkCountFilter } from './store/check-counts.ts';
export { checkAuditFilter, checkAuditRow, type CheckedAuditFilter } from './store/check-audit.ts';
export { checkOverrides } from './store/check-overrides.ts';
export { type CallPlace, type CheckedFilter, checkFilter, writeCursor } from './store/check-filter.ts';
export { meetsTag } from './store/tag-filter.ts';

// Journals as files
export type { JournalExport } from './report/journal-export.ts';
export type { ErasedEntry } from './calls/hidden/erase-entry.ts';

// Errors; also those of the 8x8 API
export * from './errors/index.ts';
