import { sendProblem } from '@hookswitch/runtime/inside';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemView } from './views.ts';

/** A longer path is made up, and is shown in part. */
const MAX_PATH_LENGTH = 60;

/** Answers in our own words what a made-up address asks for, and what fails. */
export function answerInOwnWords(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const message = `There is nothing at ${request.method} ${pathOf(request)}. The console's page is at console/, and what it shows under console/api/.`;
    return problem(reply, 404, { error: 'address', message });
  });
  app.setErrorHandler<FastifyError>(sendProblem);
}

function problem(reply: FastifyReply, status: number, body: ProblemView): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Without its query, which may hold anything. */
function pathOf({ url }: FastifyRequest): string {
  return url.replace(/\?.*$/s, '').slice(0, MAX_PATH_LENGTH);
}
