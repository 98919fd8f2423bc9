import { describe, expect, it } from 'vitest';
import { sharedClock } from '../clock/shared-clock.ts';
import { ERROR_CODES } from '../rules/status-codes.ts';
import { answer, hangup, makeCall, say, serveWebhooks } from '../webhook-server.test-support.ts';
import { api, listening } from './rest-client.test-support.ts';

const START = Date.parse('2026-03-27T08:00:00Z');
const at = (ms: number) => new Date(START + ms).toISOString();
const order = (body: object = {}) => ({ ...answer(makeCall(), say('Hello'), hangup), ...body });

/** A platform on the 27th of March, eight o'clock, and the summaries that it sends. */
async function platformWith(options: Parameters<typeof listening>[0]) {
  const server = await serveWebhooks(() => answer(hangup));
  const clock = sharedClock({ startAt: START });
  const platform = await listening({ clock, webhookUrls: server.url, ...options });
  const summaries = () => server.of('SESSION_SUMMARY').map(({ payload }) => payload);
  const post = (body: object = {}) => api(platform, 'POST', 'acc/callflows', order(body));
  return { clock, platform, post, summaries, server };
}

describe('an outbound call that is refused', () => {
  it.each([
    [-1014, 422, 'Source or caller ID is not allowed'],
    [-1009, 400, 'Invalid call flow entry provided.'],
    [-1019, 422, 'Refused'],
    [429, 429, 'Too Many Requests'],
    [503, 503, 'Service Unavailable'],
  ])('as it was asked for: %i', async (refusal, status, statusMessage) => {
    const { platform, post } = await platformWith({ onOutbound: () => ({ refusal }) });
    const [code, body] = await post();
    expect(code).toBe(status);
    expect(body).toMatchObject({ sessionStatus: 'NOT_CREATED', statusCode: refusal, statusMessage });
    expect(platform.sessions).toEqual([]);
  });

  it.each(ERROR_CODES)('ends with an error that was asked for: %i', async (error) => {
    const { platform, post, summaries } = await platformWith({ onOutbound: () => ({ error }) });
    expect(await post()).toMatchObject([200, { sessionStatus: 'CREATED' }]);
    await platform.idle();
    expect(summaries()).toMatchObject([{ sessionStatus: 'ERROR', errorDetails: { errorCode: error } }]);
    expect(summaries()[0]).not.toHaveProperty('details.callA.connectedTimestamp');
  });

  it.each([[{ refusal: 200 }], [{ refusal: -5 }], [{ error: -1014 }]])('can only be so by a code that there is: %j', async (callee) => {
    const { platform } = await platformWith({});
    expect(() => platform.nextCallTo('+651', callee as never)).toThrow(/refusal|error/u);
  });
});

describe('more calls than are started a second', () => {
  it('wait for their turn', async () => {
    const { platform, post, summaries, clock } = await platformWith({ behaviour: { callsPerSecond: 0.1 } });
    const release = clock.hold();
    for (let count = 0; count < 3; count++) expect((await post())[0]).toBe(200);
    release();
    await platform.idle();
    expect(summaries().map(({ startTime }) => startTime)).toEqual(['2026-03-27T08:00:00Z', '2026-03-27T08:00:10Z', '2026-03-27T08:00:20Z']);
  });

  it('are refused with 429 where nothing waits, and taken again a second later', async () => {
    const behaviour = { callsPerSecond: 2, aboveCallsPerSecond: 'refused' } as const;
    const { post, clock } = await platformWith({ behaviour });
    const release = clock.hold();
    const codes = [(await post())[0], (await post())[0], (await post())[0]];
    release();
    await new Promise<void>((resolve) => clock.timer(1_000, resolve));
    expect([...codes, (await post())[0]]).toEqual([200, 200, 429, 200]);
  });
});

describe('a call that waits in the queue', () => {
  it.each([
    ['is started up to the time until which it is valid', 60_000, 'COMPLETED', '2026-03-27T08:00:30Z'],
    ['is not started at that time any more', 30_000, 'ERROR', '2026-03-27T08:00:30Z'],
    ['is told of when that time has come', 10_000, 'ERROR', '2026-03-27T08:00:10Z'],
  ])('%s', async (_, valid, sessionStatus, startTime) => {
    const told: number[] = [];
    const onOutbound = (call: { at: number }) => (told.push(call.at - START), {});
    const { platform, post, summaries } = await platformWith({ behaviour: { queueMs: 30_000 }, onOutbound });
    expect((await post({ validUntil: at(valid) }))[0]).toBe(200);
    await platform.idle();
    expect(summaries()).toMatchObject([{ sessionStatus, startTime }]);
    expect(summaries()[0]?.['errorDetails'] ?? null).toEqual(
      sessionStatus === 'ERROR' ? expect.objectContaining({ errorCode: -2007 }) : null,
    );
    expect(told).toEqual([30_000]);
  });
});

describe('summaries under chaos', () => {
  const chaosOf = async (chaos: object) => {
    const { platform, post, summaries } = await platformWith({ chaos });
    await post();
    await platform.idle();
    return { faults: platform.faults, summaries: summaries() };
  };

  it('never come', async () => {
    expect(await chaosOf({ lostSummaries: 1 })).toEqual({ faults: [], summaries: [] });
  });

  it('come twice, as two events with one content', async () => {
    const { summaries } = await chaosOf({ doubleSummaries: 1 });
    const [first, second] = summaries.map(({ eventId, ...rest }) => [eventId, rest]);
    expect(summaries).toHaveLength(2);
    expect(second?.[1]).toEqual(first?.[1]);
  });

  it('come late', async () => {
    const { platform, post, summaries, clock } = await platformWith({ chaos: { lateSummaries: { rate: 1, ms: 3_600_000 } } });
    const seen: number[] = [];
    platform.onSession((session) => session.on(({ type }) => type === 'ended' && seen.push(summaries().length)));
    await post();
    await platform.idle();
    expect(seen).toEqual([0]);
    expect(summaries()).toHaveLength(1);
    expect(clock.now() - Date.parse(String(summaries()[0]?.['endTime']))).toBeGreaterThan(60_000);
  });
});
