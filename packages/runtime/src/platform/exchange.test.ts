import { describe, expect, it } from 'vitest';
import { createPlatformClient } from './client.ts';
import { againstWith, CALLFLOW, HandClock, KEY, loopback, SUBACCOUNT, thrownBy } from './platform.test-support.ts';

/** A client with Node's own fetch. */
const clientOf = (baseUrl: string, clock = new HandClock()) =>
  createPlatformClient({ apiKey: KEY, subAccountId: SUBACCOUNT, baseUrl, clock, retries: 1, random: () => 0 });
const call = (baseUrl: string, clock?: HandClock) => thrownBy(clientOf(baseUrl, clock).createCallflow({ callflow: CALLFLOW }));
const http = (head: string, body = '') =>
  `HTTP/1.1 ${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;

/** A port of loopback at which nobody listens: browsers and `fetch` refuse few ports, this one is not among them. */
const NOBODY = 'http://127.0.0.1:2';

describe('over a real connection', () => {
  it('starts a call', async () => {
    const baseUrl = await loopback((socket) => socket.end(http('200 OK', '{"sessionId":"s-1","sessionStatus":"CREATED","statusCode":1}')));
    expect(await clientOf(baseUrl).createCallflow({ callflow: CALLFLOW })).toMatchObject({ sessionId: 's-1' });
  });

  it('knows that nothing was sent where the connection is refused', async () => {
    const clock = new HandClock();
    expect(await call(NOBODY, clock)).toMatchObject({ code: 'HS_PLATFORM_UNREACHABLE', reason: 'refused', attempts: 2 });
    expect(clock.waits).toEqual([125]);
  });

  it('does not know the outcome where the connection breaks before the answer', async () => {
    const baseUrl = await loopback((socket) => socket.resetAndDestroy());
    expect(await call(baseUrl)).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', httpStatus: null });
  });

  it('does not know the outcome where the connection breaks within the answer', async () => {
    const baseUrl = await loopback((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"sessionId":"s-'));
    expect(await call(baseUrl)).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN' });
  });

  it('does not know the outcome where no answer comes in time', async () => {
    const clock = new HandClock();
    const baseUrl = await loopback(() => clock.expire());
    expect(await call(baseUrl, clock)).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN', cause: { name: 'TimeoutError' } });
  });

  it('times out, too, where the answer begins but does not end', async () => {
    const clock = new HandClock();
    const baseUrl = await loopback((socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{', () => clock.expire()));
    expect(await call(baseUrl, clock)).toMatchObject({ code: 'HS_PLATFORM_OUTCOME_UNKNOWN' });
  });

  it('asks again where a read is not answered in time', async () => {
    const clock = new HandClock();
    let asked = 0;
    const baseUrl = await loopback((socket) => (++asked === 1 ? clock.expire() : void socket.end(http('200 OK', '{"webhooks":[]}'))));
    expect(await clientOf(baseUrl, clock).webhooks.list()).toEqual([]);
    expect(asked).toBe(2);
  });

  it('does not follow a redirect with the key', async () => {
    let followed = false;
    const elsewhere = await loopback(() => (followed = true));
    const baseUrl = await loopback((socket) => void socket.end(http(`307 Temporary Redirect\r\nlocation: ${elsewhere}/`)));
    expect(await thrownBy(clientOf(baseUrl).webhooks.list())).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', httpStatus: 307 });
    expect(followed).toBe(false);
  });

  it('keeps the path in front of the API', async () => {
    let request = '';
    const baseUrl = await loopback((socket) => void socket.end(http('200 OK', '{"webhooks":[]}')));
    const fetch = (url: string) => ((request = url), Promise.reject(new TypeError('enough')));
    const client = createPlatformClient({ apiKey: KEY, subAccountId: 'a&b', baseUrl: `${baseUrl}/gateway/`, fetch, retries: 0 });
    await thrownBy(client.webhooks.list());
    expect(request).toBe(`${baseUrl}/gateway/api/v1/subaccounts/a%26b/webhooks`);
  });
});

describe('a fetch that does not heed its signal', () => {
  it('is given up when the time is over', async () => {
    const clock = new HandClock();
    const fetch = () => (queueMicrotask(() => clock.expire()), new Promise<never>(() => {}));
    const { client } = againstWith({ fetch, clock, retries: 0 });
    expect(await thrownBy(client.webhooks.list())).toMatchObject({ code: 'HS_PLATFORM_UNREACHABLE', reason: 'timeout' });
    expect(clock.open).toBe(0);
  });

  it('may throw at once', async () => {
    const fetch = (): never => {
      throw new TypeError('no');
    };
    expect(await thrownBy(againstWith({ fetch, retries: 0 }).client.webhooks.list())).toMatchObject({ reason: 'network' });
  });
});
