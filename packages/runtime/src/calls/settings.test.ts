import { bridge, type CallflowResponse, capture, defineFlow, menu, say, settings, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { OverrideChange, Store } from '../store/store.ts';
import { anAuditRow } from '../store/contract/call.ts';
import { World } from './calls.test-support.ts';
import { endedBy } from './ended-by.ts';
import { readState } from './state.ts';

const line = settings({
  closedToday: { kind: 'boolean', default: false },
  notice: { kind: 'text', default: null },
});

const support = defineFlow({ name: 'support', voice: 'en-US-ZiraRUS', settings: line }, function* () {
  const { notice } = yield* line.read();
  if (notice !== null) yield say(notice);
  yield* capture('Press a key.', { id: 'main', maxDigits: 1 });
  yield* step('look', () => 1, { examples: { one: 1 } });
  const { closedToday } = yield* line.read();
  yield say(closedToday ? 'Closed.' : 'Open.');
});

const late = defineFlow({ name: 'late', voice: 'en-US-ZiraRUS', settings: line }, function* () {
  yield* capture('Press a key.', { id: 'main', maxDigits: 1 });
  const { closedToday } = yield* line.read();
  yield say(closedToday ? 'Closed.' : 'Open.');
});

const plain = defineFlow({ name: 'plain', voice: 'en-US-ZiraRUS' }, function* () {
  const topic = yield* menu('Press 1.', { 1: 'agent' }, { id: 'main', otherwise: 'agent' });
  if (topic === 'agent') yield* bridge('+6531589338');
});

type To = Partial<NonNullable<OverrideChange['to']>>;

/** An operator sets something, through another server. */
async function set(store: Store, name: string, value: unknown, to: To = {}, scope = 'flow:support'): Promise<void> {
  const expected = (await store.overrides()).rows.find((row) => row.scope === scope && row.name === name)?.version ?? 0;
  const given = { value: JSON.stringify(value), startsAt: null, endsAt: null, at: 0, label: 'Anna', reason: null, ...to };
  expect(await store.changeOverrides([{ scope, name, expected, to: given }], anAuditRow())).toBe('changed');
}

const texts = ({ callflow }: CallflowResponse): unknown[] =>
  callflow.flatMap((action) =>
    action.action === 'say' ? [action.params.text] : action.action === 'sayAndCapture' ? [action.params.promptMessage] : [],
  );

describe('the settings of a flow', () => {
  it('are as declared where nobody has changed them', async () => {
    const world = await World.open([support]);
    expect(texts(await world.received())).toEqual(['Press a key.']);
    expect(texts(await world.completed('1'))).toEqual(['Open.']);
    const { journal = [] } = (await world.store.load({ id: 'call-1' })) ?? {};
    expect(journal.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject([
      { site: 'settings', value: { closedToday: false, notice: null } },
      { site: 'main' },
      { site: 'look' },
    ]);
  });

  it('hold for the next call, whichever server has changed them, and not for one in progress', async () => {
    const world = await World.open([support]);
    await world.received();
    await set(world.store, 'closedToday', true);
    await set(world.store, 'notice', 'We are moving.');
    expect(texts(await world.completed('1'))).toEqual(['Open.']);
    expect(texts(await world.received({ sessionId: 'session-2' }))).toEqual(['We are moving.', 'Press a key.']);
    expect(texts(await world.completed('1', { sessionId: 'session-2' }))).toEqual(['Closed.']);
  });

  it('of one call alone can be told to it, in place of those that are set', async () => {
    const rehearsal = {
      callId: ({ sessionId }: { readonly sessionId: string | null }) => `call-of-${sessionId}`,
      timeOf: () => null,
      settingsOf: (id: string) => (id === 'call-of-session-2' ? { notice: 'We are moving.' } : null),
      outcomeOf: () => null,
    };
    const world = await World.open([support], { rehearsal });
    await set(world.store, 'closedToday', true);
    expect(texts(await world.received())).toEqual(['Press a key.']);
    expect(texts(await world.received({ sessionId: 'session-2' }))).toEqual(['We are moving.', 'Press a key.']);
    expect(texts(await world.completed('1', { sessionId: 'session-2' }))).toEqual(['Closed.']);
  });

  it('that are read late are those of that moment', async () => {
    const world = await World.open([late]);
    await world.received();
    await set(world.store, 'closedToday', true, {}, 'flow:late');
    expect(texts(await world.completed('1'))).toEqual(['Closed.']);
  });

  it('hold between their start and their end, by the time of the call', async () => {
    const world = await World.open([late]);
    const now = world.clock.now();
    await set(world.store, 'closedToday', true, { startsAt: now + 1_000, endsAt: now + 2_000 }, 'flow:late');
    const heard: unknown[] = [];
    for (const [index, pass] of [0, 1_000, 1_000].entries()) {
      await world.clock.advance(pass);
      await world.received({ sessionId: `s${index}` });
      heard.push(...texts(await world.completed('1', { sessionId: `s${index}` })));
    }
    expect(heard).toEqual(['Open.', 'Closed.', 'Open.']);
  });

  it.each<[string, unknown]>([
    ['is of another kind by now', 'yes'],
    ['is not JSON', undefined],
  ])('are as declared where what was set %s', async (_, value) => {
    const world = await World.open([late]);
    await set(world.store, 'closedToday', value ?? null, value === undefined ? { value: '{' } : {}, 'flow:late');
    await set(world.store, 'gone', 1, {}, 'flow:late');
    await world.received();
    expect(texts(await world.completed('1'))).toEqual(['Open.']);
  });

  it('are asked of the store once, and again only when they have changed', async () => {
    const world = await World.open([support]);
    let reads = 0;
    const { overrides } = world.store;
    world.store.overrides = () => (reads++, overrides.call(world.store));
    for (let call = 0; call < 5; call++) await world.received({ sessionId: `s${call}` });
    expect(reads).toBe(1);
    await set(world.store, 'closedToday', true);
    reads = 0;
    for (let call = 5; call < 10; call++) await world.received({ sessionId: `s${call}` });
    expect(reads).toBe(1);
  });
});

describe('intake that is closed', () => {
  const CLOSED = { open: false, says: 'We are closed until Monday.' };

  it('turns callers away, with the operator’s words, and is recorded as a call', async () => {
    const world = await World.open([plain]);
    await set(world.store, 'intake', CLOSED, { reason: 'strike' }, 'flow:plain');
    const answer = await world.received();
    expect(answer.callflow).toMatchObject([
      { action: 'say', params: { text: 'We are closed until Monday.', voiceProfile: 'en-US-ZiraRUS' } },
      { action: 'hangup' },
    ]);
    expect(world.told).toContain('turned away');
    await world.over();
    const { call } = (await world.store.load({ id: 'call-1' })) ?? {};
    expect(call).toMatchObject({ status: 'ended', lastSite: 'intake closed', flow: 'plain' });
    expect(call && endedBy(call, readState(call.state))).toBe('intake');
    expect((await world.store.list({ site: 'intake closed' })).calls).toHaveLength(1);
    expect((await world.store.timeline('call-1')).map(({ kind, data }) => [kind, JSON.parse(data) as unknown])).toEqual([
      ['turned-away', { of: 'flow', by: 'Anna', reason: 'strike' }],
    ]);
  });

  it('of a number turns away those who call it, and no others', async () => {
    const world = await World.open([plain]);
    await set(world.store, 'intake', { open: false, says: null }, {}, 'number:6560000000');
    expect(texts(await world.received())).toEqual(['We can not take your call at the moment. Please call again later.']);
    expect(texts(await world.received({ sessionId: 'session-2', to: '+6560000001' }))).toEqual(['Press 1.']);
  });

  it('lets those go on who are in the flow, and opens again', async () => {
    const world = await World.open([plain]);
    await world.received();
    await set(world.store, 'intake', CLOSED, { endsAt: world.clock.now() + 1_000 }, 'flow:plain');
    expect((await world.completed('1')).callflow.at(-1)?.action).toBe('makeCall');
    expect(texts(await world.received({ sessionId: 'session-2' }))).toEqual([CLOSED.says]);
    await world.clock.advance(1_000);
    expect(texts(await world.received({ sessionId: 'session-3' }))).toEqual(['Press 1.']);
  });

  it('says the same again to a webhook that comes twice, and to another server', async () => {
    const world = await World.open([plain]);
    await set(world.store, 'intake', CLOSED, {}, 'flow:plain');
    const event = world.event({ status: 'received' });
    const first = await world.deliver(event);
    world.restart();
    await set(world.store, 'intake', { open: true, says: null }, {}, 'flow:plain');
    expect((await world.deliver(event)).body).toBe(first.body);
  });

  it('calls nobody', async () => {
    const world = await World.open([plain]);
    await set(world.store, 'intake', CLOSED, { endsAt: world.clock.now() + 60_000 }, 'flow:plain');
    const [compiled] = [...world.context.flows.table.newest.values()];
    const request = { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', params: {}, language: null };
    const place = () =>
      world.place({ ...request, clientRequestId: null, validUntil: null, callRecording: null } as never, () =>
        Promise.reject(new Error('refused')),
      );
    await expect(place()).rejects.toMatchObject({
      code: 'HS_INTAKE_CLOSED',
      flow: 'plain',
      message: expect.stringContaining('closed by Anna') as string,
    });
    expect((await world.store.list({})).calls).toEqual([]);
    await set(world.store, 'intake', { open: true, says: null }, {}, 'flow:plain');
    expect(await place()).toMatchObject({ flow: 'plain' });
  });

  it('that can’t be read is open', async () => {
    const world = await World.open([plain]);
    await set(world.store, 'intake', 'closed', {}, 'flow:plain');
    expect(texts(await world.received())).toEqual(['Press 1.']);
  });
});
