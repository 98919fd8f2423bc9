import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { capture, checkCallflow, defineFlow, say } from '@hookswitch/dsl';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../app.ts';
import type { Hooks } from '../assembly/options.ts';
import { ManualClock } from '../clock.test-support.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  const key = yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  yield say(`You pressed ${key ?? 'nothing'}.`);
});

const SECRET = 'Bearer a-long-enough-secret';
const sample = (name: string): string => readFileSync(new URL(`../../fixtures/webhooks/${name}.json`, import.meta.url), 'utf8');
const RECEIVED = sample('vca-call-received');

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function server(options: Partial<AppOptions> = {}): Promise<{ readonly app: FastifyInstance; readonly lines: string[] }> {
  const lines: string[] = [];
  // The published samples are of 2019: that is when this server lives.
  const clock = new ManualClock(Date.UTC(2019, 9, 16, 8, 12, 2));
  const log = { write: (line: string) => void lines.push(line) };
  const app = await createApp({ flows: [hello], store: 'memory', webhookSecrets: [SECRET], clock, logStream: log, ...options });
  apps.push(app);
  return { app, lines };
}

function post(app: FastifyInstance, url: string, payload: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'POST', url, payload, headers: { authorization: SECRET, 'content-type': 'application/json', ...headers } });
}

function expectCallflow(body: string): void {
  expect(checkCallflow(JSON.parse(body), { via: 'vca' }).filter(({ severity }) => severity === 'error')).toEqual([]);
}

describe('POST /webhooks', () => {
  it.each(['/webhooks/vca', '/webhooks'])('answers the published sample of a call that comes in, at %s', async (url) => {
    const { app } = await server();
    const reply = await post(app, url, RECEIVED);
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ clientActionId: 'key.0', callflow: [{ action: 'sayAndCapture' }] });
  });

  it.each(['vca-action-completed', 'vca-event-data-text', 'vca-dtmf-received', 'vca-speech-captured'])(
    'goes on with the digits of %s, also without an echo',
    async (name) => {
      const { app } = await server();
      await post(app, '/webhooks', RECEIVED);
      const { payload, ...envelope } = JSON.parse(sample(name)) as { readonly payload: object };
      const { sessionId, subAccountId } = (JSON.parse(RECEIVED) as { readonly payload: Record<string, string> }).payload;
      const body = { ...envelope, payload: { ...payload, sessionId, subAccountId, clientActionId: undefined } };
      const reply = await post(app, '/webhooks', JSON.stringify(body));
      expect(reply.json()).toMatchObject({
        callflow: [{ params: { text: expect.stringMatching(/^You pressed [17]/) } }, { action: 'hangup' }],
      });
    },
  );

  it('tells nobody of a fallback where the connection broke before the webhook was whole', async () => {
    const fallbacks: string[] = [];
    const { app } = await server({ hooks: { onFallback: (_call, reason) => void fallbacks.push(reason) } });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const broken = new Promise((closed) => app.server.once('connection', (socket) => socket.once('close', closed)));
    const headers = { authorization: SECRET, 'content-length': RECEIVED.length };
    const half = httpRequest(`${url}/webhooks/vca`, { method: 'POST', headers }).on('error', () => undefined);
    half.write(RECEIVED.slice(0, 100), () => half.destroy());
    await broken;
    await app.close();
    expect(fallbacks).toEqual([]);
  });

  it.each([
    ['vss-bridge-answered', 'vss'],
    ['vss-error', 'vss'],
    ['vss-error-of-an-action', 'vss'],
    ['vnu-updates', 'vnu'],
    ['vcs-call-received', 'vcs'],
    ['vru-upload-completed', 'vru'],
  ])('answers %s with 200, with and without its kind in the path', async (name, kind) => {
    const { app } = await server();
    expect((await post(app, `/webhooks/${kind}`, sample(name))).statusCode).toBe(200);
    expect((await post(app, '/webhooks', sample(name))).statusCode).toBe(200);
  });

  it.each([
    ['text that is no JSON', '{nope', {}],
    ['nothing at all', '', {}],
    ['a wrong content type', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no ids', '{"payload":{"callStatus":"CALL_RECEIVED"}}', {}],
    ['prototype keys', '{"__proto__":{"x":1},"payload":{"constructor":{}}}', {}],
    ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, {}],
    ['a body of two megabytes', `{"payload":"${'x'.repeat(2_000_000)}"}`, {}],
  ])('answers a VCA with %s by a callflow that obeys the rules', async (_what, body, headers) => {
    const { app, lines } = await server();
    const reply = await post(app, '/webhooks/vca', body, headers);
    expect(reply.statusCode).toBe(200);
    expectCallflow(reply.body);
    expect(lines.join('')).toMatch(/a webhook (was not understood|could not be read)/);
  });

  it('says whose caller hears the fallback', async () => {
    const { app, lines } = await server();
    await post(app, '/webhooks/vca', sample('vca-action-completed').replace('"subAccountId"', '"other"'));
    expect(lines.join('')).toMatch(/"missing":\["subAccountId"\].*"sessionId":"/);
    await post(app, '/webhooks/vca', RECEIVED.replace('CALL_RECEIVED', 'ACTION_COMPLETED'));
    expect(lines.at(-1)).toMatch(/"sessionId":"a1d6a5e2-.*"reason":"unknown-session"/);
  });

  it.each(['text/weird', 'text/xml; charset=latin1', 'no media type', '', ';;'])(
    'understands a call that comes in with the content type "%s", also with a byte order mark',
    async (type) => {
      const { app } = await server();
      const reply = await post(app, '/webhooks/vca', `\uFEFF${RECEIVED}`, { 'content-type': type });
      expect(reply.json()).toMatchObject({ clientActionId: 'key.0' });
    },
  );

  it.each(['/webhooks/', '/webhooks/vca/', '/webhooks/VCA', '//webhooks//vca'])('answers at %s, too', async (url) => {
    const { app } = await server();
    expect((await post(app, url, RECEIVED)).json()).toMatchObject({ clientActionId: 'key.0' });
  });

  it('reads a webhook that names no subaccount as of the only one that there is', async () => {
    const { app, lines } = await server({ subAccounts: [{ id: 'acme', apiKey: 'key' }] });
    const reply = await post(app, '/webhooks/vca', RECEIVED.replace('"your_subaccount_id"', 'null'));
    expect(reply.json()).toMatchObject({ clientActionId: 'key.0' });
    expect(lines.join('')).not.toContain('not understood');
  });

  it('answers for a subaccount that is not configured, and says so', async () => {
    const { app, lines } = await server({ subAccounts: [{ id: 'acme', apiKey: 'key' }], apiTokens: ['a-long-enough-api-token'] });
    expect((await post(app, '/webhooks/vca', RECEIVED)).json()).toMatchObject({ clientActionId: 'key.0' });
    expect(lines.join('')).toContain('names a subaccount that is not configured');
    const metrics = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a-long-enough-api-token' } });
    expect(metrics.body).toContain('hookswitch_foreign_subaccounts_total{kind="vca"} 1');
  });

  it.each([
    ['more keys than the capture takes', '"12"', 'too-long'],
    ['a thousand keys', `"${'1'.repeat(1_000)}"`, 'too-long'],
    ['what is no key', '"hello"', 'not-dtmf'],
  ])('goes on after %s, and says so without them', async (_what, dtmf, problem) => {
    const { app, lines } = await server({ apiTokens: ['a-long-enough-api-token'] });
    await post(app, '/webhooks/vca', RECEIVED);
    const pressed = RECEIVED.replace('"CALL_RECEIVED"', `"ACTION_COMPLETED","clientActionId":"key.0","eventData":{"dtmf":${dtmf}}`);
    expect((await post(app, '/webhooks/vca', pressed)).json()).toMatchObject({ clientActionId: 'ended.1' });
    expect(lines.join('')).toContain(`"problem":"${problem}"`);
    const metrics = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a-long-enough-api-token' } });
    expect(metrics.body).toContain(`hookswitch_odd_digits_total{problem="${problem}"} 1`);
  });

  it.each([
    ['without the secret', {}],
    ['with another secret', { authorization: 'Bearer wrong' }],
  ])('answers 401 %s', async (_what, headers) => {
    const { app } = await server();
    const reply = await app.inject({ method: 'POST', url: '/webhooks/vca', payload: RECEIVED, headers });
    expect(reply.statusCode).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['a form of another page', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
    ['a page without an origin', { origin: 'null' }],
    ['a page under a name that leads here', { host: 'evil.example:3000' }],
    ['a browser that says so', { 'sec-fetch-site': 'cross-site' }],
    ['a tunnel', { 'x-forwarded-for': '203.0.113.9' }],
    ['a proxy that says only that it is one', { via: '1.1 proxy' }],
  ])('answers 401 to %s, where there is no secret', async (_what, headers) => {
    const { app } = await server({ webhookSecrets: [], allowUnverified: true });
    const send = (more: Record<string, string>) => app.inject({ method: 'POST', url: '/webhooks/vca', payload: RECEIVED, headers: more });
    expect((await send({})).json()).toMatchObject({ clientActionId: 'key.0' });
    expect((await send(headers)).statusCode).toBe(401);
  });

  it('takes each of several secrets, while one is exchanged', async () => {
    const { app } = await server({ webhookSecrets: ['Bearer another-long-secret', SECRET] });
    expect((await post(app, '/webhooks/vca', RECEIVED)).statusCode).toBe(200);
  });

  it('says which kinds there are when the path names another', async () => {
    const { app } = await server();
    const reply = await post(app, '/webhooks/vcx', RECEIVED);
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ message: expect.stringContaining('/webhooks/vca') as string });
  });

  it('still answers a caller while the server closes', async () => {
    const { app } = await server();
    await post(app, '/webhooks/vca', RECEIVED);
    const closing = app.close();
    const late = RECEIVED.replace('"CALL_RECEIVED"', '"ACTION_COMPLETED"').replace('"sipCode"', '"clientActionId":"key.0","sipCode"');
    const reply = await post(app, '/webhooks/vca', late);
    expectCallflow(reply.body);
    await closing;
  });

  it('writes no number and no digits to the log', async () => {
    const { app, lines } = await server({ logLevel: 'trace' });
    await post(app, '/webhooks/vca', RECEIVED);
    const pressed = RECEIVED.replace('"CALL_RECEIVED"', '"ACTION_COMPLETED"').replace(
      '"sipCode"',
      '"clientActionId":"key.0","eventData":{"dtmf":"4815162342"},"sipCode"',
    );
    await post(app, '/webhooks/vca', pressed);
    expect(lines.join('')).not.toMatch(/65123456789|65987654321|4815162342/);
  });

  it('never answers a VCA with an error, whatever a sample has become', async () => {
    const { app } = await server();
    const samples = [RECEIVED, sample('vca-action-completed')].map((text) => JSON.parse(text) as { payload: Record<string, unknown> });
    const mutation = fc.record({
      base: fc.constantFrom(...samples),
      key: fc.constantFrom(...Object.keys(samples[1]?.payload ?? {}), 'payload', 'eventType', '__proto__'),
      value: fc.oneof(fc.jsonValue(), fc.string(), fc.constant(undefined)),
      top: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ base, key, value, top }) => {
        const changed = top ? { ...base, [key]: value } : { ...base, payload: { ...base.payload, [key]: value } };
        const reply = await post(app, '/webhooks/vca', JSON.stringify(changed));
        expect(reply.statusCode).toBe(200);
        expectCallflow(reply.body);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the summary of a call that has only begun, as where the caller hangs up at once,', () => {
  const { sessionId, subAccountId } = (JSON.parse(RECEIVED) as { payload: Record<string, unknown> }).payload;
  const SUMMARY = JSON.stringify({ eventType: 'SESSION_SUMMARY', payload: { sessionId, subAccountId, sessionStatus: 'COMPLETED' } });

  async function counting(store: Store) {
    const ended: string[] = [];
    const onEnd: Hooks['onEnd'] = (call) => void ended.push(`${call.status} ${call.sessionStatus}`);
    return { ...(await server({ store, hooks: { onEnd } })), ended };
  }

  it('ends the call when it comes first', async () => {
    const { app, ended } = await counting(createMemoryStore());
    await post(app, '/webhooks/vss', SUMMARY);
    await post(app, '/webhooks/vca', RECEIVED);
    await app.close();
    expect(ended).toEqual(['ended COMPLETED']);
  });

  it('ends the call when the call begins while it is being kept', async () => {
    const store = createMemoryStore();
    const other = await counting(store);
    const { app, ended } = await counting(store);
    const put = store.put.bind(store);
    store.put = async (...row) => {
      await post(other.app, '/webhooks/vca', RECEIVED);
      return put(...row);
    };
    await post(app, '/webhooks/vss', SUMMARY);
    await app.close();
    await other.app.close();
    expect(ended).toEqual(['ended COMPLETED']);
  });
});
