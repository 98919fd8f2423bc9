import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import { defineFlow, menu, say } from '@hookswitch/dsl';
import { createApp, hookswitch } from '@hookswitch/runtime';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { hookswitchConsole } from './plugin.ts';

const TOKEN = 'a-long-enough-api-token';
const authorization = `Bearer ${TOKEN}`;
const options = { store: 'memory', allowUnverified: true, apiTokens: [TOKEN] } as const;

const long = defineFlow({ name: 'long', voice: 'en-US-BenjaminRUS' }, function* () {
  for (let floor = 1; floor <= 30; floor++)
    yield* menu(`You are on floor ${floor}. Press 1 to go on.`, { 1: true }, { id: `floor-${floor}`, otherwise: true });
  yield say('This is the roof.');
});

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function opened(): Promise<FastifyInstance> {
  const app = await createApp({ ...options, flows: [long], logLevel: 'silent', extend: (app) => app.register(hookswitchConsole) });
  apps.push(app);
  return app;
}

describe('compression of what the console shows', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('makes a diagram a sixth as long, by %s', async (encoding, unpack) => {
    const app = await opened();
    const ask = (accept: string) => app.inject({ url: '/console/api/flows/long', headers: { authorization, 'accept-encoding': accept } });
    const [plain, packed] = [await ask('identity'), await ask(encoding)];
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, encoding]);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 6);
    expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers['vary']).toContain('accept-encoding');
  });

  it.each(['/console/diagram.css'])('is there for %s', async (url) => {
    const app = await opened();
    const answer = await app.inject({ url, headers: { authorization, 'accept-encoding': 'gzip, deflate, br' } });
    expect(answer.headers['content-encoding']).toBe('br');
  });

  it('leaves short answers as they are', async () => {
    const app = await opened();
    const headers = { authorization, 'accept-encoding': 'br' };
    const answer = await app.inject({ url: '/console/api/info', headers });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it('leaves the stream of events as it is: its news come at once', async () => {
    const app = await opened();
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const abort = new AbortController();
    const { headers } = await fetch(`${url}/console/api/events`, {
      headers: { authorization, 'accept-encoding': 'br' },
      signal: abort.signal,
    });
    abort.abort();
    expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual(['text/event-stream; charset=utf-8', null]);
  });

  it("leaves it to a host's own, where there is one", async () => {
    const app = Fastify();
    apps.push(app);
    await app.register(fastifyCompress, { encodings: ['gzip'] });
    await app.register(hookswitch, { ...options, flows: [long], prefix: '/ivr' });
    await app.register(hookswitchConsole, { prefix: '/ivr' });
    const answer = await app.inject({ url: '/ivr/console/api/flows/long', headers: { authorization, 'accept-encoding': 'br, gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(answer.rawPayload).toString()).toContain('floor-30');
  });
});
