import fastifyCompress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Below this many bytes compression saves no packet. */
const FROM = 1_400;
/** Up to this many bytes are compressed at once; larger bodies go through zlib's own threads, so that no caller waits for a page. */
const AT_ONCE = 16 * 1_024;

/**
 * Compresses what the routes of a scope answer, from 1,400 bytes on. Event streams are not compressed: they answer by themselves. Does nothing where the host
 * has a compression of its own.
 *
 * Lengths of compressed bodies tell nothing (BREACH): a token travels in a header that no other page can send, and no body repeats it.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  if (app.hasReplyDecorator('compress')) return;
  await app.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    threshold: FROM,
    syncThreshold: AT_ONCE,
    globalDecompression: false,
  });
}
