import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { randomWalker } from '../callers/walker.ts';
import { ManualTime } from '../clock/manual-time.test-support.ts';
import { answer, ask, digitsOf, hangup, menuServer, say, serveWebhooks, simulate } from '../webhook-server.test-support.ts';
import { formatReport } from './format-report.ts';
import { runCompared } from './run-compared.ts';
import type { LoadProgress } from './load-options.ts';
import { runLoad, runLoadIn } from './run-load.ts';
import { differenceOf, sameAs } from './transcripts.ts';

const script = caller.expectHears('Welcome', 'Press one').press('2').press('1').waitFor('One');

describe('a load', () => {
  it('makes all its calls, as many at a time as it may, and reports', async () => {
    const platform = simulate(await menuServer());
    let most = 0;
    platform.onSession(() => (most = Math.max(most, platform.sessions.length)));
    const report = await runLoad(platform, { calls: 60, concurrency: 7, caller: script, thinking: 'fixed' });
    expect(most).toBe(7);
    expect(report).toMatchObject({
      calls: 60,
      completed: 60,
      lost: 0,
      wrong: 0,
      cut: 0,
      faults: {},
      bad: [],
      ok: true,
      seed: '1',
      transcripts: null,
    });
    expect(report.webhooks.VCA).toMatchObject({ sent: 180, repeated: 0, failed: 0 });
    const { p50 = 0, p90 = 0, p99 = 0, max = 0 } = report.webhooks.VCA?.ms ?? {};
    expect([p50 > 0, p90 >= p50, p99 >= p90, max >= p99]).toEqual([true, true, true, true]);
    expect(report.callsPerSecond).toBeCloseTo(60 / report.seconds, 5);
  });

  it('has another caller, number and name for each call', async () => {
    const server = await menuServer();
    const names: string[] = [];
    const platform = simulate(server);
    platform.onSession((session) => names.push(session.call));
    const report = await runLoad(platform, {
      calls: 3,
      concurrency: 1,
      caller: (index) => (index === 1 ? caller.hangUp() : script),
      from: (index) => `+651000000${index}`,
      to: '+6568332048',
      name: (index) => `load ${index}`,
      keepTranscripts: true,
    });
    expect(names).toEqual(['load 0', 'load 1', 'load 2']);
    expect(report.transcripts?.map((heard) => heard.length)).toEqual([5, expect.any(Number), 5]);
    expect(server.of('SESSION_SUMMARY')[2]?.payload).toMatchObject({
      details: { callA: { source: '+6510000002', destination: '+6568332048' } },
    });
  });

  it('finds calls that were wrong', async () => {
    const platform = simulate(await menuServer());
    const report = await runLoad(platform, { calls: 4, caller: (index) => (index < 2 ? caller.expectHears('Hello') : script) });
    expect(report).toMatchObject({ wrong: 2, completed: 4, ok: false, faults: { 'wrong-prompt': 2 } });
    expect(report.bad).toMatchObject([
      { name: 'call-0', message: expect.stringContaining('should have heard "Hello"') as string },
      { name: 'call-1' },
    ]);
  });

  it('asks whoever knows what a call is to hear', async () => {
    const platform = simulate(await menuServer());
    const report = await runLoad(platform, {
      calls: 3,
      caller: script,
      expect: ({ index, heard }) => (index === 1 ? `heard ${heard.length}` : null),
    });
    expect(report).toMatchObject({ wrong: 1, ok: false, bad: [{ name: 'call-1', message: 'heard 5' }] });
  });

  it('finds calls that were lost', async () => {
    const server = await serveWebhooks((event) => (event.payload['source'] === '+6510000001' ? { status: 500, body: {} } : answer(hangup)));
    const report = await runLoad(simulate(server), { calls: 3, caller, from: (index) => `+651000000${index}` });
    expect(report).toMatchObject({ lost: 1, completed: 2, ok: false, faults: { status: 1 } });
    expect(report.bad).toMatchObject([
      { name: 'call-1', message: expect.stringContaining('lost: An internal connectivity error') as string },
    ]);
    expect(report.webhooks.VCA).toMatchObject({ sent: 3, failed: 1 });
  });

  it('begins each call at its time, also while those before it are not over', async () => {
    const time = new ManualTime();
    let begun = 0;
    const third = new AbortController();
    const answered = once(third.signal, 'abort').then(() => answer(hangup));
    const platform = simulate(await serveWebhooks(() => answered));
    platform.onSession(() => ++begun === 3 && third.abort());
    const report = runLoadIn(time, platform, { calls: 3, everyMs: 20, caller });
    const counts: number[] = [];
    for (const ms of [0, 19, 1, 19, 1]) {
      await time.pass(ms);
      counts.push(begun);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3]);
    expect(await report).toMatchObject({ calls: 3, ok: true });
  });

  it('lets calls that are due wait when as many are under way as may be', async () => {
    const platform = simulate(await menuServer());
    let most = 0;
    platform.onSession(() => (most = Math.max(most, platform.sessions.length)));
    const report = await runLoad(platform, { calls: 20, everyMs: 0.01, concurrency: 3, caller: script });
    expect(report).toMatchObject({ calls: 20, ok: true });
    expect(most).toBe(3);
  });

  it('tells how far it is', async () => {
    const seen: LoadProgress[] = [];
    await runLoad(simulate(await menuServer()), { calls: 3, caller: script, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ calls: 3, begun: 3, done: 3, wrong: 0, lost: 0 });
  });

  it('leaves the calls under way once it is aborted, and reports those that are over', async () => {
    const abort = new AbortController();
    const platform = simulate(
      await serveWebhooks(({ payload }) => (payload['source'] === '+651000001' ? new Promise(() => {}) : answer(hangup))),
    );
    const from = (index: number): string => `+65100000${index}`;
    platform.onSession((session) => session.call === 'call-1' && abort.abort());
    const report = await runLoad(platform, { calls: 100, concurrency: 1, caller, from, signal: abort.signal });
    expect(report).toMatchObject({ calls: 1, completed: 1, lost: 0, ok: true });
    expect(await runLoad(platform, { calls: 100, caller, signal: abort.signal })).toMatchObject({ calls: 0, webhooks: {} });
  });

  it.each<[object, RegExp]>([
    [{ calls: 0, caller }, /load\.calls/u],
    [{ calls: 1, caller, concurency: 2 }, /Did you mean "concurrency"/u],
    [{ calls: 1, caller, everyMs: 0 }, /load\.everyMs/u],
    [{ calls: 1, caller, everyMs: 5, rampMs: 5 }, /Give one of them/u],
  ])('refuses %j', async (options, message) => {
    await expect(runLoad(simulate(null), options as never)).rejects.toThrow(message);
  });

  it('is reported for people', async () => {
    const report = await runLoad(simulate(await menuServer()), { calls: 2, caller: caller.expectHears('Hello') });
    const text = formatReport(report);
    expect(text).toMatch(/^2 calls in \d+\.\d s \(.*\), seed 1\ncompleted 2, cut short by chaos 0, lost 0, wrong 2\n/u);
    expect(text).toMatch(/VCA: 2 sent, 0 repeated, 0 failed; p50 \/ p90 \/ p99 \/ max/u);
    expect(text).toMatch(/faults: wrong-prompt 2\n {2}call-0 \(session [0-9a-f-]+\): The caller should have heard/u);
  });
});

describe('transcripts', () => {
  it.each<[string[], string[], boolean, RegExp | null]>([
    [['a b', 'c'], ['a', 'b c'], false, null],
    [['a'], ['a', 'b'], false, /should have heard "a b", but heard "a \(the end\)"/u],
    [['a'], ['a', 'b'], true, null],
    [['a', 'x'], ['a', 'b'], true, /should have heard "a b", but heard "a x"/u],
    [['a', 'b', 'c'], ['a', 'b'], true, /heard more than it should have: "a b c"/u],
    [[], [], false, null],
  ])('%j and %j', (heard, expected, mayStop, message) => {
    const difference = differenceOf(heard, expected, mayStop);
    if (message === null) expect(difference).toBeNull();
    else expect(difference).toMatch(message);
  });

  it('that are missing are said to be', () => {
    const end = { by: 'server', status: 'COMPLETED', errorCode: null, reason: null, cutBy: null } as const;
    expect(sameAs([])({ index: 3, name: 'x', sessionId: 's', heard: [], end })).toMatch(/no transcript/u);
  });
});

describe('a compared run', () => {
  const chaos = { duplicates: 0.2, reordered: 0.2, lost: 0.1, concurrent: 0.1, slow: 0.1, gone: 0.05 };

  it('hears the same with chaos as without it from a good server', async () => {
    const server = await menuServer();
    const { calm, disturbed } = await runCompared(
      { webhookUrls: server.url, clock: 'virtual', chaos, seed: 3 },
      { calls: 40, concurrency: 20, caller: randomWalker({ keys: '12', maxPrompts: 6 }) },
    );
    expect(calm).toMatchObject({ ok: true, calls: 40, cut: 0 });
    expect(disturbed).toMatchObject({ ok: true, calls: 40 });
    expect(disturbed.cut).toBeGreaterThan(0);
    expect(disturbed.webhooks.VCA?.repeated).toBeGreaterThan(0);
  });

  it('does not compare a call that was lost without chaos, and says why it was', async () => {
    let calls = 0;
    const server = await serveWebhooks((event) =>
      event.payload['callStatus'] === 'CALL_RECEIVED' && ++calls === 2 ? { status: 500, body: {} } : answer(say('Hello'), hangup),
    );
    const { calm, disturbed, uncompared } = await runCompared(
      { webhookUrls: server.url, clock: 'virtual' },
      { calls: 3, concurrency: 1, caller },
    );
    expect([calm.lost, disturbed.wrong, disturbed.bad]).toEqual([1, 0, []]);
    expect(uncompared).toMatchObject([
      { name: 'call-1', message: expect.stringMatching(/^the undisturbed call was itself lost: An internal connectivity/u) as string },
    ]);
  });

  it('finds a server that counts a duplicate twice', async () => {
    const counts = new Map<string, number>();
    const server = await serveWebhooks((event) => {
      const { sessionId } = event.payload;
      const count = (counts.get(sessionId) ?? 0) + 1;
      counts.set(sessionId, count);
      return digitsOf(event) === '1' ? answer(say(`You pressed ${count} keys`), hangup) : answer(ask('Press one'));
    });
    const { calm, disturbed } = await runCompared(
      { webhookUrls: server.url, clock: 'virtual', chaos: { duplicates: 0.5 }, seed: 3 },
      { calls: 10, caller: caller.press('2').press('1') },
    );
    expect(calm.ok).toBe(true);
    expect(disturbed.ok).toBe(false);
    expect(disturbed.wrong).toBeGreaterThan(0);
    expect(disturbed.faults.duplicate).toBeGreaterThan(0);
  });
});
