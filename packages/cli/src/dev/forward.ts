import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Gate } from './gate.ts';

const NOBODY = JSON.stringify({
  error: 'not-serving',
  message: 'No version of the flows is served yet: see the terminal or the console for what has to be mended.',
});
const GONE = JSON.stringify({ error: 'not-serving', message: 'The process that serves the flows has just ended. Try again.' });

/** Hands a request on, byte by byte, to the process that serves the flows now, and its answer back. `token` opens the API, which is open in development. */
export async function forward(gate: Gate, token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const url = await gate.target();
  reply.hijack();
  const { raw } = reply;
  if (url === null) return refuse(raw, NOBODY);
  const { hostname, port } = new URL(url);
  const outgoing = httpRequest({
    // Never what the request names: the token goes to no other server.
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: pathOf(request.raw.url ?? '/'),
    method: request.raw.method,
    headers: { authorization: `Bearer ${token}`, ...passedOn(request.raw.headers) },
  });
  outgoing.on('response', (answer) => {
    raw.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(raw);
    answer.on('error', () => raw.destroy());
  });
  outgoing.on('error', () => {
    if (raw.headersSent) raw.destroy();
    else refuse(raw, GONE);
  });
  raw.on('close', () => outgoing.destroy());
  request.raw.pipe(outgoing);
}

/** An absolute target without its origin, which was looked at before. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** What names the hop before, and what a browser says of the page that asks: that was looked at before. */
function passedOn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const isOfThisHop = (name: string): boolean => ['host', 'connection', 'origin'].includes(name) || name.startsWith('sec-fetch-');
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isOfThisHop(name)));
}

function refuse(raw: FastifyReply['raw'], body: string): void {
  raw.writeHead(503, { 'content-type': 'application/json; charset=utf-8' });
  raw.end(body);
}
