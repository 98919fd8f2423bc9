import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { answer, hangup, say, serveWebhooks } from '../webhook-server.test-support.ts';
import { api, KEY, listening } from './rest-client.test-support.ts';

describe('every route', () => {
  it.each<[string, Record<string, string>, string, number, object]>([
    [
      'needs a key',
      {},
      'acc/callflows',
      401,
      { sessionStatus: 'NOT_CREATED', statusCode: 401, statusMessage: 'Authentication header not found or token invalid' },
    ],
    ['needs a key of the account', { authorization: 'Bearer other' }, 'acc/webhooks', 401, { statusCode: 401 }],
    [
      'needs its subaccount',
      KEY,
      'abc/callflows',
      404,
      { sessionStatus: 'NOT_CREATED', statusCode: 404, statusMessage: 'SubAccount not found by Id : abc' },
    ],
    ['has to be known', KEY, 'acc/dances', 404, { statusCode: 404, statusMessage: 'Resource not found' }],
  ])('%s', async (_what, headers, path, status, body) => {
    const platform = await listening({ apiKeys: ['key'] });
    const [code, answered] = await api(platform, 'POST', path, {}, headers);
    expect(code).toBe(status);
    expect(answered).toMatchObject(body);
  });
});

describe('webhooks', () => {
  const vca = { type: 'VCA', url: 'http://127.0.0.1:1/vca', httpAuthHeader: 'secret' };

  it('are registered, listed without their secret, and removed', async () => {
    const platform = await listening();
    const entry = { type: 'VCA', url: vca.url, enabled: true, httpAuthHeaderAvailable: true };
    expect(await api(platform, 'POST', 'acc/webhooks', vca)).toEqual([
      200,
      { subAccountId: 'acc', count: 1, webhooks: [entry], statusCode: 0, statusMessage: 'ok' },
    ]);
    expect(await api(platform, 'GET', 'acc/webhooks')).toMatchObject([200, { count: 1, webhooks: [entry] }]);
    expect(await api(platform, 'DELETE', 'acc/webhooks/VCA')).toMatchObject([200, { type: 'VCA', statusMessage: 'deleted' }]);
    expect(await api(platform, 'DELETE', 'acc/webhooks/VCA')).toMatchObject([404, { statusCode: 404 }]);
  });

  it('of virtual numbers can not be removed, only be switched off', async () => {
    const platform = await listening();
    await api(platform, 'POST', 'acc/webhooks', { ...vca, type: 'VNU' });
    expect(await api(platform, 'DELETE', 'acc/webhooks/VNU')).toMatchObject([422, {}]);
    expect(await api(platform, 'POST', 'acc/webhooks', { ...vca, type: 'VNU', enabled: false })).toMatchObject([200, {}]);
  });

  it('are used from then on, unless they are switched off', async () => {
    const server = await serveWebhooks(() => answer(say('Hi'), hangup));
    const platform = await listening();
    await api(platform, 'POST', 'acc/webhooks', { type: 'VCA', url: server.url, httpAuthHeader: 'secret' });
    expect((await platform.inboundCall({ caller }).closed).heard).toEqual(['Hi']);
    expect(server.received[0]?.headers['authorization']).toBe('secret');
    await api(platform, 'POST', 'acc/webhooks', { type: 'VCA', url: server.url, active: false });
    expect((await platform.inboundCall({ caller }).closed).end?.status).toBe('ERROR');
  });

  it.each<[object]>([
    [{ ...vca, type: 'VXX' }],
    [{ ...vca, url: 'ftp://x' }],
    [{ ...vca, url: 7 }],
    [{ ...vca, httpAuthHeader: 7 }],
    [{ ...vca, enabled: 'yes' }],
  ])('are refused with 422: %j', async (body) => {
    expect(await api(await listening(), 'POST', 'acc/webhooks', body)).toMatchObject([422, { statusCode: -1001 }]);
  });
});

describe('logs of calls', () => {
  it('are exported by a job that is queued, runs and succeeds', async () => {
    const platform = await listening();
    const [status, { jobId }] = await api(platform, 'POST', 'acc/messages/exports', { from: '2030-01-01', to: '2030-01-31', limit: 0 });
    const asked = async (): Promise<unknown> => (await api(platform, 'GET', `acc/messages/exports/${String(jobId)}`))[1]['status'];
    expect([status, await asked(), await asked(), await asked()]).toEqual([202, 'queued', 'running', 'succeeded']);
    expect(await api(platform, 'DELETE', `acc/messages/exports/${String(jobId)}`)).toMatchObject([204, {}]);
    expect(await asked()).toBe('cancelled');
  });

  it.each([{ from: 'soon' }, { from: 5 }, { from: '2030-01-02', to: '2030-01-01' }, { limit: 'all' }])(
    'are not exported for %j',
    async (body) => {
      expect(await api(await listening(), 'POST', 'acc/messages/exports', body)).toMatchObject([422, {}]);
    },
  );

  it('are of known jobs', async () => {
    expect(await api(await listening(), 'GET', 'acc/messages/exports/none')).toMatchObject([404, { statusCode: 4018 }]);
  });
});

describe('what the API tells', () => {
  it('speech profiles: the sample list, or the voices that were given', async () => {
    const [, sample] = await api(await listening(), 'GET', 'acc/speech-profiles');
    expect(sample['speechProfiles']).toContainEqual({
      speechProfileCode: 'en-US-ZiraRUS',
      localeCode: 'en-US',
      localeDescription: 'English (US)',
      gender: 'F',
    });
    const [, given] = await api(await listening({ voices: ['zh-CN-HuihuiRUS'] }), 'GET', 'acc/speech-profiles');
    expect(given['speechProfiles']).toMatchObject([{ speechProfileCode: 'zh-CN-HuihuiRUS', localeCode: 'zh-CN' }]);
  });

  it('numbers and one of them', async () => {
    const platform = await listening({ numbers: [{ number: '6568332048', referenceId: 'vn-1', status: 'Unhealthy' }] });
    const [, all] = await api(platform, 'GET', 'acc/numbers');
    expect(all).toMatchObject({
      totalNumbers: 1,
      numbers: [{ msisdn: '+6568332048', countryCode: 'SG', operationalStatus: 'Unhealthy', numberHealth: { isHealthy: false } }],
    });
    expect(await api(platform, 'GET', 'acc/numbers/6568332048')).toMatchObject([
      200,
      { payload: { referenceId: 'vn-1', msisdn: '+6568332048' } },
    ]);
    expect(await api(platform, 'GET', 'acc/numbers/6500000')).toMatchObject([404, { statusCode: 404 }]);
    for (const odd of ['+6568332048', '123456', '65683320481'])
      expect(await api(platform, 'GET', `acc/numbers/${odd}`)).toMatchObject([422, {}]);
  });

  it('where recordings go, without the password', async () => {
    const platform = await listening();
    const config = { protocol: 'S3', host: 'ap-southeast-2', port: 13, username: 'me', password: 'secret', path: '/calls/' };
    const { password, ...shown } = config;
    expect(await api(platform, 'GET', 'acc/recording-push-config')).toMatchObject([404, {}]);
    expect(await api(platform, 'POST', 'acc/recording-push-config', config)).toEqual([
      200,
      { subAccountId: 'acc', ...shown, passwordSet: true, statusCode: 0, statusMessage: 'ok' },
    ]);
    expect(await api(platform, 'POST', 'acc/recording-push-config', { ...config, protocol: 'FTP' })).toMatchObject([422, {}]);
    expect(await api(platform, 'POST', 'acc/recording-push-config', { ...config, password: 7 })).toMatchObject([422, {}]);
    expect(await api(platform, 'DELETE', 'acc/recording-push-config')).toMatchObject([200, { delete: true }]);
    expect(await api(platform, 'DELETE', 'acc/recording-push-config')).toMatchObject([404, {}]);
    expect(password).toBe('secret');
  });

  it('what was recorded in a session', async () => {
    const recorded = { action: 'makeCall', params: { source: '+6568332048', destination: '+6531589338', callRecording: true } };
    const server = await serveWebhooks((event) => (event.payload.callStatus === 'CALL_RECEIVED' ? answer(recorded) : answer(hangup)));
    const platform = await listening({ webhookUrls: server.url });
    const session = await platform.inboundCall({ caller }).closed;
    expect(await api(platform, 'GET', `acc/recordings/${session.id}`)).toMatchObject([
      200,
      { recordings: [{ sessionId: session.id, status: 'UPLOAD_COMPLETED', duration: 23 }] },
    ]);
    expect(await api(platform, 'GET', 'acc/recordings/none')).toMatchObject([404, {}]);
  });
});
