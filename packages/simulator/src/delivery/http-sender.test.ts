import { createServer, type Server } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpSender, type HttpPost } from './http-sender.ts';

let app: FastifyInstance;
let sender: HttpSender;
let base: string;
const sockets = new Set<unknown>();

beforeEach(async () => {
  app = Fastify({ forceCloseConnections: true });
  app.post('/echo', (request, reply) => reply.send({ body: request.body, key: request.headers.authorization ?? null }));
  app.post('/large', (_request, reply) => reply.send('x'.repeat(1_100_000)));
  app.post('/never', () => new Promise(() => {}));
  app.post('/half', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-length': '100' });
    reply.raw.write('half');
    setImmediate(() => reply.raw.destroy());
  });
  app.server.on('connection', (socket) => sockets.add(socket));
  base = await app.listen({ port: 0, host: '127.0.0.1' });
  sender = new HttpSender(4);
});

afterEach(async () => {
  sender.close();
  sockets.clear();
  await app.close();
});

function post(path: string, more: Partial<HttpPost> = {}): HttpPost {
  return { url: new URL(path, base), body: '{"ä":1}', authorization: null, timeoutMs: 10_000, ...more };
}

describe('a sender', () => {
  it('sends JSON and gives the answer', async () => {
    const outcome = await sender.post(post('/echo', { authorization: 'secret' }));
    expect(outcome).toMatchObject({ answered: true, status: 200, body: '{"body":{"ä":1},"key":"secret"}' });
  });

  it('keeps connections', async () => {
    for (let n = 0; n < 20; n++) await sender.post(post('/echo'));
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('opens no more connections than it may', async () => {
    await Promise.all(Array.from({ length: 50 }, () => sender.post(post('/echo'))));
    expect(sockets.size).toBeLessThanOrEqual(4);
  });

  it.each([
    ['/never', 'timeout', 100],
    ['/large', 'too-large', 10_000],
    ['/half', 'reset', 10_000],
  ])('%s gives no answer: %s', async (path, why, timeoutMs) => {
    expect(await sender.post(post(path, { timeoutMs }))).toMatchObject({ answered: false, why });
  });

  it('says that nobody listens', async () => {
    expect(await sender.post(post('/echo', { url: new URL('http://127.0.0.1:9/') }))).toMatchObject({
      answered: false,
      why: 'unreachable',
    });
  });

  it('says that the connection broke', async () => {
    const rude = await listenRaw((server) => server.on('connection', (socket) => socket.once('data', () => socket.destroy())));
    expect(await sender.post(post('/', { url: rude.url }))).toMatchObject({ answered: false, why: 'reset' });
    rude.server.close();
  });

  it('opens new connections once the old ones are given up', async () => {
    await sender.post(post('/echo'));
    const [before] = sockets;
    sender.renew();
    await sender.post(post('/echo'));
    expect([...sockets].at(-1)).not.toBe(before);
  });

  it.each(['half', 'whole'] as const)('cuts a connection after the %s body', async (where) => {
    await sender.cut(post('/never'), where);
    await expect(sender.cut(post('/', { url: new URL('http://127.0.0.1:9/') }), where)).resolves.toBeUndefined();
  });
});

async function listenRaw(prepare: (server: Server) => void): Promise<{ readonly server: Server; readonly url: URL }> {
  const server = createServer();
  prepare(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, url: new URL(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`) };
}
