import { bridge, capture, defineFlow, menu, say } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { readEcho } from './reply/answers.ts';
import { heard, World } from './calls.test-support.ts';

const named = defineFlow({ name: 'named', voice: 'en-US-ZiraRUS' }, function* () {
  const first = yield* capture('First?', { id: 'first', clientActionId: 'ivr1_level1' });
  const second = yield* menu('Second?', { 1: 'one', 2: 'two' }, { id: 'second', clientActionId: 'ivr1 level2 ✓', otherwise: 'none' });
  yield* bridge('+6531589338', { id: 'agent', clientActionId: 'post_call' });
  yield say(`${first ?? '-'} and ${second}.`);
});
const FIRST = readEcho('ivr1_level1');
const SECOND = readEcho('ivr1 level2 ✓');

describe('a clientActionId of the author', () => {
  it('is sent unchanged, and the flow goes on by it', async () => {
    const world = await World.open([named]);
    await world.received();
    await world.completed('7');
    await world.completed('2');
    expect(heard(await world.completed())).toEqual(['7 and two.', '⏹']);
    expect(world.answers.map(({ clientActionId }) => clientActionId)).toEqual(['ivr1_level1', 'ivr1 level2 ✓', 'post_call', 'ended.3']);
  });

  it('is stored with its turn', async () => {
    const world = await World.open([named]);
    await world.received();
    await world.completed('7');
    const stored = await world.store.load({ subAccountId: 'acme', sessionId: 'session-1' });
    expect(JSON.parse(stored?.call.state ?? '{}')).toMatchObject({ actionIds: { ivr1_level1: 0, 'ivr1 level2 ✓': 1 } });
  });

  it('leads a second delivery to the same bytes: at once, later, after a restart, and out of its order', async () => {
    const world = await World.open([named]);
    await world.received();
    const event = world.event({ echo: FIRST, digits: '7' });
    const [first, atOnce] = await Promise.all([world.deliver(event), world.deliver(event)]);
    world.restart();
    const afterRestart = await world.deliver(event);
    await world.deliver(world.event({ echo: SECOND, digits: '2' }));
    const late = await world.deliver({ ...event, eventId: 'another id' });
    expect([atOnce.body, afterRestart.body, late.body]).toEqual([first.body, first.body, first.body]);
    expect(JSON.parse(late.body)).toMatchObject({ clientActionId: 'ivr1 level2 ✓' });
  });

  it('is known to every process', async () => {
    const world = await World.open([named]);
    await world.received();
    const other = await World.open([named], { store: world.store });
    await world.completed('7');
    const repeated = await other.deliver(world.event({ echo: FIRST, digits: '7' }));
    expect(repeated).toEqual({ body: JSON.stringify(world.answers[1]), outcome: 'duplicate' });
  });

  it('belongs to the first attempt of a question; further ones have names of ours', async () => {
    const world = await World.open([named]);
    await world.received();
    await world.completed('7');
    expect((await world.completed('9')).clientActionId).toBe('second.2');
    expect(heard(await world.completed('1'))).toEqual(['☎ +6531589338']);
  });

  it('that nobody gave tells nothing: the outstanding turn is meant', async () => {
    const world = await World.open([named]);
    await world.received();
    expect((await world.send({ echo: readEcho('of another server'), digits: '7' })).clientActionId).toBe('ivr1 level2 ✓');
  });

  it('leads on where an answer could not be saved', async () => {
    const world = await World.open([named]);
    await world.received();
    await world.completed('7');
    const again = await world.send({ echo: readEcho('retry:ivr1_level1.1') });
    expect(again).toEqual(world.answers[1]);
    expect((await world.send({ echo: SECOND, digits: '1' })).clientActionId).toBe('post_call');
  });

  it('that is given twice in a call is an error, and the caller hears the fallback', async () => {
    const twice = defineFlow({ name: 'twice', voice: 'en-US-ZiraRUS' }, function* () {
      for (;;) yield* capture('Again?', { id: 'again', clientActionId: 'main_menu' });
    });
    const world = await World.open([twice]);
    await world.received();
    await world.completed('1');
    expect(world.told).toContain('fallback:flow-error');
    expect(heard(world.answers[1] ?? { callflow: [] })).toContain('⏹');
  });
});

describe('what comes back', () => {
  it.each([
    ['main.3', { kind: 'turn', turn: 3 }],
    ['retry.3.1', { kind: 'retry', turn: 3, tries: 1 }],
    ['retry:main_menu.2', { kind: 'given-retry', id: 'main_menu', tries: 2 }],
    ['retry:a.b.2', { kind: 'given-retry', id: 'a.b', tries: 2 }],
    ['main_menu', { kind: 'given', id: 'main_menu' }],
    ['main.3b', { kind: 'given', id: 'main.3b' }],
    [null, null],
  ])('%j is %j', (clientActionId, echo) => {
    expect(readEcho(clientActionId)).toEqual(echo);
  });
});
