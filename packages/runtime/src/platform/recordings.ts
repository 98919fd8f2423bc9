import { PlatformArgumentError } from '../errors/index.ts';
import { field, isJsonObject, numberField, textField } from './fields.ts';
import { repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** A recording of a session. Fields that are not listed are kept as they came. */
export interface Recording {
  readonly recordingId: string;
  readonly sessionId: string | null;
  readonly subAccountId: string | null;
  /** `PROCESSING`, `PROCESSING_FAILED`, `UPLOAD_COMPLETED`, `UPLOAD_FAILED`, `CALLBACK_COMPLETED`, `CALLBACK_FAILED` or `UNKNOWN`. */
  readonly status: string;
  /** Where it has been pushed to. */
  readonly externalFileUrl: string | null;
  /** Seconds. */
  readonly duration: number | null;
  /** ISO 8601. */
  readonly startRecordingTime: string | null;
  readonly [field: string]: unknown;
}

/** Recordings by session. */
export interface RecordingsApi {
  /** All recordings of a session, none where it has none yet. */
  get(sessionId: string, options?: RequestOptions): Promise<readonly Recording[]>;
}

/** Makes the `recordings` part of the client. */
export function createRecordings(send: Send, target: Target): RecordingsApi {
  return {
    async get(sessionId, options) {
      if (typeof sessionId !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(sessionId)) {
        throw new PlatformArgumentError('recordings.get.sessionId', 'must be the id of a session, as its webhooks give it (a UUID).');
      }
      const operation: Operation = { name: 'GET recordings/{sessionId}', method: 'GET', path: `recordings/${sessionId}` };
      const judge = repeatable<readonly Recording[]>(target, operation, ({ body }, malformed) => {
        const rows = Array.isArray(body) ? body : isJsonObject(body) ? field(body, 'recordings') : undefined;
        if (!Array.isArray(rows)) throw malformed('$.recordings', 'must be a list.');
        return rows.map((row: unknown, index) => {
          const recordingId = isJsonObject(row) ? textField(row, 'recordingId') : null;
          if (!isJsonObject(row) || recordingId === null) throw malformed(`$.recordings[${index}].recordingId`, 'is missing.');
          return {
            ...row,
            recordingId,
            sessionId: textField(row, 'sessionId'),
            subAccountId: textField(row, 'subAccountId'),
            status: textField(row, 'status')?.toUpperCase() ?? 'UNKNOWN',
            externalFileUrl: textField(row, 'externalFileUrl'),
            duration: numberField(row, 'duration', 'durationSeconds'),
            startRecordingTime: textField(row, 'startRecordingTime'),
          };
        });
      });
      return send(operation, judge, options);
    },
  };
}
