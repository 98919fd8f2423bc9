import { request } from 'node:http';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forward } from './forward.ts';
import { Gate } from './gate.ts';
import { ownRequestsOnly } from './own-requests.ts';

/** A server that keeps what it is asked for. */
async function listener(arrived: Record<string, unknown>[]) {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.all('/*', ({ url, headers }) => (arrived.push({ url, ...headers }), { url }));
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The server of `dev`, the one behind it, and another one that must not hear of either. */
async function world() {
  const [behind, elsewhere] = [[], []] as Record<string, unknown>[][];
  const gate = new Gate();
  gate.open(await listener(behind ?? []));
  const other = new URL(await listener(elsewhere ?? [])).host;
  const front = Fastify();
  onTestFinished(() => front.close());
  front.addHook('onRequest', ownRequestsOnly('127.0.0.1'));
  front.all('/webhooks/*', (asked, reply) => forward(gate, 'the-token', asked, reply));
  const url = new URL(await front.listen({ port: 0, host: '127.0.0.1' }));
  const ask = (path: string, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request({ hostname: url.hostname, port: url.port, path, headers }, (answer) => resolve(answer.resume().statusCode ?? 0));
      sent.on('error', reject).end();
    });
  return { ask, own: url.host, other, behind, elsewhere };
}

describe('what dev hands on', () => {
  it('reaches the process that serves, with the token and without what the browser says of its page', async () => {
    const { ask, own, behind } = await world();
    expect(await ask('/webhooks/vca?x=1', { origin: `http://${own}`, 'sec-fetch-site': 'same-origin', 'x-kept': 'yes' })).toBe(200);
    expect(behind).toMatchObject([{ url: '/webhooks/vca?x=1', authorization: 'Bearer the-token', 'x-kept': 'yes' }]);
    expect(Object.keys(behind?.[0] ?? {})).not.toEqual(expect.arrayContaining(['origin']));
  });

  it('may name this server in full', async () => {
    const { ask, own, behind } = await world();
    expect(await ask(`http://${own}/webhooks/vca?x=1`)).toBe(200);
    expect(behind).toMatchObject([{ url: '/webhooks/vca?x=1' }]);
  });

  it.each<[string, (other: string) => [path: string, headers?: Record<string, string>]]>([
    ['in full', (other) => [`http://${other}/webhooks/vca`]],
    ['in full, with the host to match', (other) => [`http://${other}/webhooks/vca`, { host: other }]],
    ['in full, behind our own name', (other) => [`http://127.0.0.1@${other}/webhooks/vca`]],
    ['by two slashes', (other) => [`//${other}/webhooks/vca`]],
    ['by a backslash', (other) => [`/\\${other}/webhooks/vca`]],
    ['in the path', (other) => [`/webhooks/http://${other}/`]],
    ['as Host', (other) => ['/webhooks/vca', { host: other.replace('127.0.0.1', 'evil.example') }]],
  ])('never goes to another server that is named %s', async (_how, asked) => {
    const { ask, other, elsewhere, behind } = await world();
    await ask(...asked(other)).catch(() => 0);
    expect(elsewhere).toEqual([]);
    expect(behind?.every(({ url }) => String(url).startsWith('/webhooks/'))).toBe(true);
  });
});
