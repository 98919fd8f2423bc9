import { envelope, writeFields } from './payload.ts';
import type { WireBehaviour } from './wire-behaviour.ts';

/** How far a recording has come. */
export const RECORDING_STATUSES = [
  'PROCESSING',
  'PROCESSING_FAILED',
  'UPLOAD_COMPLETED',
  'UPLOAD_FAILED',
  'CALLBACK_COMPLETED',
  'CALLBACK_FAILED',
  'UNKNOWN',
] as const;
export type RecordingStatus = (typeof RECORDING_STATUSES)[number];

/** One recording of a session. */
export interface Recording {
  readonly recordingId: string;
  readonly sessionId: string;
  readonly durationSeconds: number;
  readonly filePath: string;
  readonly startedAt: number;
  status: RecordingStatus;
}

/** The body of a VRU. */
export function writeRecordingEvent(recording: Recording, wire: WireBehaviour): string {
  const payload = writeFields(
    {
      sessionId: recording.sessionId,
      recordingId: recording.recordingId,
      durationSeconds: recording.durationSeconds,
      filePath: recording.filePath,
      status: recording.status,
    },
    wire,
  );
  return envelope('CALL_RECORDING_STATUS', 'Call recording status updated', payload, wire);
}
