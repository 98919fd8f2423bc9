import { checkCallflow } from '@hookswitch/dsl';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { baseOf, flow, GET, HOSTS, openHost } from './hosts.test-support.ts';
import { hookswitch } from './plugin.ts';

const RECEIVED = JSON.stringify({
  eventType: 'CALL_ACTION',
  payload: {
    sessionId: 'a1d6a5e2',
    subAccountId: 'acme',
    callStatus: 'CALL_RECEIVED',
    source: '+6590000001',
    destination: '+6560000000',
    timestamp: new Date(0).toISOString(),
    callDirection: 'INBOUND',
  },
});

describe.each(Object.entries(HOSTS))('in a host with %s', (_name, world) => {
  const base = baseOf(world);

  it.each(['/webhooks', '/webhooks/', '/webhooks/vca', '/webhooks/vca/', '/webhooks/VCA'])('a caller hears the flow at %s', async (url) => {
    const app = await openHost(world);
    for (const type of ['application/json', 'text/plain']) {
      const reply = await app.inject({ method: 'POST', url: `${base}${url}`, payload: RECEIVED, headers: { 'content-type': type } });
      expect([reply.statusCode, reply.json()]).toMatchObject([200, { callflow: [{ action: 'sayAndCapture' }] }]);
    }
  });

  it('a caller hears something where nothing can be read', async () => {
    const app = await openHost(world);
    const reply = await app.inject({
      method: 'POST',
      url: `${base}/webhooks/vca`,
      payload: 'no',
      headers: { 'content-type': 'text/plain' },
    });
    expect(checkCallflow(reply.json(), { via: 'vca' }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['/health', 200, { status: 'ok' }],
    ['/ready', 200, { status: 'ready' }],
    ['/calls?limit=5', 200, { calls: [], cursor: null }],
    ['/calls?limit=no', 400, { message: expect.stringContaining('limit') as string }],
    ['/calls/none', 404, { error: 'call' }],
    ['/openapi.json', 200, { paths: { [`${base === '/acme' ? '/{tenant}' : base}/calls`]: {} } }],
  ])('%s is answered with %i', async (url, status, body) => {
    const app = await openHost(world);
    const reply = await app.inject(GET(`${base}${url}`));
    expect([reply.statusCode, reply.json()]).toMatchObject([status, body]);
  });

  it('a call that can not be placed is told in our words', async () => {
    const app = await openHost(world);
    const place = (payload: object) => app.inject({ ...GET(`${base}/calls`), method: 'POST', payload });
    const [unknown, missing] = [await place({ flow: 'host', to: '+6590000001', from: '+6560000000', flows: 1 }), await place({})];
    expect([unknown.statusCode, unknown.json()]).toMatchObject([
      400,
      { error: 'field', message: expect.stringContaining('Did you mean "flow"?') as string },
    ]);
    expect(missing.statusCode).toBe(400);
  });

  it('the document of the host can still be made', async () => {
    const app = await openHost(world);
    if (app.hasDecorator('swagger')) expect(app.swagger()).toMatchObject({ openapi: expect.any(String) as string });
  });
});

const SECRET = 'Bearer a-long-enough-secret';
type Failing = 'onRequest' | 'preParsing' | 'preValidation' | 'preHandler' | 'preSerialization' | 'onSend';

describe.each<Failing>(['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'])(
  'in a host whose %s hook fails',
  (hook) => {
    async function failing(url: string, authorization: string, body = RECEIVED) {
      const app = Fastify();
      onTestFinished(() => app.close());
      app.addHook(hook as 'onRequest', () => Promise.reject(new TypeError('a mistake of the host')));
      await app.register(hookswitch, { flows: [flow], store: 'memory', webhookSecrets: [SECRET] });
      const headers = { authorization, 'content-type': 'application/json' };
      return app.inject({ method: 'POST', url, payload: body, headers });
    }

    it('a caller hears something all the same', async () => {
      const reply = await failing('/webhooks/vca', SECRET);
      expect(reply.statusCode).toBe(200);
      expect(checkCallflow(reply.json(), { via: 'vca' }).filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    it('what was answered is not lost on the way out', async () => {
      const isLate = hook === 'onSend' || hook === 'preSerialization';
      expect('clientActionId' in (await failing('/webhooks/vca', SECRET)).json<object>()).toBe(isLate);
      expect((await failing('/webhooks/vss', SECRET, '{}')).statusCode).toBe(isLate ? 200 : 503);
    });

    it('nobody else is answered', async () => {
      expect((await failing('/webhooks/vca', 'Bearer another')).body).not.toContain('callflow');
    });
  },
);
