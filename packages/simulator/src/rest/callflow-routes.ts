import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { randomFrom } from '../random/random.ts';
import { refuseCallflow } from '../rules/refuse-callflow.ts';
import { httpStatusOf, refusalMessage } from '../rules/status-codes.ts';
import type { PlatformContext } from '../session/context.ts';
import { replyError } from './replies.ts';
import type { Ordered, OutboundOrder } from './outbound-order.ts';

interface CallflowBody {
  readonly callflow: readonly Action[];
  readonly clientRequestId?: string | null;
  readonly validUntil?: string | null;
}

/** `POST …/callflows`: starts an outbound session. */
export function callflowRoutes(api: FastifyInstance, context: PlatformContext, place: (order: OutboundOrder) => Ordered): void {
  api.post('/callflows', async (request, reply) => {
    const { behaviour, voices, numbers, webhooks, clock, chaos, seed } = context;
    const refused = refuseCallflow(request.body, {
      via: 'api',
      behaviour,
      hasVoice: (voice) => voices.has(voice),
      allowsSource: (number) => numbers.allows(number),
      canAsk: webhooks.active('VCA') !== null,
      now: clock.now(),
    });
    if (refused !== null) return replyError(request, reply, httpStatusOf(refused.code), refused.message, refused.code);
    const { callflow, clientRequestId, validUntil } = request.body as CallflowBody;
    const until = validUntil === undefined || validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(validUntil);
    const ordered = place({ actions: callflow, clientRequestId: clientRequestId ?? undefined, validUntil: until });
    if ('refusal' in ordered) {
      const { refusal } = ordered;
      return replyError(request, reply, httpStatusOf(refusal), refusalMessage(refusal), refusal);
    }
    const { sessionId, call, begin } = ordered;
    if (behaviour.restDelayMs > 0) {
      begin();
      await sleep(behaviour.restDelayMs, undefined, { ref: false });
    } else {
      // The answer goes first, as it nearly always does.
      reply.raw.once('close', () => setImmediate(begin));
    }
    const lost = chaos !== null && randomFrom(seed, call, 'lostCreates').chance(chaos.rates.lostCreates);
    if (lost) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    const valid = validUntil === undefined || validUntil === null ? {} : { validUntil };
    return reply.send({
      sessionId,
      sessionStatus: 'CREATED',
      callFlowRequestId: randomUUID(),
      ...valid,
      statusCode: 1,
      statusMessage: 'Created',
    });
  });
}
