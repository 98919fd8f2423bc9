import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  PlatformOutcomeUnknownError,
  PlatformRejectedError,
  PlatformUnauthorizedError,
  PlatformUnreachableError,
} from '../errors/index.ts';
import { against, againstWith, type Answer, CALLFLOW, networkError, thrownBy } from './platform.test-support.ts';
import { STATUS_CODES } from './status-codes.ts';

const CREATED: Answer = { json: { sessionId: 's-1', sessionStatus: 'CREATED', statusCode: 1 } };
const REFUSED_CONNECTION = networkError({ code: 'ECONNREFUSED', syscall: 'connect' });
const notCreated = (status: number, statusCode: number, statusMessage = 'No'): Answer => ({
  status,
  json: { sessionStatus: 'NOT_CREATED', callFlowRequestId: 'r-1', statusCode, statusMessage },
});
const send = (...answers: readonly Answer[]) => {
  const { client, arrived, clock } = against(...answers);
  return { outcome: thrownBy(client.createCallflow({ callflow: CALLFLOW, clientRequestId: 'order' })), arrived, clock };
};

describe('a callflow that 8x8 refuses', () => {
  it.each(STATUS_CODES.filter(({ code }) => code < 0))(
    'with $code is a PlatformRejectedError by the name $rule',
    async ({ code, rule, fix }) => {
      const error = await send(notCreated(422, code)).outcome;
      expect(error).toBeInstanceOf(PlatformRejectedError);
      expect(error).toMatchObject({ statusCode: code, httpStatus: 422, rule, fix, operation: 'POST callflows', attempts: 1 });
      expect((error as Error).message).toContain(`${rule} (HTTP 422, status code ${code})`);
    },
  );

  it.each([
    ['with HTTP 200', notCreated(200, -1002), -1002],
    ['with HTTP 500 and an outright NOT_CREATED', notCreated(500, 500), 500],
    ['with a code without its minus, as text', { status: 400, json: { statusCode: '1001' } }, 1001],
    ['with a 404 that is not JSON', { status: 404, text: '<h1>Not Found</h1>' }, null],
  ] as const)('%s is not sent again', async (_how, answer, statusCode) => {
    const { outcome, arrived } = send(answer);
    expect(await outcome).toMatchObject({ code: 'HS_PLATFORM_REJECTED', statusCode });
    expect(arrived).toHaveLength(1);
  });

  it.each([401, 403] as const)('with HTTP %i is a PlatformUnauthorizedError', async (status) => {
    const error = await send(notCreated(status, status, 'Authentication header not found or token invalid')).outcome;
    expect(error).toBeInstanceOf(PlatformUnauthorizedError);
    expect(error).toMatchObject({ httpStatus: status, subAccountId: 'Acme_Hotel' });
  });
});

describe('a callflow is sent again only where no call can have been started', () => {
  it.each([
    ['the connection was refused', REFUSED_CONNECTION],
    ['the host name could not be resolved', networkError({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['no connection came about', networkError({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['8x8 answered HTTP 429', { status: 429 }],
    ['8x8 answered HTTP 503 with NOT_CREATED', notCreated(503, -9999)],
  ] as const)('because %s', async (_why, answer) => {
    const { client, clock } = against(answer, CREATED);
    expect(await client.createCallflow({ callflow: CALLFLOW })).toMatchObject({ sessionId: 's-1' });
    expect(clock.waits).toHaveLength(1);
  });

  it('and gives up with PlatformUnreachableError, which means that nothing was sent', async () => {
    const error = await send(REFUSED_CONNECTION, REFUSED_CONNECTION, REFUSED_CONNECTION).outcome;
    expect(error).toBeInstanceOf(PlatformUnreachableError);
    expect(error).toMatchObject({ reason: 'refused', attempts: 3, operation: 'POST callflows' });
  });

  it('and gives up at once where the certificate is not accepted', async () => {
    const { outcome, clock } = send(networkError({ code: 'CERT_HAS_EXPIRED' }));
    expect(await outcome).toMatchObject({ code: 'HS_PLATFORM_UNREACHABLE', reason: 'certificate', attempts: 1 });
    expect(clock.waits).toEqual([]);
  });

  it('and gives up with the last refusal', async () => {
    const error = await send({ status: 429 }, { status: 429 }, { status: 429, headers: { 'retry-after': '2' } }).outcome;
    expect(error).toMatchObject({ code: 'HS_PLATFORM_REJECTED', rule: 'rate-limited', attempts: 3, retryAfter: 2_000 });
  });
});

describe('the outcome of a callflow is unknown, and it is never sent again,', () => {
  it.each([
    ['when the connection breaks', networkError({ code: 'ECONNRESET', syscall: 'read' }), null],
    ['when an error comes that nobody knows', new Error('odd'), null],
    ['after HTTP 500 without a body', { status: 500 }, 500],
    ['after HTTP 502 with a page', { status: 502, text: '<h1>Bad Gateway</h1>' }, 502],
    ['after HTTP 503 that does not say NOT_CREATED', { status: 503, json: { message: 'busy' } }, 503],
    ['after HTTP 504', { status: 504 }, 504],
    ['after HTTP 500 with only -9999', { status: 500, json: { statusCode: -9999 } }, 500],
    ['after HTTP 408', { status: 408 }, 408],
    ['after a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 302],
    ['after HTTP 200 that is not JSON', { text: 'OK' }, 200],
    ['after HTTP 200 without a body', {}, 200],
    ['after HTTP 200 that says neither', { json: {} }, 200],
    ['after HTTP 200 with a list', { json: [] }, 200],
    ['after a created session without id', { json: { sessionStatus: 'CREATED', statusCode: 1 } }, 200],
  ] as const)('%s', async (_when, answer, httpStatus) => {
    const { outcome, clock } = send(answer, CREATED);
    const error = await outcome;
    expect(error).toBeInstanceOf(PlatformOutcomeUnknownError);
    expect(error).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', httpStatus, clientRequestId: 'order', sessionId: null });
    expect(clock.waits).toEqual([]);
  });

  it.each([
    ['an error status with a created session', { status: 500, json: { sessionId: 's-1', sessionStatus: 'CREATED', statusCode: 1 } }],
    ['a session that is created and refused at once', { json: { sessionId: 's-1', sessionStatus: 'CREATED', statusCode: -1014 } }],
    ['a session of a status that is not documented', { json: { sessionId: 's-1', sessionStatus: 'QUEUED' } }],
  ])('after %s, whose id it keeps', async (_what, answer) => {
    expect(await send(answer).outcome).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', sessionId: 's-1' });
  });

  it('also when an earlier attempt was certain', async () => {
    const error = await send(REFUSED_CONNECTION, networkError({ code: 'ECONNRESET', syscall: 'read' })).outcome;
    expect(error).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', cause: { code: 'ECONNRESET' } });
  });
});

/** Answers of every sort, and whether a call can have been started by then. */
const CERTAIN: readonly Answer[] = [
  REFUSED_CONNECTION,
  networkError({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
  { status: 429 },
  notCreated(503, -9999),
];
const OTHER: readonly Answer[] = [
  new Error('odd'),
  networkError({ code: 'ECONNRESET', syscall: 'read' }),
  ...[200, 204, 301, 307, 400, 401, 404, 408, 418, 500, 502, 504].map((status) => ({ status })),
  notCreated(500, 500),
  notCreated(422, -1013),
  CREATED,
];
const certain = fc.constantFrom(...CERTAIN).map((answer) => ({ answer, again: true }));
const other = fc.constantFrom(...OTHER).map((answer) => ({ answer, again: false }));

describe('the message of an unknown outcome', () => {
  it.each([
    [{ status: 502 }, 'because the answer (HTTP 502) is empty.'],
    [{ status: 307 }, 'is a redirect, which is not followed (set baseUrl to where it leads)'],
    [{ json: { sessionStatus: 'CREATED' } }, 'because the answer says created, but names no session (HTTP 200).'],
    [networkError({ code: 'ECONNRESET' }), 'because the connection broke before the answer came.'],
  ])('says what happened', async (answer, text) => {
    expect(((await send(answer).outcome) as Error).message).toContain(text);
  });
});

describe('a telephony POST', () => {
  test.prop([fc.array(fc.oneof(certain, other), { minLength: 6, maxLength: 6 })])(
    'is never repeated after anything but an attempt that certainly started no call',
    async (script) => {
      let sent = 0;
      const fetch = async () => {
        const { answer } = script[sent++] ?? {};
        if (answer instanceof Error) throw new TypeError('fetch failed', { cause: answer });
        const body = answer?.json === undefined ? '' : JSON.stringify(answer.json);
        return new Response(body === '' ? null : body, { status: answer?.status ?? 200 });
      };
      const { client } = againstWith({ fetch, retries: 5 });
      await thrownBy(client.createCallflow({ callflow: CALLFLOW }));
      const allowed = script.findIndex(({ again }) => !again) + 1;
      expect(sent).toBe(allowed === 0 ? 6 : allowed);
    },
  );
});
