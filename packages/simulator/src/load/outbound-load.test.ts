import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import type { Platform } from '../platform.ts';
import { api, listening } from '../rest/rest-client.test-support.ts';
import { answer, ask, digitsOf, hangup, makeCall, say, serveWebhooks } from '../webhook-server.test-support.ts';
import type { CallOrder } from './load-options.ts';
import { runCompared } from './run-compared.ts';
import { runLoad } from './run-load.ts';

/** Says what was pressed. */
const server = () => serveWebhooks((event) => answer(say(`You pressed ${digitsOf(event)}`), hangup));

/** Has the platform place a call, as a server does that somebody asked for one. */
const placeOn = (platform: Platform) => async (order: CallOrder) => {
  const [status, { statusMessage }] = await api(platform, 'POST', 'acc/callflows', answer(makeCall(order.to), ask('Press a key')));
  if (status !== 200) throw new Error(String(statusMessage));
};
const press = (index: number) => caller.press(String(index)).waitFor(`You pressed ${index}`);

describe('a load of outbound calls', () => {
  it('has the server place them, and each is taken by its own caller', async () => {
    const platform = await listening({ webhookUrls: (await server()).url });
    const places: string[] = [];
    platform.onSession(({ call, to }) => places.push(`${call} ${to}`));
    const outbound = { place: placeOn(platform) };
    const report = await runLoad(platform, { calls: 3, concurrency: 1, caller: press, outbound, keepTranscripts: true });
    expect(report).toMatchObject({ calls: 3, completed: 3, wrong: 0, lost: 0, ok: true });
    expect(report.transcripts?.map((heard) => heard.at(-1))).toEqual(['You pressed 0', 'You pressed 1', 'You pressed 2']);
    expect(places).toEqual(['call-0 +6590000000', 'call-1 +6590000001', 'call-2 +6590000002']);
  });

  it('may be mixed with calls that come in, and not all are answered', async () => {
    const platform = await listening({ webhookUrls: (await server()).url });
    const directions: string[] = [];
    platform.onSession(({ direction }) => directions.push(direction));
    const isOutbound = (index: number) => index > 0;
    const party = (index: number) => ({ does: index === 1 ? 'busy' : 'answers' }) as const;
    const outbound = { place: placeOn(platform), isOutbound, party };
    const report = await runLoad(platform, { calls: 3, concurrency: 1, caller, outbound, keepTranscripts: true });
    expect(directions).toEqual(['inbound', 'outbound', 'outbound']);
    expect(report.transcripts?.map((heard) => heard.length)).toEqual([1, 0, 2]);
  });

  it('loses the calls that were not placed', async () => {
    const platform = await listening({ webhookUrls: (await server()).url, numbers: ['+6500000'] });
    const report = await runLoad(platform, { calls: 1, caller: press, outbound: { place: placeOn(platform) } });
    expect(report).toMatchObject({ lost: 1, ok: false, bad: [{ name: 'call-0', sessionId: null }] });
    expect(report.bad[0]?.message).toMatch(/^lost: the server did not place it: .*not allowed/iu);
  });

  it('goes on where the answer to an order gets lost', async () => {
    const platform = await listening({ webhookUrls: (await server()).url, chaos: { lostCreates: 0.5 }, seed: 2 });
    const lost: string[] = [];
    const place = (order: CallOrder) => placeOn(platform)(order).catch(() => lost.push(order.name));
    const report = await runLoad(platform, { calls: 6, caller: (index) => press(index), outbound: { place } });
    expect(report).toMatchObject({ completed: 6, wrong: 0, ok: true });
    expect(lost.sort()).toEqual(['call-0', 'call-3', 'call-5']);
  });
});

describe('a compared run with a server for each run', () => {
  it('has the same ids twice, so that what a server draws from them is the same', async () => {
    const ids: string[][] = [];
    const { calm, disturbed } = await runCompared(
      { clock: 'virtual', seed: 5, chaos: { duplicates: 0.5 } },
      { calls: 3, concurrency: 1, caller },
      {
        serverFor: async (platform) => {
          const { url, of, close } = await serveWebhooks(({ payload }) =>
            answer(say(`Your code is ${payload.sessionId.slice(0, 4)}`), hangup),
          );
          platform.useWebhooks(url);
          return async () => {
            ids.push([...new Set(of('CALL_ACTION').map(({ payload }) => payload.sessionId))]);
            await close();
          };
        },
      },
    );
    expect([calm.ok, disturbed.ok]).toEqual([true, true]);
    expect(disturbed.webhooks.VCA?.repeated).toBeGreaterThan(0);
    expect(ids[0]).toHaveLength(3);
    expect(ids[1]).toEqual(ids[0]);
  });
});
