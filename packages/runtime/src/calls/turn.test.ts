import { capture, defineFlow, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { deferred, heard, World } from './calls.test-support.ts';

const greeting = defineFlow({ name: 'greeting', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Welcome.');
  const first = yield* capture('First?', { id: 'first' });
  const second = yield* capture(`Second, after ${first ?? 'nothing'}?`, { id: 'second' });
  yield say(`${first ?? '-'} and ${second ?? '-'}.`);
});

describe('a turn', () => {
  it('answers each webhook with what the flow says next', async () => {
    const world = await World.open([greeting]);
    expect(heard(await world.received())).toEqual(['Welcome.', 'First? …']);
    expect(heard(await world.completed('1'))).toEqual(['Second, after 1? …']);
    expect(heard(await world.completed('2'))).toEqual(['1 and 2.', '⏹']);
  });

  it('names site and turn in clientActionId', async () => {
    const world = await World.open([greeting]);
    await world.received();
    const second = await world.completed('1');
    expect(world.answers[0]?.clientActionId).toBe('first.0');
    expect(second.clientActionId).toBe('second.1');
  });

  it('gives a second delivery the same bytes, at once, later and after a restart', async () => {
    const world = await World.open([greeting]);
    await world.received();
    const event = world.event({ echo: { kind: 'turn', turn: 0 }, digits: '1' });
    const [first, atOnce] = await Promise.all([world.deliver(event), world.deliver(event)]);
    world.restart();
    const afterRestart = await world.deliver(event);
    await world.deliver(world.event({ echo: { kind: 'turn', turn: 1 }, digits: '2' }));
    const late = await world.deliver(event);
    expect([atOnce.body, afterRestart.body, late.body]).toEqual([first.body, first.body, first.body]);
    expect([first.outcome, atOnce.outcome, late.outcome]).toEqual(['answered', 'duplicate', 'duplicate']);
  });

  it('starts one call for a call that is announced twice', async () => {
    const world = await World.open([greeting]);
    const event = world.event({ status: 'received' });
    const [first, second] = await Promise.all([world.deliver(event), world.deliver(event)]);
    expect(second.body).toBe(first.body);
    expect((await world.store.list({})).calls).toHaveLength(1);
  });

  it('takes the first of two different events for one turn', async () => {
    const world = await World.open([greeting]);
    await world.received();
    const one = await world.deliver(world.event({ echo: { kind: 'turn', turn: 0 }, digits: '1' }));
    const two = await world.deliver(world.event({ echo: { kind: 'turn', turn: 0 }, digits: '9' }));
    expect(two.body).toBe(one.body);
  });

  it('counts an event without clientActionId to the outstanding turn, its duplicate to its own', async () => {
    const world = await World.open([greeting]);
    await world.received();
    const bare = world.event({ echo: null, digits: '1' });
    const first = await world.deliver(bare);
    const again = await world.deliver(bare);
    expect(again.body).toBe(first.body);
    expect(heard(JSON.parse(first.body) as never)).toEqual(['Second, after 1? …']);
  });

  it.each([
    ['a session that nobody knows', { sessionId: 'other', echo: { kind: 'turn', turn: 3 } as const }, 'unknown-session'],
    ['a callflow that was never answered', { echo: { kind: 'turn', turn: 7 } as const }, 'lost-turn'],
  ])('answers %s with the fallback', async (_what, change, reason) => {
    const world = await World.open([greeting]);
    await world.received();
    const answer = await world.send(change);
    expect(heard(answer)).toEqual(['We are sorry, something went wrong on our side. Please call again later.', '⏹']);
    expect(world.told).toContain(`fallback:${reason}`);
  });

  it.each([
    ['that its capture can not have taken', { digits: '1'.repeat(26) }, 'too-long'],
    ['that are no keys of a phone', { digits: null, digitsProblem: 'not-dtmf' }, 'not-dtmf'],
  ] as const)('tells of digits %s, and goes on', async (_what, change, problem) => {
    const world = await World.open([greeting]);
    await world.received();
    await world.completed(null, change);
    expect(world.told).toContain(`odd digits:${problem}`);
    expect(world.answers[1]?.clientActionId).toBe('second.1');
  });

  it('never starts a call from an announcement older than the retention', async () => {
    const world = await World.open([greeting]);
    await world.received({ sentAt: world.clock.now() - 31 * 24 * 3_600_000 });
    expect(world.told).toContain('fallback:stale-call');
    expect((await world.store.list({})).calls).toHaveLength(0);
  });

  it('speaks the fallback when the flow throws, and hangs up when asked again', async () => {
    const broken = defineFlow({ name: 'broken', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('Go on?', { id: 'go' });
      throw new TypeError('no such customer');
    });
    const world = await World.open([broken]);
    await world.received();
    expect(heard(await world.completed('1'))).toEqual(['We are sorry, something went wrong on our side. Please call again later.', '⏹']);
    expect(world.told).toContain('flow failed: TypeError: no such customer');
    expect(heard(await world.completed())).toEqual(['⏹']);
  });

  it('goes on where the call stood after each restart', async () => {
    const world = await World.open([greeting]);
    await world.received();
    world.restart();
    await world.completed('1');
    world.restart();
    expect(heard(await world.completed('2'))).toEqual(['1 and 2.', '⏹']);
  });

  it('goes on when nothing is kept in memory between webhooks', async () => {
    const world = await World.open([greeting], { settings: { hotCalls: 0 } });
    await world.received();
    await world.completed('1');
    expect(world.calls.size).toBe(0);
    expect(heard(await world.completed('2'))).toEqual(['1 and 2.', '⏹']);
  });

  it('never lets time go backwards in the journal', async () => {
    const world = await World.open([greeting]);
    await world.received();
    await world.completed('1');
    await world.clock.advance(-5_000);
    await world.completed('2');
    const stored = await world.store.load({ id: 'call-1' });
    const times = stored?.journal.map(({ data }) => (JSON.parse(data) as { at: number }).at) ?? [];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('a turn with steps', () => {
  const lookup = (run: () => unknown) =>
    defineFlow({ name: 'lookup', voice: 'en-US-ZiraRUS' }, function* () {
      const account = yield* capture('Account?', { id: 'account' });
      yield say('Thank you.');
      const name = yield* step('find', run, { examples: { found: 'Ann' }, retries: 0, timeout: 60_000 });
      yield say(`Hello ${String(name)}, account ${account ?? '-'}.`);
    });

  it.each([20_000, 0])('runs a step once, however often the webhook comes, with %d calls in memory', async (hotCalls) => {
    let runs = 0;
    const slow = deferred<string>();
    const world = await World.open([lookup(() => (runs++, slow.promise))], { settings: { hotCalls } });
    await world.received();
    const event = world.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' });
    const answers = [world.deliver(event), world.deliver(event), world.deliver(event)];
    await world.clock.advance(100);
    slow.resolve('Ann');
    const bodies = (await Promise.all(answers)).map(({ body }) => body);
    expect(new Set(bodies).size).toBe(1);
    expect(runs).toBe(1);
    expect(world.told.filter((what) => what === 'duplicate')).toHaveLength(2);
  });

  it('holds with what is unsaid when the budget is up, and answers the next turn with the rest', async () => {
    const slow = deferred<string>();
    const world = await World.open([lookup(() => slow.promise)]);
    await world.received();
    const held = world.completed('7');
    await world.clock.advance(4_000);
    expect(heard(await held)).toEqual(['Thank you. …']);
    expect(world.told).toContain('held');
    slow.resolve('Ann');
    expect(heard(await world.completed())).toEqual(['Hello Ann, account 7.', '⏹']);
  });

  it('holds again with the configured text, and gives up after the last hold', async () => {
    const world = await World.open([lookup(() => new Promise(() => undefined))], { settings: { maxHolds: 2 } });
    await world.received();
    const said: string[][] = [];
    for (let turn = 0; turn < 3; turn++) {
      const answer = turn === 0 ? world.completed('7') : world.completed();
      await world.clock.advance(4_000);
      said.push(heard(await answer));
    }
    expect(said[1]).toEqual(['One moment, please. …']);
    expect(said[2]?.at(-1)).toBe('⏹');
    expect(world.told).toContain('fallback:too-slow');
  });

  it('keeps a step that has settled when the process dies before the answer', async () => {
    let runs = 0;
    const never = deferred<string>();
    const two = defineFlow({ name: 'two', voice: 'en-US-ZiraRUS' }, function* () {
      const first = yield* step('first', () => ++runs, { examples: { one: 1 } });
      const second = yield* step('second', () => never.promise, { examples: { two: 'b' }, retries: 0, timeout: 60_000 });
      yield say(`${first} ${second}`);
    });
    const world = await World.open([two]);
    const lost = world.received();
    await world.clock.advance(100);
    world.restart();
    const taken = world.received();
    await world.clock.advance(100);
    never.resolve('b');
    expect(heard(await taken)).toEqual(['1 b', '⏹']);
    expect(runs).toBe(1);
    await Promise.allSettled([lost]);
  });

  it('throws a step that failed into the flow after its retries', async () => {
    let runs = 0;
    const world = await World.open([
      defineFlow({ name: 'retrying', voice: 'en-US-ZiraRUS' }, function* () {
        try {
          yield* step('flaky', () => Promise.reject<number>(new Error(`no ${++runs}`)), { retries: 2, examples: { ok: 1 } });
        } catch (error) {
          yield say(`Sorry: ${(error as Error).message}`);
        }
      }),
    ]);
    const answer = world.received();
    await world.clock.advance(3_000);
    expect(heard(await answer)).toEqual(['Sorry: Step "flaky" failed: Error: no 3', '⏹']);
  });
});
