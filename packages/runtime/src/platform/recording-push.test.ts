import { describe, expect, it } from 'vitest';
import { against, thrownBy } from './platform.test-support.ts';
import type { RecordingPushDefinition } from './recording-push.ts';

const STORED = {
  subAccountId: 'Acme_Hotel',
  protocol: 'SFTP',
  host: 'files.example',
  port: 22,
  username: 'ann',
  passwordSet: true,
  path: '/in/',
};
const TARGET: RecordingPushDefinition = { protocol: 'SFTP', host: 'files.example', username: 'ann', password: 'pa$$word', path: '/in/' };
const PATH = '/api/v1/subaccounts/Acme_Hotel/recording-push-config';

describe('recordingPush', () => {
  it('gives the present target', async () => {
    const { client, arrived } = against({ json: { ...STORED, port: '22', statusCode: 0, statusMessage: 'ok' } });
    expect(await client.recordingPush.get()).toEqual(STORED);
    expect(arrived[0]).toMatchObject({ method: 'GET', path: PATH });
  });

  it.each([
    ['SFTP', 22],
    ['S3', 443],
  ] as const)('sets a target for %s with its usual port', async (protocol, port) => {
    const { client, arrived } = against({ json: STORED });
    expect(await client.recordingPush.set({ ...TARGET, protocol })).toEqual(STORED);
    expect(arrived[0]).toMatchObject({ method: 'POST', path: PATH, json: { ...TARGET, protocol, port } });
  });

  it('never gives back the password', async () => {
    const stored = await against({ json: { ...STORED, password: 'pa$$word' } }).client.recordingPush.get();
    expect(JSON.stringify(stored)).not.toContain('pa$$word');
    expect(stored.passwordSet).toBe(true);
  });

  it('removes the target', async () => {
    const { client, arrived } = against({ json: { ...STORED, delete: true, statusCode: 0 } });
    expect(await client.recordingPush.remove()).toEqual({ ...STORED, delete: true });
    expect(arrived[0]).toMatchObject({ method: 'DELETE', path: PATH });
  });

  it('takes a removal that says nothing', async () => {
    expect(await against({ status: 204 }).client.recordingPush.remove()).toBeNull();
  });

  it('complains of an answer without protocol', async () => {
    expect(await thrownBy(against({ json: {} }).client.recordingPush.get())).toMatchObject({
      code: 'HS_PLATFORM_RESPONSE',
      path: '$.protocol',
    });
  });

  it('refuses anything but an object', async () => {
    const error = await thrownBy(against().client.recordingPush.set(null as unknown as RecordingPushDefinition));
    expect(error).toMatchObject({ argument: 'recordingPush.set' });
  });

  it.each([
    [{ protocol: 'FTP' }, 'recordingPush.set.protocol'],
    [{ port: 0 }, 'recordingPush.set.port'],
    [{ port: 65_536 }, 'recordingPush.set.port'],
    [{ host: '' }, 'recordingPush.set.host'],
    [{ password: undefined }, 'recordingPush.set.password'],
    [{ pasword: 'x' }, 'recordingPush.set.pasword'],
  ])('refuses %j without repeating the password', async (change, argument) => {
    const definition = { ...TARGET, ...change } as unknown as RecordingPushDefinition;
    const error = await thrownBy(against().client.recordingPush.set(definition));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_ARGUMENT', argument });
    expect((error as Error).message).not.toContain('pa$$word');
  });
});
