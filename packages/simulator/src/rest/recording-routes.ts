import type { FastifyInstance } from 'fastify';
import type { RecordingPushConfig } from '../registry/recordings.ts';
import type { PlatformContext } from '../session/context.ts';
import { OK, replyError } from './replies.ts';

/** What a push configuration needs, and of which type. */
const CONFIG_FIELDS = {
  protocol: 'string',
  host: 'string',
  port: 'number',
  username: 'string',
  password: 'string',
  path: 'string',
} as const;

/** `GET …/recordings/{sessionId}` and `GET, POST, DELETE …/recording-push-config`. */
export function recordingRoutes(api: FastifyInstance, { recordings, subAccountId }: PlatformContext): void {
  const describe = ({ password, ...config }: RecordingPushConfig): Record<string, unknown> => ({
    subAccountId,
    ...config,
    passwordSet: password !== '',
    ...OK,
  });

  api.get('/recordings/:sessionId', (request, reply) => {
    const { sessionId } = request.params as { sessionId: string };
    const found = recordings.of(sessionId);
    if (found === null) return replyError(request, reply, 404, 'Recording not found');
    const list = found.map((recording) => ({
      recordingId: recording.recordingId,
      sessionId,
      subAccountId,
      status: recording.status,
      externalFileUrl: `https://recordings.invalid/${recording.filePath}`,
      duration: recording.durationSeconds,
      startRecordingTime: new Date(recording.startedAt).toISOString(),
    }));
    return { recordings: list, ...OK };
  });

  api.get('/recording-push-config', (request, reply) =>
    recordings.config === null ? replyError(request, reply, 404, 'Recording push config not found') : describe(recordings.config),
  );

  api.post('/recording-push-config', (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const wrong = Object.entries(CONFIG_FIELDS).find(([key, type]) => typeof body[key] !== type);
    if (wrong !== undefined) return replyError(request, reply, 422, `${wrong[0]} should be a ${wrong[1]}`, -1001);
    const protocol = String(body['protocol']).toUpperCase();
    if (protocol !== 'S3' && protocol !== 'SFTP') return replyError(request, reply, 422, 'protocol should be one of: S3,SFTP', -1001);
    recordings.config = { ...(body as unknown as RecordingPushConfig), protocol };
    return describe(recordings.config);
  });

  api.delete('/recording-push-config', (request, reply) => {
    if (recordings.config === null) return replyError(request, reply, 404, 'Recording push config not found');
    const removed = recordings.config;
    recordings.config = null;
    return { delete: true, ...describe(removed) };
  });
}
