import { expect, it } from 'vitest';
import * as runtime from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(runtime).sort()).toMatchInlineSnapshot(`
    [
      "CallParamsError",
      "LOG_EXPORT_STATUSES",
      "PlatformArgumentError",
      "PlatformCallflowError",
      "PlatformOutcomeUnknownError",
      "PlatformRejectedError",
      "PlatformResponseError",
      "PlatformUnauthorizedError",
      "PlatformUnreachableError",
      "RECORDING_PROTOCOLS",
      "REMOVABLE_WEBHOOK_TYPES",
      "RequestError",
      "SESSION_ERROR_CODES",
      "STATUS_CODES",
      "SessionError",
      "StoreArgumentError",
      "StoreUnavailableError",
      "UnknownFlowError",
      "WEBHOOK_TYPES",
      "checkAuditFilter",
      "checkAuditRow",
      "checkCommit",
      "checkCountFilter",
      "checkFilter",
      "checkPut",
      "checkTimeline",
      "createApp",
      "createMemoryStore",
      "createPlatformClient",
      "createPostgresStore",
      "createSqliteStore",
      "explainSessionError",
      "explainStatus",
      "hookswitch",
      "meetsTag",
      "openStore",
      "runServer",
      "startServer",
      "writeCursor",
    ]
  `);
});
