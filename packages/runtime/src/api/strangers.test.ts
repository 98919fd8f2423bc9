import { defineFlow, say } from '@hookswitch/dsl';
import Fastify, { type RouteOptions } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../clock.test-support.ts';
import { hookswitch } from '../plugin.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

const flow = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
});
const TOKEN = 'a-long-enough-api-token';

/** A store whose operations are noted. */
function noted(): { readonly store: Store; readonly operations: string[] } {
  const operations: string[] = [];
  const store = new Proxy(createMemoryStore(), {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        operations.push(String(name));
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { store, operations };
}

/** A server with a secret and a token, and every route that it has. */
async function served(lines: string[] = []) {
  const { store, operations } = noted();
  const routes: { readonly method: string; readonly url: string }[] = [];
  const app = Fastify({ logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } });
  onTestFinished(() => app.close());
  app.addHook('onRoute', ({ method, url }: RouteOptions) => {
    for (const one of [method].flat()) routes.push({ method: one, url: url.replaceAll(/:\w+\??|\*/g, 'x') });
  });
  const clock = new ManualClock();
  await app.register(hookswitch, { flows: [flow], store, clock, webhookSecrets: ['Bearer a-long-enough-secret'], apiTokens: [TOKEN] });
  operations.length = 0;
  return { app, clock, routes, operations };
}

describe('a flood of requests from strangers', () => {
  it.each([
    ['without credentials', {}],
    ['with wrong ones', { authorization: 'Bearer wrong' }],
  ])('to every route there is, %s, costs the store one look', async (_how, headers) => {
    const { app, routes, operations } = await served();
    expect(routes.length).toBeGreaterThan(12);
    for (const { method, url } of routes)
      await Promise.all(Array.from({ length: 20 }, () => app.inject({ method: method as 'GET', url, headers, payload: '{}' })));
    expect(operations).toEqual(['ping']);
  });

  it('of webhooks writes one line a second, which says how many were left out', async () => {
    const lines: string[] = [];
    const { app, clock } = await served(lines);
    const flood = () => Promise.all(Array.from({ length: 50 }, () => app.inject({ method: 'POST', url: '/webhooks/vca', payload: '{}' })));
    await flood();
    await clock.advance(1_000);
    await flood();
    expect(lines.map((line) => (JSON.parse(line) as { leftOut?: number }).leftOut)).toEqual([undefined, 49]);
  });

  it('to /ready costs the store one look a second', async () => {
    const { app, clock, operations } = await served();
    for (let second = 0; second < 3; second++) {
      await Promise.all(Array.from({ length: 100 }, () => app.inject('/ready')));
      await clock.advance(1_000);
    }
    expect(operations.filter((operation) => operation === 'ping')).toHaveLength(3);
  });
});

it('a scraper that asks again before it is answered has live calls counted once', async () => {
  const { app, operations } = await served();
  const headers = { authorization: `Bearer ${TOKEN}` };
  await Promise.all(Array.from({ length: 50 }, () => app.inject({ url: '/metrics', headers })));
  expect(operations).toEqual(['liveCounts']);
});
