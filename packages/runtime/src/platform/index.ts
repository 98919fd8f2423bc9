// The client.
export { createPlatformClient, type PlatformClient } from './client.ts';
export type { PlatformClientOptions } from './client-options.ts';
export type { AttemptReport } from './attempt-report.ts';
export type { PlatformFetch, PlatformFetchResponse, PlatformRequestInit } from './platform-fetch.ts';
export type { RateLimit } from './token-bucket.ts';
export type { RequestOptions } from './send.ts';
export type { RetryPolicy } from './retry-policy.ts';

// What its methods take and give.
export type { CallflowRequest, CreateCallflow, CreatedCallflow } from './callflows.ts';
export { type LogExport, type LogExportRange, type LogExportsApi, type LogExportStatus, LOG_EXPORT_STATUSES } from './log-exports.ts';
export type { NumberHealth, NumberList, NumbersApi, VirtualNumber } from './numbers.ts';
export {
  RECORDING_PROTOCOLS,
  type RecordingProtocol,
  type RecordingPushApi,
  type RecordingPushConfig,
  type RecordingPushDefinition,
} from './recording-push.ts';
export type { Recording, RecordingsApi } from './recordings.ts';
export type { SpeechProfile, SpeechProfileFilter, SpeechProfiles } from './speech-profiles.ts';
export {
  REMOVABLE_WEBHOOK_TYPES,
  type RemovableWebhookType,
  type Webhook,
  WEBHOOK_TYPES,
  type WebhookDefinition,
  type WebhooksApi,
  type WebhookType,
} from './webhooks.ts';

// What 8x8's codes mean.
export { explainSessionError, SESSION_ERROR_CODES } from './session-error-codes.ts';
export { explainStatus, type PlatformCode, STATUS_CODES } from './status-codes.ts';
