import { describe, expect, it } from 'vitest';
import { against, thrownBy } from './platform.test-support.ts';

const SESSION = 'e35e3d0e-065a-11ec-b119-676cb2bc33ef';
const ROW = {
  recordingId: 'eef54fc2-065a-11ec-bce9-ed1000154345',
  sessionId: SESSION,
  subAccountId: 'Acme_Hotel',
  status: 'CALLBACK_COMPLETED',
  externalFileUrl: 'https://recordings.example/a.mp3',
  duration: 25,
  startRecordingTime: '2030-01-01T00:00:00Z',
};

describe('recordings.get', () => {
  it('gives the recordings of a session', async () => {
    const { client, arrived } = against({ json: { recordings: [ROW], statusCode: 0, statusMessage: 'ok' } });
    expect(await client.recordings.get(SESSION)).toEqual([ROW]);
    expect(arrived[0]).toMatchObject({ method: 'GET', path: `/api/v1/subaccounts/Acme_Hotel/recordings/${SESSION}` });
  });

  it('gives none where there is none yet', async () => {
    expect(await against({ json: { recordings: [] } }).client.recordings.get(SESSION)).toEqual([]);
  });

  it('takes the spellings of both documents and keeps what it does not know', async () => {
    const json = { recordings: [{ recordingId: 'r', sessionid: 's', status: 'completed', durationSeconds: '10', codec: 'mp3' }] };
    const [recording] = await against({ json }).client.recordings.get(SESSION);
    expect(recording).toMatchObject({ sessionId: 's', status: 'COMPLETED', duration: 10, externalFileUrl: null, codec: 'mp3' });
  });

  it('calls a missing status unknown', async () => {
    const [recording] = await against({ json: [{ recordingId: 'r' }] }).client.recordings.get(SESSION);
    expect(recording?.status).toBe('UNKNOWN');
  });

  it.each([
    [{ protocol: 'S3' }, '$.recordings'],
    [{ recordings: [{}] }, '$.recordings[0].recordingId'],
  ])('names the place that is wrong in %j', async (json, path) => {
    expect(await thrownBy(against({ json }).client.recordings.get(SESSION))).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', path });
  });

  it.each(['', '..', 'a/b', 'x'.repeat(65), 7])('refuses the session id %j', async (sessionId) => {
    expect(await thrownBy(against().client.recordings.get(sessionId as string))).toMatchObject({ argument: 'recordings.get.sessionId' });
  });
});
