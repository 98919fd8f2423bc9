import { describe, expect, it } from 'vitest';
import { PlatformRejectedError, PlatformResponseError, PlatformUnauthorizedError, PlatformUnreachableError } from '../errors/index.ts';
import { against, type Answer, networkError, thrownBy } from './platform.test-support.ts';

const GOOD: Answer = { json: { webhooks: [] } };
const RESET = networkError({ code: 'ECONNRESET', syscall: 'read' });

describe('a request that does no harm twice', () => {
  it.each([408, 429, 500, 502, 503, 504])('is sent again after HTTP %i', async (status) => {
    const { client, clock } = against({ status }, GOOD);
    expect(await client.webhooks.list()).toEqual([]);
    expect(clock.waits).toHaveLength(1);
  });

  it.each([
    ['a broken connection', RESET],
    ['a refused connection', networkError({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['an error that nobody knows', new Error('odd')],
  ])('is sent again after %s', async (_what, failure) => {
    expect(await against(failure, GOOD).client.webhooks.list()).toEqual([]);
  });

  it('waits longer from attempt to attempt, and as long as Retry-After asks', async () => {
    const { client, clock } = against(RESET, { status: 503, headers: { 'retry-after': '7' } }, GOOD);
    await client.webhooks.list();
    expect(clock.waits).toEqual([188, 7_125]);
  });

  it('is PlatformUnreachableError when no attempt is left', async () => {
    const error = await thrownBy(against(RESET, RESET, RESET).client.numbers.list());
    expect(error).toBeInstanceOf(PlatformUnreachableError);
    expect(error).toMatchObject({ reason: 'reset', attempts: 3, operation: 'GET numbers', cause: { code: 'ECONNRESET' } });
    expect((error as Error).message).toContain('voice.8x8.com could not be reached, the connection broke (3 attempts)');
  });

  it('gives up at once where Retry-After asks for too much', async () => {
    const { client, clock } = against({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await thrownBy(client.webhooks.list())).toMatchObject({ rule: 'rate-limited', retryAfter: 3_600_000, attempts: 1 });
    expect(clock.waits).toEqual([]);
  });

  it.each([400, 404, 405, 409, 413, 422])('is refused by HTTP %i at once', async (status) => {
    const error = await thrownBy(against({ status }).client.webhooks.list());
    expect(error).toBeInstanceOf(PlatformRejectedError);
    expect(error).toMatchObject({ httpStatus: status, statusCode: null, statusMessage: null, attempts: 1 });
  });

  it.each([401, 403] as const)('is denied by HTTP %i at once', async (status) => {
    const error = await thrownBy(against({ status }).client.webhooks.list());
    expect(error).toBeInstanceOf(PlatformUnauthorizedError);
    expect(error).toMatchObject({ code: 'HS_PLATFORM_UNAUTHORIZED', httpStatus: status, operation: 'GET webhooks' });
  });

  it.each([
    ['negative', { statusCode: -1014, statusMessage: 'No' }, 'caller-id-not-allowed'],
    ['an HTTP status', { statusCode: 404, statusMessage: 'SubAccount not found' }, 'not-found'],
  ])('is refused by HTTP 200 whose status code is %s', async (_what, json, rule) => {
    expect(await thrownBy(against({ json }).client.webhooks.list())).toMatchObject({ code: 'HS_PLATFORM_REJECTED', rule });
  });

  it.each([
    ['a redirect', { status: 301, headers: { location: 'https://elsewhere.example' } }, 'answers with a redirect'],
    ['an error without a code', { status: 501, json: {} }, 'an answer without a status code'],
    ['an error page', { status: 501, text: '<h1>Oops</h1>' }, 'an answer that is not a JSON object'],
    ['an empty answer', {}, '$.webhooks must be a list'],
    ['something that is not JSON', { text: 'fine' }, '$.webhooks must be a list'],
    ['JSON that is no object', { text: '"fine"' }, '$.webhooks must be a list'],
  ] as const)('is PlatformResponseError after %s', async (_what, answer, text) => {
    const error = await thrownBy(against(answer).client.webhooks.list());
    expect(error).toBeInstanceOf(PlatformResponseError);
    expect((error as Error).message).toContain(text);
  });

  it('is PlatformResponseError when a gateway stays down', async () => {
    const error = await thrownBy(against({ status: 502 }, { status: 502 }, { status: 502 }).client.webhooks.list());
    expect(error).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', httpStatus: 502, attempts: 3 });
  });
});

describe('a removal', () => {
  it('is done when an earlier attempt, whose answer was lost, has done it', async () => {
    expect(await against(RESET, { status: 404 }).client.webhooks.remove('VCA')).toBeNull();
    expect(await against({ status: 502 }, { status: 404 }).client.recordingPush.remove()).toBeNull();
  });

  it.each([
    ['there was nothing to remove', [{ status: 404 }]],
    ['no earlier attempt can have arrived', [networkError({ code: 'ECONNREFUSED', syscall: 'connect' }), { status: 404 }]],
  ] as const)('is refused where %s', async (_why, answers) => {
    expect(await thrownBy(against(...answers).client.webhooks.remove('VCA'))).toMatchObject({ rule: 'not-found', httpStatus: 404 });
  });
});
