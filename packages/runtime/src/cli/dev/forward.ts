import { request as httpRequest } from 'node:http';
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
  const { host: _host, connection: _connection, ...headers } = request.raw.headers;
  const outgoing = httpRequest(new URL(request.raw.url ?? '/', url), {
    method: request.raw.method,
    headers: { authorization: `Bearer ${token}`, ...headers },
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

function refuse(raw: FastifyReply['raw'], body: string): void {
  raw.writeHead(503, { 'content-type': 'application/json; charset=utf-8' });
  raw.end(body);
}
