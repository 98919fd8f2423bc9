import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { defineFlow, say } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';

const TOKEN = 'a-long-enough-api-token';
const authorization = `Bearer ${TOKEN}`;

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Hello.');
});

let app: FastifyInstance;
beforeEach(async () => {
  app = await createApp({ flows: [hello], store: 'memory', allowUnverified: true, apiTokens: [TOKEN], logLevel: 'silent' });
});
afterEach(() => app.close());

describe('compression', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('makes the document of the API a third as long, by %s', async (encoding, unpack) => {
    const ask = (accept: string) => app.inject({ url: '/openapi.json', headers: { authorization, 'accept-encoding': accept } });
    const [plain, packed] = [await ask('identity'), await ask(encoding)];
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, encoding]);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
    expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers['vary']).toContain('accept-encoding');
  });

  it('is there for metrics', async () => {
    const answer = await app.inject({ url: '/metrics', headers: { authorization, 'accept-encoding': 'gzip, deflate, br' } });
    expect(answer.headers['content-encoding']).toBe('br');
  });

  it('leaves short answers and webhooks as they are', async () => {
    const headers = { authorization, 'accept-encoding': 'br' };
    for (const url of ['/health', '/calls']) expect((await app.inject({ url, headers })).headers['content-encoding']).toBeUndefined();
    const answer = await app.inject({ method: 'POST', url: '/webhooks/vca', payload: '{}', headers });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});
