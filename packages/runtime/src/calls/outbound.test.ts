import { bridge, capture, decline, defineFlow, say, step, tags } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { settle } from '../clock.test-support.ts';
import { createPlatformClient, type CallflowRequest, type CreateCallflow } from '../platform/index.ts';
import type { CallRecord } from '../store/store.ts';
import { DATA_KEY, deferred, heard, World } from './calls.test-support.ts';

const reminder = defineFlow<{ name: string }>(
  { name: 'reminder', voice: 'en-US-ZiraRUS', examples: { params: [{ name: 'Ann' }] } },
  function* (call) {
    if (call.direction === 'outbound') yield say(`Hello ${call.params.name}.`);
    yield* capture('Coming?', { id: 'coming' });
  },
);

/** The platform's answers to `POST /callflows`, and what it was sent. */
function platform(answer: () => Promise<string> = () => Promise.resolve('session-1')): {
  readonly sent: CallflowRequest[];
  readonly create: CreateCallflow;
} {
  const sent: CallflowRequest[] = [];
  const create: CreateCallflow = async (request) => {
    sent.push(request);
    return { sessionId: await answer(), sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] };
  };
  return { sent, create };
}

function place(
  world: World,
  create: CreateCallflow,
  change: { readonly clientRequestId?: string; readonly params?: Record<string, unknown>; readonly callRecording?: boolean } = {},
): Promise<CallRecord> {
  const compiled = world.context.flows.find('reminder', '1');
  if (compiled === null) throw new TypeError('no such flow');
  return world.place(
    { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', params: { name: 'Ann' }, ...change },
    create,
  );
}

/** A client whose posts get no answer. */
const lost = createPlatformClient({
  apiKey: 'k',
  subAccountId: 'acme',
  retries: 0,
  fetch: () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
});

const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;

describe('an outbound call', () => {
  it.each([true, false])('may ask for a recording of its first leg: %s', async (callRecording) => {
    const world = await World.open([reminder as never]);
    const { sent, create } = platform();
    await place(world, create, { callRecording });
    expect(sent[0]?.callflow[0]).toEqual({
      action: 'makeCall',
      params: { source: '+6560000000', destination: '+6590000001', callRecording },
    });
  });

  it("puts makeCall before the flow's first batch, and goes on with its webhooks", async () => {
    const world = await World.open([reminder as never]);
    const { sent, create } = platform();
    const call = await place(world, create);
    expect(heard({ callflow: sent[0]?.callflow ?? [] })).toEqual(['☎ +6590000001', 'Hello Ann.', 'Coming? …']);
    expect(sent[0]?.clientRequestId).toBe(call.id);
    expect(call).toMatchObject({ status: 'live', sessionId: 'session-1', site: 'coming', turn: 0 });
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
  });

  it('survives a restart between its post and its first webhook', async () => {
    const world = await World.open([reminder as never]);
    await place(world, platform().create);
    world.restart();
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
  });

  it('gives back the first call for a repeated clientRequestId, and posts once', async () => {
    const world = await World.open([reminder as never]);
    const { sent, create } = platform();
    const [first, second] = await Promise.all([
      place(world, create, { clientRequestId: 'r1' }),
      place(world, create, { clientRequestId: 'r1' }),
    ]);
    const third = await place(world, create, { clientRequestId: 'r1' });
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect(sent).toHaveLength(1);
  });

  it('lets a webhook that is faster than the answer to its post wait for it', async () => {
    const world = await World.open([reminder as never]);
    const answer = deferred<string>();
    const placing = place(world, platform(() => answer.promise).create);
    await settle();
    const early = world.completed('1', OUTBOUND);
    await settle();
    answer.resolve('session-1');
    expect(heard(await early)).toEqual(['⏹']);
    expect((await placing).sessionId).toBe('session-1');
  });

  it('stays unknown when the outcome of the post is unknown, until a webhook tells', async () => {
    const world = await World.open([reminder as never]);
    expect((await place(world, lost.createCallflow)).status).toBe('unknown');
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
    expect((await world.store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'live', sessionId: 'session-1' });
  });

  it('is found by its request when the summary is the first webhook', async () => {
    const world = await World.open([reminder as never]);
    const call = await place(world, platform(() => Promise.resolve('')).create);
    expect(call.status).toBe('unknown');
    expect(await world.over({ clientRequestId: call.id, status: 'NO_ANSWER' })).toBe('stored');
    expect((await world.store.load({ id: call.id }))?.call).toMatchObject({ status: 'ended', sessionId: 'session-1' });
  });

  it('fails with the reason when 8x8 refuses it', async () => {
    const world = await World.open([reminder as never]);
    const refuse = JSON.stringify({ sessionStatus: 'NOT_CREATED', statusCode: -1014, statusMessage: 'no' });
    const client = createPlatformClient({
      apiKey: 'k',
      subAccountId: 'acme',
      fetch: () => Promise.resolve(new Response(refuse, { status: 400 })) as never,
    });
    const call = await place(world, client.createCallflow);
    expect(call.status).toBe('failed');
    expect(call.state).toContain('HS_PLATFORM_REJECTED');
  });

  it('runs steps before its first words, and puts a bridge behind its own makeCall', async () => {
    const masking = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      const to = yield* step('lookup', () => '+6531589338', { examples: { found: '+6531589338' } });
      yield* bridge(to);
    });
    const world = await World.open([masking]);
    const { sent, create } = platform();
    await place(world, create);
    expect(heard({ callflow: sent[0]?.callflow ?? [] })).toEqual(['☎ +6590000001', '☎ +6531589338']);
  });

  it('sends its makeCall alone where each action is an answer', async () => {
    const world = await World.open([reminder as never], { settings: { delivery: 'action' } });
    const { sent, create } = platform();
    await place(world, create);
    expect(heard({ callflow: sent[0]?.callflow ?? [] })).toEqual(['☎ +6590000001']);
    expect(heard(await world.completed(null, OUTBOUND))).toEqual(['Hello Ann.']);
    expect(heard(await world.completed())).toEqual(['Coming? …']);
  });

  it('ends at the next webhook when its end was requested', async () => {
    const world = await World.open([reminder as never]);
    const call = await place(world, platform().create);
    expect((await world.calls.requestEnd(call.id))?.status).toBe('ending');
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
    expect(await world.calls.requestEnd('no-such-call')).toBeNull();
  });

  it('ends at its first webhook when its end was requested while nobody knew whether it was placed', async () => {
    const world = await World.open([reminder as never]);
    const call = await place(world, lost.createCallflow);
    expect((await world.calls.requestEnd(call.id))?.status).toBe('unknown');
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
    expect((await world.store.load({ id: call.id }))?.call).toMatchObject({ sessionId: 'session-1', status: 'ending' });
  });

  it('is never placed where its flow has nothing to say, which tidies up, and is told so', async () => {
    const tidied: string[] = [];
    const declining = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      try {
        if (yield* step('opted-out', () => true, { examples: { yes: true, no: false } })) return;
        yield say('Hello.');
      } finally {
        yield* step('release', () => tidied.push('released'), { examples: { done: 1 } });
      }
    });
    const ended: string[] = [];
    const world = await World.open([declining], { onEnd: (call) => Promise.resolve(void ended.push(call.status)) });
    const { sent, create } = platform();
    expect(await place(world, create)).toMatchObject({ status: 'cancelled', sessionId: null });
    await world.calls.settled();
    expect([sent, tidied, ended]).toEqual([[], ['released'], ['cancelled']]);
    const call = (await world.store.load({ id: 'call-1' }))?.call;
    expect(call).toMatchObject({ status: 'cancelled', dueAt: null });
    expect(call?.state).toContain('not-placed');
  });

  it('is never placed where its flow declines it, and keeps the reason', async () => {
    const labels = tags({ plan: 'text' });
    const declining = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS', tags: labels }, function* (call) {
      yield labels.set({ plan: 'gold' });
      const optedOut = yield* step('opted-out', () => true, { examples: { yes: true, no: false } });
      if (call.direction === 'outbound' && optedOut) yield* decline('opted out');
      yield say('Hello.');
    });
    const ended: unknown[] = [];
    const world = await World.open([declining], {
      onEnd: (call) => Promise.resolve(void ended.push([call.status, call.error, call.tags])),
    });
    const { sent, create } = platform();
    expect(await place(world, create)).toMatchObject({ status: 'cancelled', sessionId: null });
    await world.calls.settled();
    const error = { code: 'declined', message: 'opted out' };
    expect([sent, ended]).toEqual([[], [['cancelled', error, { plan: 'gold' }]]]);
    const call = (await world.store.load({ id: 'call-1' }))?.call;
    expect(call).toMatchObject({ status: 'cancelled', dueAt: null });
    expect(JSON.parse(call?.state ?? '')).toMatchObject({ error });
    expect((await world.store.timeline('call-1')).map(({ data }) => data)).toContain('{"result":"declined, opted out","code":null}');
  });

  it('keeps no reason that quotes what a sensitive step gave', async () => {
    const declining = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* (call) {
      const owner = yield* step('owner', () => 'Ann Lee 4711', { examples: { ann: 'Ann' }, sensitive: true });
      if (call.direction === 'outbound') yield* decline(`belongs to ${owner}`);
    });
    const world = await World.open([declining], { dataKeys: DATA_KEY });
    const { sent, create } = platform();
    await place(world, create);
    await world.calls.settled();
    const state = (await world.store.load({ id: 'call-1' }))?.call.state ?? '';
    expect([sent, JSON.stringify([state, await world.store.timeline('call-1')])]).toEqual([[], expect.not.stringContaining('4711')]);
    expect(JSON.parse(state)).toMatchObject({ error: { code: 'declined', message: '•••' } });
  });

  it('is not placed when its end was requested before', async () => {
    const slow = deferred<string>();
    const prepared = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      yield say(yield* step('find', () => slow.promise, { examples: { ok: 'Hello.' } }));
    });
    const world = await World.open([prepared]);
    const { sent, create } = platform();
    const placed = place(world, create);
    await settle();
    await world.calls.requestEnd('call-1');
    slow.resolve('Hello.');
    expect(await placed).toMatchObject({ status: 'failed' });
    expect(sent).toEqual([]);
  });

  it('refuses params that its schema refuses, before anything is stored', async () => {
    const validate = (value: unknown) =>
      typeof (value as { name?: unknown }).name === 'string'
        ? { value: value as { name: string } }
        : { issues: [{ message: 'missing', path: ['people', 1, { key: 'name' }] }, { message: 'no age' }] };
    const strict = defineFlow<{ name: string }>(
      { ...{ name: 'reminder', voice: 'en-US-ZiraRUS' }, params: { '~standard': { version: 1, vendor: 'test', validate } } },
      function* (call) {
        if (call.direction === 'outbound') yield say(`Hello ${call.params.name}.`);
      },
    );
    const world = await World.open([strict as never]);
    const placed = place(world, platform().create, { params: {} });
    await expect(placed).rejects.toThrow("don't fit its schema: people[1].name: missing; no age.");
    const issues = [
      { path: ['people', 1, 'name'], message: 'missing' },
      { path: [], message: 'no age' },
    ];
    await expect(placed).rejects.toMatchObject({ code: 'HS_CALL_PARAMS', issues });
    expect((await world.store.list({})).calls).toEqual([]);
  });
});
