import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { PlatformContext } from '../session/context.ts';
import { replyError } from './replies.ts';

/** How long links to logs work: "a default expiry date of 1 month". */
const MONTH = 30 * 86_400_000;

interface Job {
  /** How often somebody asked how it stands: it is queued first, then runs, then is done. */
  asked: number;
  cancelled: boolean;
}

/** `POST …/messages/exports`, and `GET` and `DELETE …/messages/exports/{jobId}`. The files themselves are not served. */
export function exportRoutes(api: FastifyInstance, { subAccountId, clock }: PlatformContext): void {
  const jobs = new Map<string, Job>();

  api.post('/messages/exports', (request, reply) => {
    const problem = problemOf((request.body ?? {}) as Record<string, unknown>);
    if (problem !== null) return replyError(request, reply, 422, problem, -1001);
    const jobId = randomUUID().replaceAll('-', '');
    jobs.set(jobId, { asked: 0, cancelled: false });
    return reply.code(202).send({ jobId });
  });

  api.get('/messages/exports/:jobId', (request, reply) => {
    const { jobId } = request.params as { jobId: string };
    const job = jobs.get(jobId);
    if (job === undefined) return replyError(request, reply, 404, 'Invalid jobId', 4018);
    const asked = job.asked++;
    if (job.cancelled) return { status: 'cancelled' };
    if (asked < 2) return { status: asked === 0 ? 'queued' : 'running' };
    const data = [`https://voice.wavecell.com/api/v1/subaccounts/${subAccountId}/messages/download/${jobId}`];
    return { status: 'succeeded', data, expires: new Date(clock.now() + MONTH).toISOString() };
  });

  api.delete('/messages/exports/:jobId', (request, reply) => {
    const job = jobs.get((request.params as { jobId: string }).jobId);
    if (job === undefined) return replyError(request, reply, 404, 'Invalid jobId', 4018);
    job.cancelled = true;
    return reply.code(204).send();
  });
}

function problemOf({ from, to, limit }: Record<string, unknown>): string | null {
  const wrong = Object.entries({ from, to }).find(
    ([, value]) => value !== undefined && (typeof value !== 'string' || timeOf(value) === null),
  );
  if (wrong !== undefined) return `${wrong[0]} should be a date or a date-time`;
  if (typeof from === 'string' && typeof to === 'string' && (timeOf(from) ?? 0) >= (timeOf(to) ?? 0)) return 'from should be less than to';
  return limit === undefined || (Number.isInteger(limit) && (limit as number) >= 0) ? null : 'limit should be an integer';
}

/** Ms since 1970 of a day or a time; without a zone it is UTC. */
function timeOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?$/u.test(text)) return null;
  const at = Date.parse(/T[^Z+-]*$/u.test(text) ? `${text}Z` : text);
  return Number.isNaN(at) ? null : at;
}
