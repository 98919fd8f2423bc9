import { capture, defineFlow, say } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../app.ts';
import { ManualClock } from '../clock.test-support.ts';
import { hookswitch } from '../plugin.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';

const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
  yield* capture('Coming?', { id: 'coming' });
});

const TOKEN = 'a-long-enough-api-token';
const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** 8x8, as far as `POST /callflows` goes. */
function platform(): { readonly posts: unknown[]; readonly fetch: NonNullable<AppOptions['platformFetch']> } {
  const posts: unknown[] = [];
  const fetch = (_url: unknown, init: { readonly body?: unknown }) => {
    posts.push(JSON.parse(String(init.body)));
    const body = JSON.stringify({
      sessionId: `session-${posts.length}`,
      sessionStatus: 'CREATED',
      statusCode: 1,
      statusMessage: 'Created',
    });
    return Promise.resolve(new Response(body, { status: 200, headers: { 'content-type': 'application/json' } }));
  };
  return { posts, fetch: fetch as never };
}

async function server(options: Partial<AppOptions> = {}) {
  const { posts, fetch } = platform();
  const app = await createApp({
    flows: [reminder],
    store: 'memory',
    allowUnverified: true,
    apiTokens: [TOKEN],
    subAccounts: [{ id: 'acme', apiKey: 'k' }],
    platformFetch: fetch,
    logLevel: 'silent',
    ...options,
  });
  apps.push(app);
  const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}` }, ...(payload === undefined ? {} : { payload }) });
  return { app, posts, call };
}

const PLACE = { flow: 'reminder', to: '+6590000001', from: '+6560000000' };

describe('the API', () => {
  it('places a call and tells where it is', async () => {
    const { posts, call } = await server();
    const placed = await call('POST', '/calls', PLACE);
    expect(placed.statusCode).toBe(201);
    expect(placed.json()).toMatchObject({ status: 'live', site: 'coming', direction: 'outbound', to: '+65••••01' });
    expect(posts[0]).toMatchObject({ callflow: [{ action: 'makeCall' }, { action: 'say' }, { action: 'sayAndCapture' }] });
    const { id } = placed.json<{ id: string }>();
    expect((await call('GET', `/calls/${id}`)).json()).toMatchObject({ call: { id }, timeline: [{ kind: 'turn' }] });
    expect((await call('GET', '/calls?flow=reminder&status=live')).json()).toMatchObject({ calls: [{ id }], cursor: null });
  });

  it('is not needed in process: app.hookswitch places calls', async () => {
    const { app, posts } = await server();
    expect(await app.hookswitch.placeCall(PLACE)).toMatchObject({ call: { status: 'live', to: '+6590000001' }, repeated: false });
    expect(posts).toHaveLength(1);
    await expect(app.hookswitch.placeCall({ ...PLACE, flow: 'remindr' })).rejects.toMatchObject({ code: 'HS_FLOW_UNKNOWN' });
  });

  it('gives back the first call for the same clientRequestId', async () => {
    const { posts, call } = await server();
    const first = await call('POST', '/calls', { ...PLACE, clientRequestId: 'r1' });
    const second = await call('POST', '/calls', { ...PLACE, clientRequestId: 'r1' });
    expect([first.statusCode, second.statusCode, posts.length]).toEqual([201, 200, 1]);
    expect(second.json<{ id: string }>().id).toBe(first.json<{ id: string }>().id);
  });

  it('ends a call when the platform next asks', async () => {
    const { call } = await server();
    const { id } = (await call('POST', '/calls', PLACE)).json<{ id: string }>();
    const ending = await call('DELETE', `/calls/${id}`);
    expect([ending.statusCode, ending.json<{ status: string }>().status]).toEqual([202, 'ending']);
    expect((await call('DELETE', '/calls/no-such-call')).statusCode).toBe(404);
  });

  it.each([
    ['a flow that is not there', { ...PLACE, flow: 'reminders' }, 404, 'Did you mean "reminder"? There is only "reminder".'],
    ['a subaccount that is not configured', { ...PLACE, subAccountId: 'other' }, 400, 'acme'],
    ['a number that is none', { ...PLACE, to: 'Ann' }, 400, '"to" must be a telephone number in E.164 form'],
    ['a field that nobody knows', { ...PLACE, param: {} }, 400, 'Did you mean "params"?'],
  ])('refuses %s', async (_what, body, status, words) => {
    const { call } = await server();
    const reply = await call('POST', '/calls', body);
    expect(reply.statusCode).toBe(status);
    expect(reply.json<{ message: string }>().message).toContain(words);
  });

  it.each(['/calls', '/calls/x', '/metrics', '/openapi.json'])('keeps %s behind a token', async (url) => {
    const { app } = await server();
    expect((await app.inject({ url })).statusCode).toBe(401);
    expect((await app.inject({ url, headers: { authorization: 'Bearer wrong' } })).statusCode).toBe(401);
  });

  it('is closed as long as no token is set', async () => {
    const { app, call } = await server({ apiTokens: [] });
    expect((await call('GET', '/calls')).json()).toMatchObject({ message: expect.stringContaining('HOOKSWITCH_API_TOKEN') as string });
    expect((await app.inject('/health')).json()).toEqual({ status: 'ok' });
  });

  it('counts what it does, and describes its routes', async () => {
    const { call } = await server();
    await call('POST', '/calls', PLACE);
    expect((await call('GET', '/metrics')).body).toContain('hookswitch_live_calls{flow="reminder",site="coming"} 1');
    expect(Object.keys((await call('GET', '/openapi.json')).json<{ paths: object }>().paths)).toEqual(
      expect.arrayContaining(['/calls', '/calls/{id}', '/health', '/ready']),
    );
  });

  it('is ready as long as its store is', async () => {
    const store = createMemoryStore();
    const clock = new ManualClock();
    const { app } = await server({ store, clock });
    expect((await app.inject('/ready')).statusCode).toBe(200);
    await store.close();
    await clock.advance(1_000);
    expect((await app.inject('/ready')).statusCode).toBe(503);
  });

  it('is not ready any more as soon as it closes, and still alive', async () => {
    const { app } = await server();
    const closing = app.close();
    const [ready, health] = await Promise.all([app.inject('/ready'), app.inject('/health')]);
    expect([ready.statusCode, ready.json(), health.statusCode]).toEqual([503, { status: 'not-ready', reason: 'shutting down' }, 200]);
    await closing;
  });

  it('tells how a session has ended', async () => {
    const { app, call } = await server();
    const { id } = (await call('POST', '/calls', PLACE)).json<{ id: string }>();
    const summary = {
      sessionId: 'session-1',
      subAccountId: 'acme',
      sessionStatus: 'FAILED',
      errorDetails: { errorCode: -2005, errorMsg: 'TTS failed' },
    };
    const reply = await app.inject({ method: 'POST', url: '/webhooks/vss', payload: { eventType: 'SESSION_SUMMARY', payload: summary } });
    expect(reply.statusCode).toBe(200);
    const detail = await call('GET', `/calls/${id}`);
    expect(detail.body).toContain('Session over: FAILED (error -2005: TTS failed)');
    // The end is answered first and applied then.
    while (!(await call('GET', `/calls/${id}`)).body.includes('"site":"closed"')) await new Promise(setImmediate);
    const { calls } = (await call('GET', '/calls?site=coming')).json<{ calls: unknown[] }>();
    expect(calls).toMatchObject([{ id, site: 'closed', lastSite: 'coming' }]);
  });

  it('says that the store is out of reach instead of failing', async () => {
    const store = createMemoryStore();
    const { call } = await server({ store });
    await store.close();
    for (const url of ['/calls', '/calls/x', '/calls/x/journal']) {
      const reply = await call('GET', url);
      expect([reply.statusCode, reply.json<{ error: string }>().error]).toEqual([503, 'HS_STORE_UNAVAILABLE']);
    }
  });
});

describe('the Fastify plugin', () => {
  it('serves several instances in one process, each under its own prefix', async () => {
    const app = Fastify();
    apps.push(app);
    const options = { flows: [reminder], store: 'memory', allowUnverified: true };
    await app.register(async (scope) => void (await scope.register(hookswitch, options)), { prefix: '/a' });
    await app.register(async (scope) => void (await scope.register(hookswitch, options)), { prefix: '/b' });
    expect((await app.inject('/a/health')).statusCode).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/b/webhooks/vca', payload: '{}' })).statusCode).toBe(200);
  });

  it('is not ready any more once its host says that it retires, and answers webhooks as before', async () => {
    const retiring = new AbortController();
    const app = Fastify();
    apps.push(app);
    await app.register(hookswitch, { flows: [reminder], store: 'memory', allowUnverified: true, retiring: retiring.signal });
    retiring.abort();
    expect((await app.inject('/ready')).statusCode).toBe(503);
    expect((await app.inject({ method: 'POST', url: '/webhooks/vca', payload: '{}' })).statusCode).toBe(200);
  });

  it.each([
    ['no flow', { flows: [], allowUnverified: true }, 'no flow to serve'],
    ['an option that nobody knows', { flows: [reminder], allowUnverified: true, hook: {} }, 'Did you mean "hooks"?'],
    [
      'a setting of sessions that nobody knows',
      { flows: [reminder], allowUnverified: true, sessions: { holds: 3 } },
      'sessions has no key "holds"',
    ],
    [
      'a delivery that there is not',
      { flows: [reminder], allowUnverified: true, sessions: { delivery: 'actions' } },
      'sessions.delivery must be',
    ],
    [
      'a fallback that breaks a rule itself',
      { flows: [reminder], allowUnverified: true, sessions: { fallback: { text: { en: 'Sorry.', de: 'x'.repeat(3_001) } } } },
      'fallback or holdText',
    ],
    [
      'a fallback that is no audio',
      { flows: [reminder], allowUnverified: true, sessions: { fallback: { text: 'Sorry.', audio: 'sorry.ogg' } } },
      'fallback or holdText',
    ],
    ['no secret', { flows: [reminder] }, 'webhook secret'],
    ['an unknown store', { flows: [reminder], allowUnverified: true, store: 'sqlight:x' }, 'sqlite'],
  ])('refuses to start with %s', async (_what, options, words) => {
    await expect(createApp({ logLevel: 'silent', ...(options as unknown as AppOptions) })).rejects.toThrow(words);
  });
});
