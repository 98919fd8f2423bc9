import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../../security/address-list.ts';

/**
 * Lets only pages of this server ask: another page that is open in the same browser could else place calls (by a form, or under a name that it lets point
 * here). `host` is what the server was told to listen on.
 */
export function ownRequestsOnly(host: string) {
  const isOwn = (name: string): boolean =>
    name === 'localhost' || name.endsWith('.localhost') || isLoopback(name) || name === host || !isLocal(host);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { host: authority = '', origin } = request.headers;
    const isForeign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== authority);
    if (isOwn(nameOf(authority)) && !isForeign) return undefined;
    return reply
      .code(403)
      .send({ error: 'foreign', message: 'Only pages of this server may ask here. Open it as http://localhost, with its port.' });
  };
}

/** Whoever opened the server to others has names for it that it can't know. */
function isLocal(host: string): boolean {
  return host === 'localhost' || isLoopback(host);
}

function nameOf(authority: string): string {
  return authority.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
