import { describe, expect, it } from 'vitest';
import type { AttemptReport } from './attempt-report.ts';
import { againstWith, type Answer, CALLFLOW, networkError, thrownBy } from './platform.test-support.ts';

const GOOD: Answer = { json: { webhooks: [] } };
const CREATED: Answer = { json: { sessionId: 's-1', sessionStatus: 'CREATED', statusCode: 1 } };

describe('the rate limit', () => {
  it('lets a burst through and spaces the requests behind it', async () => {
    const { client, clock } = againstWith({ rateLimit: { perSecond: 10, burst: 2 } }, GOOD, GOOD, GOOD, GOOD);
    await Promise.all([client.webhooks.list(), client.webhooks.list(), client.webhooks.list(), client.webhooks.list()]);
    expect(clock.waits).toEqual([100, 100]);
  });

  it('counts repetitions, too', async () => {
    const { client, clock } = againstWith({ rateLimit: { perSecond: 1, burst: 1 }, retries: { baseDelay: 0 } }, { status: 502 }, GOOD);
    await client.webhooks.list();
    expect(clock.waits).toEqual([1000]);
  });

  it('holds everybody back after HTTP 429 for as long as 8x8 asks', async () => {
    const busy: Answer = { status: 429, headers: { 'retry-after': '5' } };
    const { client, clock } = againstWith({ rateLimit: { perSecond: 10, burst: 9 }, retries: 0 }, busy, GOOD);
    expect(await thrownBy(client.webhooks.list())).toMatchObject({ rule: 'rate-limited' });
    await client.webhooks.list();
    expect(clock.waits).toEqual([5000]);
  });
});

describe('the number of attempts', () => {
  it.each([0, 1, 4])('is one and %i retries', async (retries) => {
    const down = Array.from({ length: retries + 1 }, (): Answer => ({ status: 503 }));
    const { client, arrived } = againstWith({ retries }, ...down);
    await thrownBy(client.webhooks.list());
    expect(arrived).toHaveLength(retries + 1);
  });
});

describe('a signal', () => {
  it('that was aborted before sends nothing', async () => {
    const { client, arrived } = againstWith({}, CREATED);
    const error = await thrownBy(client.createCallflow({ callflow: CALLFLOW }, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_UNREACHABLE', reason: 'aborted', attempts: 0 });
    expect(arrived).toEqual([]);
  });

  it('ends the wait between two attempts', async () => {
    const controller = new AbortController();
    const onAttempt = () => controller.abort();
    const { client, arrived } = againstWith({ onAttempt }, { status: 503 }, GOOD);
    expect(await thrownBy(client.webhooks.list({ signal: controller.signal }))).toMatchObject({ reason: 'aborted', attempts: 1 });
    expect(arrived).toHaveLength(1);
  });

  it('leaves the outcome of a callflow unknown when it comes after sending', async () => {
    const controller = new AbortController();
    const fetch = () => (controller.abort(), new Promise<never>(() => {}));
    const { client, clock } = againstWith({ fetch });
    const error = await thrownBy(client.createCallflow({ callflow: CALLFLOW }, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', cause: { name: 'AbortError' } });
    expect(clock.open).toBe(0);
  });
});

describe('onAttempt', () => {
  it('is told of every attempt', async () => {
    const reports: AttemptReport[] = [];
    const onAttempt = (report: AttemptReport) => reports.push(report);
    const { client } = againstWith({ onAttempt }, networkError({ code: 'ECONNRESET' }), { status: 503 }, GOOD);
    await client.webhooks.list();
    expect(reports).toEqual([
      { operation: 'GET webhooks', attempt: 1, outcome: 'HS_PLATFORM_UNREACHABLE', httpStatus: null, duration: 0, wait: 188 },
      { operation: 'GET webhooks', attempt: 2, outcome: 'HS_PLATFORM_RESPONSE', httpStatus: 503, duration: 0, wait: 375 },
      { operation: 'GET webhooks', attempt: 3, outcome: 'ok', httpStatus: 200, duration: 0, wait: null },
    ]);
  });

  it('can not lose the answer to a call that has been started', async () => {
    const onAttempt = () => {
      throw new Error('the log is broken');
    };
    const { client } = againstWith({ onAttempt }, CREATED);
    expect(await client.createCallflow({ callflow: CALLFLOW })).toMatchObject({ sessionId: 's-1' });
  });
});
