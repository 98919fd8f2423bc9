import { type CreateCallflow, createCallflows } from './callflows.ts';
import { type PlatformClientOptions, readClientOptions } from './client-options.ts';
import { createLogExports, type LogExportsApi } from './log-exports.ts';
import { createNumbers, type NumbersApi } from './numbers.ts';
import { createRecordingPush, type RecordingPushApi } from './recording-push.ts';
import { createRecordings, type RecordingsApi } from './recordings.ts';
import { createSend } from './send.ts';
import { createSpeechProfiles, type SpeechProfiles } from './speech-profiles.ts';
import { createWebhooks, type WebhooksApi } from './webhooks.ts';

/**
 * The 8x8 Voice REST API of one subaccount.
 *
 * Every method takes `{ signal }` last, waits in line for the rate limit, and throws one of `PlatformArgumentError`, `PlatformRejectedError`,
 * `PlatformUnauthorizedError`, `PlatformUnreachableError`, `PlatformResponseError`; `createCallflow` also `PlatformCallflowError` and
 * `PlatformOutcomeUnknownError`. The API key is held in a closure: it can't be printed, and is masked in whatever comes back.
 */
export interface PlatformClient {
  readonly subAccountId: string;
  readonly baseUrl: string;
  /** Starts an outbound session. Sent once: tried again only where it is certain that nothing was started; see `RetryPolicy`. */
  readonly createCallflow: CreateCallflow;
  /** Lists the voices of the account, all or those of a language. */
  readonly speechProfiles: SpeechProfiles;
  readonly webhooks: WebhooksApi;
  readonly numbers: NumbersApi;
  readonly recordings: RecordingsApi;
  readonly recordingPush: RecordingPushApi;
  readonly logExports: LogExportsApi;
}

/** Makes a client for the 8x8 Voice REST API. Sends nothing by itself. Throws `PlatformArgumentError`. */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const settings = readClientOptions(options);
  const send = createSend(settings, options.apiKey);
  const target = { host: new URL(settings.baseUrl).host, subAccountId: settings.subAccountId };
  return Object.freeze({
    subAccountId: settings.subAccountId,
    baseUrl: settings.baseUrl,
    createCallflow: createCallflows(send, target, settings.clock),
    speechProfiles: createSpeechProfiles(send, target),
    webhooks: Object.freeze(createWebhooks(send, target)),
    numbers: Object.freeze(createNumbers(send, target)),
    recordings: Object.freeze(createRecordings(send, target)),
    recordingPush: Object.freeze(createRecordingPush(send, target)),
    logExports: Object.freeze(
      createLogExports(createSend({ ...settings, baseUrl: settings.exportsUrl }, options.apiKey), {
        host: new URL(settings.exportsUrl).host,
        subAccountId: settings.subAccountId,
      }),
    ),
  });
}
