import { isForeign, isLocalName } from '@hookswitch/runtime/inside';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Lets only pages of this server ask: another page that is open in the same browser could else place calls (by a form, or under a name that it lets point
 * here). `host` is what the server was told to listen on.
 */
export function ownRequestsOnly(host: string) {
  // Whoever opened the server to others has names for it that it can't know.
  const isOwn = (name: string): boolean => !isLocalName(host) || isLocalName(name) || name === host;
  return async ({ raw }: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { method = 'GET', url = '/', headers } = raw;
    if (!isForeign({ method, url, headers }, isOwn)) return undefined;
    return reply
      .code(403)
      .send({ error: 'foreign', message: 'Only pages of this server may ask here. Open it as http://localhost, with its port.' });
  };
}
