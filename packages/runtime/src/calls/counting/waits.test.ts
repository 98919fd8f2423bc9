import { capture, defineFlow, type FlowModule, playFile, say, settings, waitFor } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { anAuditRow } from '../../store/contract/call.ts';
import { World } from '../calls.test-support.ts';
import { type CountKey, readKey } from '../count-keys.ts';
import type { SignalSent } from '../input.ts';

const HOUR = 3_600_000;
const line = settings({ closedToday: { kind: 'boolean', default: false }, notice: { kind: 'text', default: null } });

const shop = defineFlow({ name: 'shop', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Pay now?', { id: 'go', maxDigits: 1, completeOnHash: false });
  const hold = [say('Still checking.'), playFile('https://example.com/music.wav')];
  const paid = yield* waitFor('paid', { timeout: '1m', hold, examples: { ok: { amount: 5 }, part: { amount: 2, open: 3 } } });
  yield say(paid.arrived ? 'Thank you.' : 'Nothing has come.');
});

const office = defineFlow({ name: 'office', voice: 'en-US-ZiraRUS', settings: line }, function* () {
  const { closedToday } = yield* line.read();
  if (closedToday) return yield say('We are closed today.');
  yield* capture('Press a key.', { id: 'main', maxDigits: 1 });
});

async function called(flow: FlowModule, before: (world: World) => Promise<unknown> = () => Promise.resolve()) {
  const world = await World.open([flow]);
  await before(world);
  await world.received();
  return world;
}

async function ofKind({ store, clock }: World, kind: CountKey[0]): Promise<Record<string, number>> {
  const [group] = await store.countGroups();
  const { totals } = await store.counts({ flow: group?.flow ?? '', since: 0, until: Math.floor(clock.now() / HOUR + 1) * HOUR });
  const keys = [...totals].map(([key, count]) => [readKey(key), count] as const);
  return Object.fromEntries(keys.filter(([key]) => key[0] === kind).map(([[, ...words], count]) => [words.join(' '), count]));
}

async function signal({ clock, calls }: World, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  const sent: SignalSent = { kind: 'signal', at: clock.now(), callId: 'call-1', name: 'paid', value, text, key: null, digest: text };
  await calls.signal(sent);
  await calls.settled();
}

async function set({ store }: World, name: string, value: unknown): Promise<void> {
  const to = { value: JSON.stringify(value), startsAt: null, endsAt: null, at: 0, label: 'Anna', reason: null };
  expect(await store.changeOverrides([{ scope: 'flow:office', name, expected: 0, to }], anAuditRow())).toBe('changed');
}

describe('a wait for a signal', () => {
  it.each<[string, string, string, (world: World) => Promise<unknown>]>([
    ['an example', 'paid ok', 'paid ok ended answer', (world) => signal(world, { amount: 5 })],
    ['one like an example', 'paid ok', 'paid ok ended answer', (world) => signal(world, { amount: 4711 })],
    ['none in time', 'paid timeout', 'paid timeout ended answer', (world) => world.clock.advance(61_000)],
  ])('is counted by %s, by its arrow and by the time spent there', async (_, outcome, arrow, play) => {
    const world = await called(shop);
    await world.completed('1');
    await world.clock.advance(7_000);
    await play(world);
    await world.completed();
    await world.completed();
    await world.over();
    expect(await ofKind(world, 'signal')).toEqual({ [outcome]: 1 });
    expect(await ofKind(world, 'arrow')).toMatchObject({ [arrow]: 1 });
    expect(await ofKind(world, 'site')).toMatchObject({ 'paid calls': 1, 'paid entries': 1 });
    expect(Object.keys(await ofKind(world, 'time')).filter((key) => key.startsWith('paid '))).toHaveLength(1);
    expect([await ofKind(world, 'ending'), await ofKind(world, 'strayed')]).toEqual([{ contained: 1 }, {}]);
    expect(JSON.stringify(await world.store.counts({ flow: 'shop', since: 0, until: HOUR * 1_000_000 }))).not.toContain('4711');
  });

  it('is where its caller gave up', async () => {
    const world = await called(shop);
    await world.completed('1');
    await world.over();
    expect(await ofKind(world, 'ending')).toEqual({ abandoned: 1 });
    expect(await ofKind(world, 'site')).toMatchObject({ 'paid exits': 1, 'paid hangups': 1 });
    expect(await ofKind(world, 'signal')).toEqual({});
  });
});

describe('settings that operators change', () => {
  it.each<[string, string, (world: World) => Promise<unknown>]>([
    ['as declared', 'settings as declared main answer', () => Promise.resolve()],
    ['changed', 'settings closedToday ended answer', (world) => set(world, 'closedToday', true)],
  ])('are counted by the arrow that they lead along: %s', async (_, arrow, before) => {
    const world = await called(office, before);
    await world.completed('1');
    await world.over();
    expect(await ofKind(world, 'arrow')).toMatchObject({ [arrow]: 1 });
    expect(await ofKind(world, 'strayed')).toEqual({});
  });

  it('turn a call away, which has an ending of its own, and no way through the flow', async () => {
    const world = await called(office, (opened) => set(opened, 'intake', { open: false, says: 'We are closed until Monday.' }));
    await world.over();
    expect(await ofKind(world, 'ending')).toEqual({ turnedAway: 1 });
    expect(await ofKind(world, 'endedBy')).toEqual({ intake: 1 });
    expect([await ofKind(world, 'arrow'), await ofKind(world, 'strayed'), await ofKind(world, 'error')]).toEqual([{}, {}, {}]);
    expect(Object.keys(await ofKind(world, 'site')).filter((key) => /exits|hangups/.test(key))).toEqual([]);
  });
});
