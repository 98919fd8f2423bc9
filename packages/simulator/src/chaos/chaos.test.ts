import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import type { PlatformOptions } from '../platform-options.ts';
import type { SimulatedSession } from '../session/simulated-session.ts';
import {
  answer,
  ask,
  digitsOf,
  hangup,
  menuServer,
  say,
  serveWebhooks,
  simulate,
  type Received,
  type WebhookServer,
} from '../webhook-server.test-support.ts';
import type { ChaosOptions } from './chaos-options.ts';

const script = caller.press('2').press('1').waitFor('One');
const HEARD = ['Welcome', 'Press one', 'Other', 'Press one', 'One'];

/** One call to the menu under this chaos. */
async function disturb(
  chaos: ChaosOptions,
  options: PlatformOptions = {},
): Promise<{ server: WebhookServer; session: SimulatedSession; faults: object[] }> {
  const server = await menuServer();
  const platform = simulate(server, { chaos, ...options });
  const session = await platform.inboundCall({ caller: script }).closed;
  return { server, session, faults: [...platform.faults] };
}

/** Which turn each VCA was of, in the order of arrival. */
function turnsOf(server: WebhookServer): number[] {
  const order: string[] = [];
  return server.of('CALL_ACTION').map(({ payload: { eventId } }) => {
    if (!order.includes(eventId)) order.push(eventId);
    return order.indexOf(eventId);
  });
}

describe('a good server is heard as without chaos under', () => {
  it.each<[ChaosOptions, number]>([
    [{ duplicates: 1 }, 6],
    [{ concurrent: 1 }, 6],
    [{ reordered: 1 }, 6],
    [{ delayed: 1 }, 3],
    [{ lost: 1 }, 6],
    [{ slow: 1 }, 3],
    [{ resets: 1 }, 3],
    [{ duplicates: 1, concurrent: 1, reordered: 1, lost: 1, delayed: 1, slow: 1 }, 15],
  ])('%j', async (chaos, deliveries) => {
    const { server, session, faults } = await disturb(chaos);
    expect(session.heard).toEqual(HEARD);
    expect(session.end).toMatchObject({ status: 'COMPLETED', cutBy: null });
    expect(faults).toEqual([]);
    expect(server.of('CALL_ACTION').length).toBeGreaterThanOrEqual(deliveries);
  });
});

describe('duplicates', () => {
  it('come after their first delivery, with the same bytes, of every type', async () => {
    const { server } = await disturb({ duplicates: 1 });
    const bodies = server.of('CALL_ACTION').map(({ raw }) => raw);
    expect(new Set(bodies).size).toBe(3);
    expect(server.of('SESSION_SUMMARY')).toHaveLength(2);
    expect(server.of('CALL_STATUS').length).toBe(10);
  });

  it.each<[string, ChaosOptions]>([
    ['duplicates', { duplicates: 1 }],
    ['concurrent', { concurrent: 1 }],
    ['reordered', { reordered: 1 }],
    ['lost', { lost: 1 }],
  ])('that are answered with other bytes are a fault: %s', async (_kind, chaos) => {
    let count = 0;
    const server = await serveWebhooks(() => answer(say(`Answer ${++count}`), hangup));
    const platform = simulate(server, { chaos, webhookUrls: { VCA: server.url } });
    await platform.inboundCall({ caller }).closed;
    expect(platform.faults).toMatchObject([
      { kind: 'duplicate', turn: 0, message: expect.stringMatching(/other bytes than the first.*Answer \d.*Answer \d/u) as string },
    ]);
  });

  it('that come after the end may be answered with a hang-up: what was said may be erased by then', async () => {
    let isOver = false;
    const server = await serveWebhooks(() => answer(...(isOver ? [] : [say('Your PIN is wrong')]), hangup));
    const platform = simulate(server, { chaos: { reordered: 1 }, webhookUrls: { VCA: server.url } });
    const session = platform.inboundCall({ caller });
    session.on((event) => (isOver ||= event.type === 'ended'));
    await session.closed;
    expect(server.of('CALL_ACTION')).toHaveLength(2);
    expect(platform.faults).toEqual([]);
  });

  it('that are not answered with 200 are a fault', async () => {
    const seen = new Set<string>();
    const server = await serveWebhooks((event) => {
      if (seen.has(event.payload.eventId)) return { status: 409, body: {} };
      seen.add(event.payload.eventId);
      return answer(hangup);
    });
    const platform = simulate(server, { chaos: { duplicates: 1 }, webhookUrls: { VCA: server.url } });
    await platform.inboundCall({ caller }).closed;
    expect(platform.faults).toMatchObject([
      { kind: 'duplicate', message: 'A repeated VCA was answered with status 409, the first delivery with 200.' },
    ]);
  });
});

describe('reordered duplicates', () => {
  it('come after a later webhook of the session', async () => {
    const { server } = await disturb({ reordered: 1 });
    const turns = turnsOf(server);
    expect(turns.lastIndexOf(0)).toBeGreaterThan(turns.indexOf(1));
    expect(turns.lastIndexOf(1)).toBeGreaterThan(turns.indexOf(2));
    const kinds = server.received.map(({ eventType }) => eventType);
    expect(kinds.lastIndexOf('CALL_ACTION')).toBeGreaterThan(kinds.indexOf('SESSION_SUMMARY'));
  });
});

describe('time', () => {
  it('passes while deliveries are delayed and answers are slow', async () => {
    const duration = ({ events }: SimulatedSession): number => (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0);
    const calm = duration((await disturb({})).session);
    expect(duration((await disturb({ delayed: { rate: 1, ms: 60_000 } })).session)).toBeGreaterThan(calm + 3_000);
    expect(duration((await disturb({ slow: { rate: 1, ms: 5_000 } })).session)).toBeGreaterThan(calm + 1_000);
  });

  it('runs out when an answer is slower than the platform waits', async () => {
    const { session, faults } = await disturb({ slow: { rate: 1, ms: 1_000_000 } });
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2002, cutBy: 'slow' });
    expect(faults).toEqual([]);
  });
});

describe('lost answers', () => {
  it('that are lost for good end the session', async () => {
    const { session, faults } = await disturb({ lostForGood: 1 });
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2002, cutBy: 'lostForGood' });
    expect(faults).toEqual([]);
  });

  it('are asked for again where the platform redelivers', async () => {
    const { server, session } = await disturb({ lostForGood: 1 }, { behaviour: { redelivery: { times: 1 } } });
    expect(session.heard).toEqual(HEARD);
    expect(turnsOf(server)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('a connection reset', () => {
  it('reaches the server in whole or in part, and is followed by another delivery', async () => {
    const { server, session } = await disturb({ resets: 1 });
    expect(new Set(turnsOf(server))).toEqual(new Set([0, 1, 2]));
    expect(session.heard).toEqual(HEARD);
  });
});

describe('a caller that is gone', () => {
  it('hangs up while the server is asked or while its answer plays', async () => {
    const ends = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const { server, session } = await disturb({ gone: { rate: 1, ms: 1_000 } }, { seed });
      expect(session.end).toMatchObject({ by: 'caller', cutBy: 'gone' });
      expect(server.of('SESSION_SUMMARY')).toHaveLength(1);
      ends.add(session.events.some(({ type }) => type === 'answered') ? 'playing' : 'asking');
    }
    expect(ends).toEqual(new Set(['playing', 'asking']));
  });

  it('still has the answer judged that it does not hear any more', async () => {
    const server = await serveWebhooks(() => answer({ action: 'dance' }));
    for (let seed = 0; seed < 6; seed++) {
      const platform = simulate(server, { seed, chaos: { gone: 1 } });
      await platform.inboundCall({ caller }).closed;
      expect(platform.faultCounts).toEqual({ callflow: 1 });
    }
  });
});

describe('a summary that comes first', () => {
  it('overtakes the VCA of the last action, whose answer is judged all the same', async () => {
    const { server, session, faults } = await disturb({ summaryFirst: 1 });
    expect(session.end).toMatchObject({ by: 'caller', cutBy: 'summaryFirst', status: 'COMPLETED' });
    const kinds = server.received.map(({ eventType }) => eventType).filter((type) => type !== 'CALL_STATUS');
    expect(kinds).toEqual(['CALL_ACTION', 'SESSION_SUMMARY', 'CALL_ACTION']);
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({ callStatus: 'ACTION_COMPLETED', eventData: { dtmf: '2' } });
    expect(faults).toEqual([]);
  });
});

describe('a restart', () => {
  const codeServer = (): Promise<WebhookServer> =>
    serveWebhooks((event: Received) =>
      digitsOf(event) === '1234' ? answer(say('Right'), hangup) : answer(ask('Code', { minDigits: 4, maxDigits: 4 })),
    );

  it('happens between two keys, and no webhook is under way meanwhile', async () => {
    const server = await codeServer();
    let down = 0;
    const restart = async (): Promise<void> => {
      const before = server.received.length;
      for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      expect(server.received.length).toBe(before);
      down++;
    };
    const platform = simulate(server, { chaos: { restarts: { rate: 1, restart } }, webhookUrls: { VCA: server.url } });
    const session = await platform.inboundCall({ caller: caller.press('1234').waitFor('Right') }).closed;
    expect([down, platform.restarts]).toEqual([3, 3]);
    expect(session.heard).toEqual(['Code', 'Right']);
    expect(platform.faults).toEqual([]);
  });

  it('is waited for by every session', async () => {
    const server = await codeServer();
    let restarting = false;
    const restart = async (): Promise<void> => {
      expect(restarting).toBe(false);
      restarting = true;
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
      restarting = false;
    };
    const platform = simulate(server, { chaos: { restarts: { rate: 0.5, restart } } });
    for (let call = 0; call < 20; call++) platform.inboundCall({ caller: caller.press('1234').waitFor('Right') });
    await platform.idle();
    expect(platform.restarts).toBeGreaterThan(3);
    expect(platform.faults).toEqual([]);
  });

  it('that fails is told of', async () => {
    const server = await codeServer();
    const platform = simulate(server, {
      chaos: { restarts: { rate: 1, drain: false, restart: () => Promise.reject(new TypeError('no such server')) } },
    });
    await platform.inboundCall({ caller: caller.press('12').hangUp() }).closed;
    expect(platform.faults).toMatchObject([{ kind: 'connection', message: 'the restart of the server failed: TypeError: no such server' }]);
  });
});

describe('a seed', () => {
  const chaos: ChaosOptions = { duplicates: 0.3, reordered: 0.3, lost: 0.2, slow: 0.2, gone: 0.1, delayed: 0.2 };

  /** What each of some calls met with, by name. */
  async function run(seed: number, names: readonly string[], together: boolean): Promise<Record<string, unknown>> {
    const server = await menuServer();
    const platform = simulate(server, { seed, chaos, webhookUrls: { VCA: server.url, VSS: server.url } });
    const met: Record<string, unknown> = {};
    const call = async (name: string): Promise<void> => {
      const session = await platform.inboundCall({ name, caller: script, from: '+6591178965' }).closed;
      const began = session.events[0]?.at ?? 0;
      const deliveries = server.received.filter(({ payload }) => payload.sessionId === session.id).length;
      met[name] = [session.end, session.events.map(({ type, at }) => `${type}@${at - began}`), deliveries];
    };
    if (together) await Promise.all(names.map(call));
    else for (const name of names) await call(name);
    return met;
  }

  it('reproduces a run, also when calls run one by one instead of together', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const first = await run(11, names, true);
    expect(await run(11, names, true)).toEqual(first);
    expect(await run(11, [...names].reverse(), false)).toEqual(first);
    expect(await run(12, names, true)).not.toEqual(first);
  });
});
