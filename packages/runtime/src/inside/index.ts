/**
 * `@hookswitch/runtime/inside`: what `@hookswitch/cli` and `@hookswitch/console` of the same version need of the server. Not for users: any release may change it.
 */

// The process
export { systemClock } from '../clock.ts';
export { closeOnSignals, type ShutdownOptions } from '../shutdown.ts';
export { exposureOf } from '../server.ts';
export { safeLog } from '../observe/safe-log.ts';

// What options may be
export { APP_OPTIONS } from '../app.ts';
export { DEFAULT_SETTINGS, HOOKS, HOOKSWITCH_OPTIONS } from '../assembly/options.ts';
export { SERVER_OPTIONS } from '../server.ts';
export { SESSION_OPTIONS } from '../assembly/session-options.ts';
export { SHUTDOWN_OPTIONS } from '../shutdown.ts';
export { idleHookProblem, twinProblem } from '../assembly/check-options.ts';
export { E164 } from '../assembly/place-call.ts';
export { readTime } from '../assembly/time.ts';
export { ownStoreProblem } from '../store/own-store.ts';
export { describePostgres } from '../store/postgres/connection-string.ts';
export { hasOwnSqlite } from '../store/sqlite/driver.ts';

// Flows
export { compareVersions, createRoutes, defaultRoute } from '../routing/flow-router.ts';
export { uncharted } from '../routing/uncharted.ts';

// Who may ask
export { API_ROLES, apiTokensProblem, leastToken, readApiTokens } from '../security/api-tokens.ts';
export { checkAddressListProxy, isLoopback } from '../security/address-list.ts';
export { parseDataKeys } from '../security/key-ring.ts';
export { isForeign, isLocalName } from '../security/own-request.ts';
export { createSealer, isSealed } from '../security/seal.ts';
export { createSharedSecret } from '../security/sender.ts';

// Routes of one's own
export { ANYONE, guardRoutes, holderOf, needs } from '../api/access.ts';
export { createAudit } from '../api/audit-log.ts';
export { settingsRoutes } from '../api/settings.ts';
export { auditRoutes } from '../api/audit.ts';
export { ownScope, sendProblem, strictQuery } from '../api/own-scope.ts';
export { compressAnswers } from '../compression.ts';
export { endConnections } from '../connections.ts';
export { ignoresTrailingSlash } from '../webhook/plugin.ts';

// Calls, as they are kept and shown
export { type ListQuery, OUTCOMES } from '../api/list-query.ts';
export { insightRoutes, type InsightsQuery } from '../api/insights.ts';
export type { SignalView } from '../api/signals.ts';
export { NO_CALL, reportRoutes } from '../api/report-routes.ts';
export { viewCall } from '../report/call-view.ts';
export { HIDDEN, STATUSES } from '../report/lines.ts';
export { numberProblem } from '../report/number-filter.ts';
export { readTagCondition, writeTagCondition } from '../report/tag-condition.ts';
export { createReports } from '../report/reports.ts';
export type * from './views.ts';
export { siteLabel, siteLabelOf } from '../calls/reply/answers.ts';
export { callOf, readState } from '../calls/state.ts';
export type { CallFeed } from '../observe/call-feed.ts';

// Errors of the start, which the command throws and tells apart, too
export { ConfigError } from '../errors/config-error.ts';
export { ListenError } from '../errors/listen-error.ts';
export { RoutingError } from '../errors/routing-error.ts';
export { StoreSchemaError } from '../errors/store-schema-error.ts';

// What nobody may read
export { messageOf } from '../errors/message-of.ts';
export { maskNumber, maskText } from '../observe/mask-text.ts';
export { maskWebhook } from '../observe/redact.ts';
