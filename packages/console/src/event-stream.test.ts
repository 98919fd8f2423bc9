import { systemClock } from '@hookswitch/runtime/inside';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { EventStreams } from './event-stream.ts';

it('answers HEAD with the headers of the stream, and ends', async () => {
  const streams = new EventStreams(systemClock);
  const app = Fastify();
  app.get('/', (_request, reply) => streams.open(reply, { event: 'hello', data: {} }, { 'x-page': 'yes' }));
  const reply = await app.inject({ method: 'HEAD', url: '/' });
  expect([reply.statusCode, reply.body, streams.size]).toEqual([200, '', 0]);
  expect(reply.headers).toMatchObject({ 'content-type': expect.stringContaining('text/event-stream') as string, 'x-page': 'yes' });
});

it('begins no stream once all were ended: a page comes back at once, and would keep the server from closing', async () => {
  const streams = new EventStreams(systemClock);
  const app = Fastify();
  app.get('/', (_request, reply) => streams.open(reply, { event: 'hello', data: {} }, {}));
  const first = app.inject('/');
  while (streams.size === 0) await new Promise(setImmediate);
  streams.close();
  expect((await first).body).toBe('retry: 1000\n\nevent: hello\ndata: {}\n\n');
  expect((await app.inject('/')).statusCode).toBe(503);
});
