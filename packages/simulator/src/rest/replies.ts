import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What goes with an answer that was no error. */
export const OK = { statusCode: 0, statusMessage: 'ok' } as const;

/** An error as the API writes it: of callflows with `NOT_CREATED`, else with an error id. `statusCode` is the HTTP status where 8x8 has no code of its own. */
export function replyError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  statusMessage: string,
  statusCode = status,
): FastifyReply {
  const isCallflow = request.url.split('?')[0]?.endsWith('/callflows') === true;
  const body = isCallflow
    ? { sessionStatus: 'NOT_CREATED', callFlowRequestId: randomUUID(), statusCode, statusMessage }
    : { errorId: randomUUID(), statusCode, statusMessage, timestamp: new Date().toISOString() };
  return reply.code(status).send(body);
}
