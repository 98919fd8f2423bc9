import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { virtualClock } from '../clock/virtual-clock.ts';
import { answer, hangup, serveWebhooks, simulate } from '../webhook-server.test-support.ts';
import { AudioFiles } from './audio-files.ts';

async function files(): Promise<{ readonly url: string; readonly asked: string[]; close(): Promise<void> }> {
  const app = Fastify();
  const asked: string[] = [];
  app.get('/:name', (request, reply) => {
    asked.push(request.url);
    const { name } = request.params as { name: string };
    if (name === 'missing.wav') return reply.code(404).send();
    if (name === 'large.mp3') return reply.send(Buffer.alloc(5 * 1024 * 1024));
    return reply.type(name === 'audio' ? 'audio/mpeg' : 'text/html').send('sound');
  });
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), asked, close: () => app.close() };
}

describe('audio files that are downloaded', () => {
  it.each<[string, RegExp | null]>([
    ['ok.wav', null],
    ['ok.MP3', null],
    ['audio', null],
    ['page', /neither \.wav nor \.mp3, and its content type is "text\/html/u],
    ['missing.wav', /status 404/u],
    ['large.mp3', /must have less than 5242880/u],
  ])('%s', async (name, problem) => {
    const server = await files();
    const found = await new AudioFiles(virtualClock()).problemWith(`${server.url}/${name}`);
    await server.close();
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  it('are kept for an hour', async () => {
    const server = await files();
    const clock = virtualClock({ startAt: 0 });
    const cache = new AudioFiles(clock);
    const timeline = clock.timeline();
    const later = (ms: number): Promise<void> => new Promise((resolve) => timeline.after(ms, resolve));
    for (const pause of [0, 3_599_999, 1]) {
      await later(pause);
      await cache.problemWith(`${server.url}/ok.wav`);
    }
    expect(server.asked).toHaveLength(2);
    await server.close();
  });

  it('end the session with -2006 when they can not be had', async () => {
    const server = await serveWebhooks(() => answer({ action: 'playFile', params: { fileUrl: 'http://127.0.0.1:9/a.wav' } }, hangup));
    const platform = simulate(server, { behaviour: { files: 'downloaded' } });
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2006 });
    expect(platform.faultCounts).toEqual({ file: 1 });
  });

  it('are played when they can', async () => {
    const served = await files();
    const server = await serveWebhooks(() => answer({ action: 'playFile', params: { fileUrl: `${served.url}/ok.wav` } }, hangup));
    const session = await simulate(server, { behaviour: { files: 'downloaded' } }).inboundCall({ caller }).closed;
    expect(session.heard).toEqual([`file: ${served.url}/ok.wav`]);
    await served.close();
  });
});
