import type { FastifyInstance } from 'fastify';
import type { PlatformContext } from '../session/context.ts';
import { numberFields, type PooledNumber } from '../wire/number-event.ts';
import { bareNumber, countryOf, writeNumber } from '../wire/numbers.ts';
import { OK, replyError } from './replies.ts';

/** `GET …/numbers` and `GET …/numbers/{number}`. */
export function numberRoutes(api: FastifyInstance, { numbers, subAccountId, clock }: PlatformContext): void {
  api.get('/numbers', () => {
    const lastUpdatedAt = new Date(Math.max(0, ...numbers.all.map((pooled) => pooled.updatedAt))).toISOString();
    return { totalNumbers: numbers.all.length, lastUpdatedAt, numbers: numbers.all.map((pooled) => describe(pooled, subAccountId)), ...OK };
  });

  api.get('/numbers/:number', (request, reply) => {
    const { number } = request.params as { number: string };
    if (!/^[0-9]{7,10}$/u.test(number)) return replyError(request, reply, 422, 'number should match ^[0-9]{7,10}$', -1001);
    const pooled = numbers.find(number);
    if (pooled === null) return replyError(request, reply, 404, 'Virtual Number not found');
    const payload = {
      referenceId: pooled.referenceId,
      msisdn: writeNumber(pooled.number, 'plus'),
      countryCode: countryOf(pooled.number) ?? undefined,
    };
    return { ...OK, timestamp: new Date(clock.now()).toISOString(), payload };
  });
}

function describe(pooled: PooledNumber, subAccountId: string): Record<string, unknown> {
  const at = new Date(pooled.updatedAt).toISOString();
  return {
    ...numberFields(pooled),
    dateCreated: at,
    dateUpdated: at,
    uri: `/api/v1/subaccounts/${subAccountId}/numbers/${bareNumber(pooled.number)}`,
    numberType: 'Virtual',
    numberHealth: {
      isHealthy: pooled.status !== 'Unhealthy',
      status: pooled.status === 'Unhealthy' ? 'Unhealthy' : 'Healthy',
      lastCheckedTime: at,
    },
  };
}
