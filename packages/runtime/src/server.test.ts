import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defineFlow, type FlowModule, say, step } from '@hookswitch/dsl';
import { deferred } from './calls/calls.test-support.ts';
import { exposureOf, type ServerOptions, startServer } from './server.ts';

const flow = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Hello.');
});
const options = (more: Partial<ServerOptions>): ServerOptions => ({ flows: [flow], store: 'memory', logLevel: 'silent', port: 0, ...more });

async function started(more: Partial<ServerOptions>) {
  const server = await startServer(options(more));
  onTestFinished(() => server.close());
  return server;
}

describe('startServer', () => {
  it('listens on loopback by itself', async () => {
    const { url } = await started({ allowUnverified: true });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it.each<[string, Partial<ServerOptions>]>([
    ['on all addresses', { host: '0.0.0.0' }],
    ['on all addresses of IPv6', { host: '::' }],
    ['behind a proxy', { trustProxy: 1 }],
    ['under a public URL', { publicUrl: 'https://ivr.example.com' }],
  ])('takes no unverified webhooks %s', async (_where, more) => {
    await expect(startServer(options({ ...more, allowUnverified: true }))).rejects.toMatchObject({ code: 'HS_WEBHOOK_SECRET_MISSING' });
  });

  it.each<[string, object, string]>([
    ['a port that is a text', { port: '3000' }, 'port must be'],
    ['an empty host', { host: ' ' }, 'host must be'],
    ['a drain below 0', { drain: -1 }, 'drain must be'],
    ['a grace that is no number', { grace: '1 s' }, 'grace must be'],
    ['a keep-alive timeout in seconds', { keepAliveTimeout: 65 }, 'keepAliveTimeout must be'],
    ['a level that there is not', { logLevel: 'warning' }, 'logLevel must be'],
    ['a log that nothing can be written to', { logStream: {} }, 'logStream must be a stream that has write()'],
    ['what is no extension', { extend: 'console' }, 'extend must be a function'],
    ['a negative number of proxies', { trustProxy: -1 }, 'trustProxy must be a number of proxies'],
    ['a name that is misspelt', { trustProxi: 1 }, 'trustProxy'],
    ['a name of the plugin that is misspelt', { dataKey: 'k' }, 'dataKeys'],
  ])('refuses %s, and says what it may be', async (_what, more, says) => {
    const refused = startServer({ ...options({ allowUnverified: true }), ...more });
    await expect(refused).rejects.toMatchObject({ code: 'HS_CONFIG', message: expect.stringContaining(says) as string });
  });

  it('places calls in process', async () => {
    const { placeCall } = await started({ allowUnverified: true });
    await expect(placeCall({ flow: 'hello', to: '+6591178965', from: '+6568332048' })).rejects.toMatchObject({ code: 'HS_REQUEST' });
  });

  it('wants a secret on loopback too, unless it is told otherwise', async () => {
    await expect(startServer(options({}))).rejects.toMatchObject({ code: 'HS_WEBHOOK_SECRET_MISSING' });
  });

  it.each([
    ['the nearest proxy says that they come from 8x8', 1, '1.2.3.4, 18.140.80.2', 200],
    ['the nearest proxy says otherwise', 1, '18.140.80.2, 1.2.3.4', 401],
    ['two proxies say that they come from 8x8', 2, '18.140.80.2, 10.0.0.1', 200],
    ['a proxy on the list says that they come from 8x8', ['127.0.0.1'], '18.140.80.2', 200],
    ['a proxy that is not on the list says so', ['10.0.0.1'], '18.140.80.2', 401],
  ])('takes webhooks when %s', async (_who, trustProxy, forwarded, status) => {
    const { app } = await started({ webhookSecrets: ['Bearer s'], allowedAddresses: '8x8', trustProxy });
    const headers = { authorization: 'Bearer s', 'x-forwarded-for': forwarded };
    expect((await app.inject({ method: 'POST', url: '/webhooks/vcs', headers, body: '{}' })).statusCode).toBe(status);
  });

  it('names a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(startServer(options({ port, allowUnverified: true }))).rejects.toMatchObject({ code: 'HS_LISTEN', port });
  });

  it('closes with the answer that was under way, although its peer would keep the connection', async () => {
    const flows: FlowModule[] = [];
    let release: () => void = () => undefined;
    const began = new Promise<void>((tell) => {
      const slow = defineFlow({ name: 'slow', voice: 'en-US-BenjaminRUS' }, function* () {
        yield* step('wait', () => {
          tell();
          return new Promise<null>((resolve) => (release = () => resolve(null)));
        });
        yield say('Hello.');
      });
      flows.push(slow);
    });
    const server = await started({ flows, allowUnverified: true });
    const payload = {
      sessionId: 's',
      subAccountId: 'acc',
      callStatus: 'CALL_RECEIVED',
      callDirection: 'INBOUND',
      source: '1',
      destination: '2',
    };
    const answer = fetch(`${server.url}/webhooks/vca`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload: { ...payload, timestamp: new Date().toISOString() } }),
    });
    await began;
    const closed = server.close();
    await expect.poll(() => server.app.server.listening).toBe(false);
    release();
    expect((await answer).headers.get('connection')).toBe('close');
    expect(await (await answer).text()).toContain('Hello.');
    await closed;
  });

  it.each([
    ['has asked for nothing', ''],
    ['has begun to ask, and says no more', 'POST /webhooks/vca HTTP/1.1\r\n'],
  ])('closes, although somebody who %s keeps a connection', async (_what, text) => {
    const server = await started({ allowUnverified: true });
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const [, [ours]] = await Promise.all([once(socket, 'connect'), once(server.app.server, 'connection') as Promise<[Socket]>]);
    socket.write(text);
    await expect.poll(() => ours.bytesRead).toBe(text.length);
    await server.close();
    await ended;
  });

  it('keeps connections that nobody uses for longer than common proxies do, or as long as it is told', async () => {
    const kept = await Promise.all([{}, { keepAliveTimeout: 90_000 }].map((more) => started({ ...more, allowUnverified: true })));
    const said = await Promise.all(kept.map(async ({ url }) => (await fetch(`${url}/health`)).headers.get('keep-alive')));
    expect(said).toEqual(['timeout=620', 'timeout=90']);
  });

  it('is not ready once it retires, answers webhooks as before, and ends their connections', async () => {
    const server = await started({ allowUnverified: true });
    server.retire();
    const [ready, answer] = await Promise.all([
      fetch(`${server.url}/ready`),
      fetch(`${server.url}/webhooks/vca`, { method: 'POST', body: '{}' }),
    ]);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not-ready', reason: 'shutting down' }]);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  });

  it('says when it has closed, and closes twice', async () => {
    const server = await started({ allowUnverified: true });
    await Promise.all([server.close(), server.close()]);
    await server.closed;
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

describe('closing', () => {
  it('answers the caller whose step still runs', async () => {
    const { promise, resolve } = deferred<string>();
    const { promise: running, resolve: began } = deferred<boolean>();
    const slow = defineFlow({ name: 'slow', voice: 'en-US-BenjaminRUS' }, function* () {
      const name = yield* step('find', () => (began(true), promise), { examples: { ok: 'Ann' } });
      yield say(`Hello ${name}.`);
    });
    const server = await started({ flows: [slow], allowUnverified: true });
    const payload = {
      subAccountId: 'acme',
      sessionId: 's1',
      callStatus: 'CALL_RECEIVED',
      source: '+6590000001',
      destination: '+6560000000',
    };
    const body = JSON.stringify({ eventType: 'CALL_ACTION', payload });
    const answer = fetch(`${server.url}/webhooks/vca`, { method: 'POST', body });
    await running;
    const closing = server.close();
    resolve('Ann');
    expect(await (await answer).text()).toContain('Hello Ann.');
    await closing;
  });
});

describe('exposureOf', () => {
  it.each<[Parameters<typeof exposureOf>[0], string | null]>([
    [{}, null],
    [{ host: 'localhost' }, null],
    [{ host: '::1', publicUrl: 'http://localhost:3000' }, null],
    [{ host: '127.0.0.2', trustProxy: false }, null],
    [{ host: '192.168.1.4' }, 'host'],
    [{ host: 'ivr.internal' }, 'host'],
    [{ publicUrl: 'https://ivr.example.com' }, 'proxy'],
    [{ trustProxy: ['10.0.0.1'] }, 'proxy'],
  ])('of %j is %s', (where, exposure) => {
    expect(exposureOf(where)).toBe(exposure);
  });
});
