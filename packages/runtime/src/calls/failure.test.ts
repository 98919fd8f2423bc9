import { capture, defineFlow, say } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../assembly/options.ts';
import { heard, World } from './calls.test-support.ts';
import { Calls } from './calls.ts';

const greeting = defineFlow({ name: 'greeting', voice: 'en-US-ZiraRUS' }, function* () {
  const first = yield* capture('First?', { id: 'first' });
  yield say(`You said ${first ?? 'nothing'}.`);
});

describe('while the store is out of reach', () => {
  it('asks the caller again, and loses nothing', async () => {
    const world = await World.open([greeting]);
    await world.received();
    await world.store.close();
    const again = await world.completed('7');
    expect(heard(again)).toEqual(['One moment, please. …']);
    expect(again.clientActionId).toBe('retry.1.1');
    await world.store.open();
    expect(heard(await world.completed())).toEqual(['First? …']);
    expect(heard(await world.completed('7'))).toEqual(['You said 7.', '⏹']);
  });

  it('starts the call when it is back', async () => {
    const world = await World.open([greeting]);
    await world.store.close();
    expect((await world.received()).clientActionId).toBe('retry.0.1');
    expect((await world.completed()).clientActionId).toBe('retry.0.2');
    await world.store.open();
    expect(heard(await world.completed())).toEqual(['First? …']);
  });

  it('never takes what was pressed meanwhile as the answer to an older question', async () => {
    const world = await World.open([greeting]);
    await world.received();
    const answer = await world.send({ echo: { kind: 'retry', turn: 5, tries: 1 }, digits: '7' });
    expect(heard(answer)).toEqual([DEFAULT_SETTINGS.fallback.text, '⏹']);
    expect(world.told).toContain('fallback:lost-turn');
  });

  it('speaks the fallback after the last retry', async () => {
    const world = await World.open([greeting], { settings: { maxRetries: 2 } });
    await world.store.close();
    await world.received();
    await world.completed();
    expect(heard(await world.completed()).at(-1)).toBe('⏹');
    expect(world.told).toContain('fallback:store');
  });
});

describe('the fallback', () => {
  it.each([
    ['a text', { text: 'Sorry.' }, ['Sorry.', '⏹']],
    ['a text per language', { text: { en: 'Sorry.', zh: '对不起' } }, ['Sorry.', '⏹']],
    ['an audio file', { text: 'Sorry.', audio: 'https://example.com/sorry.mp3' }, ['♪ https://example.com/sorry.mp3', '⏹']],
    ['a transfer', { text: 'Sorry.', transferTo: '+6531589338' }, ['Sorry.', '☎ +6531589338']],
    ['a bare hang-up where it breaks a rule itself', { text: '' }, ['⏹']],
  ])('is %s', async (_what, fallback, expected) => {
    const world = await World.open([greeting], { settings: { fallback } });
    await world.received();
    expect(heard(await world.send({ echo: { kind: 'turn', turn: 9 } }))).toEqual(expected);
  });

  it('is followed by a hang-up, whichever turn is asked for', async () => {
    const world = await World.open([greeting]);
    await world.received();
    await world.send({ echo: { kind: 'turn', turn: 9 } });
    expect(heard(await world.send({ echo: { kind: 'turn', turn: 4 } }))).toEqual(['⏹']);
  });

  it('speaks with the last voice that the platform has accepted', async () => {
    const world = await World.open([greeting]);
    await world.received();
    await world.completed('1');
    const answer = await world.send({ echo: { kind: 'turn', turn: 9 } });
    expect(answer.callflow[0]).toMatchObject({ params: { voiceProfile: 'en-US-ZiraRUS' } });
  });
});

describe('new code under a call in progress', () => {
  const version = (...prompts: readonly string[]) =>
    defineFlow({ name: 'menu', voice: 'en-US-ZiraRUS' }, function* () {
      for (const id of prompts) yield* capture(`New ${id}?`, { id });
    });

  it('goes on where the journal still fits', async () => {
    const world = await World.open([version('one', 'two')]);
    await world.received();
    world.restart([version('one', 'three', 'four')]);
    expect(heard(await world.completed('1'))).toEqual(['New three? …']);
  });

  it('speaks the fallback where the flow is gone, and says which', async () => {
    const world = await World.open([version('one', 'two')]);
    await world.received();
    world.restart([greeting]);
    expect(heard(await world.completed('1')).at(-1)).toBe('⏹');
    expect(world.told.join()).toContain('in the flow "menu", which this server does not serve');
  });

  it('speaks the fallback where it does not', async () => {
    const world = await World.open([version('one', 'two')]);
    await world.received();
    await world.completed('1');
    world.restart([version('one', 'other')]);
    expect(heard(await world.completed('1')).at(-1)).toBe('⏹');
    expect(world.told).toEqual(expect.arrayContaining(['diverged', 'fallback:divergence']));
  });

  it("asks the flow's onDivergence handler, also after another restart", async () => {
    const world = await World.open([version('one', 'two')]);
    await world.received();
    await world.completed('1');
    const changed = defineFlow(
      {
        name: 'menu',
        voice: 'en-US-ZiraRUS',
        onDivergence: function* (_call, { site }) {
          const go = yield* capture(`We have changed (${site}). Again?`, { id: 'again' });
          yield say(`Again: ${go ?? '-'}.`);
        },
      },
      function* () {
        yield* capture('Other?', { id: 'other' });
      },
    );
    world.restart([changed]);
    expect(heard(await world.completed('1'))).toEqual(['We have changed (two). Again? …']);
    world.restart([changed]);
    expect(heard(await world.completed('5'))).toEqual(['Again: 5.', '⏹']);
  });

  it('keeps a call on the version that it began with', async () => {
    const numbered = (v: string, ids: readonly string[]) =>
      defineFlow({ name: 'menu', version: v, voice: 'en-US-ZiraRUS' }, function* () {
        for (const id of ids) yield* capture(`${v} ${id}?`, { id });
      });
    const world = await World.open([numbered('1', ['one', 'two'])]);
    await world.received();
    world.restart([numbered('1', ['one', 'two']), numbered('2', ['uno', 'dos'])]);
    expect(heard(await world.completed('1'))).toEqual(['1 two? …']);
  });
});

describe('one action per answer', () => {
  it('sends each action as a turn of its own', async () => {
    const talkative = defineFlow({ name: 'talkative', voice: 'en-US-ZiraRUS' }, function* () {
      yield say('One.');
      yield say('Two.');
      yield* capture('Three?', { id: 'three' });
    });
    const world = await World.open([talkative], { settings: { delivery: 'action' } });
    const said = [
      heard(await world.received()),
      heard(await world.completed()),
      heard(await world.completed()),
      heard(await world.completed('3')),
    ];
    expect(said).toEqual([['One.'], ['Two.'], ['Three? …'], ['⏹']]);
  });

  it.each<[string, number, number | null, boolean]>([
    ['sooner than the capture can end', 500, 500, true],
    ['so soon, from a platform that names no times', 500, null, true],
    ['so soon by our clock, but not by that of a simulated platform', 500, 5_000, false],
    ['late enough, from a platform whose time stands still', 5_000, 0, false],
  ])('is recommended when silence comes sooner than the capture can end: %s', async (_, ours, theirs, expected) => {
    const talkative = defineFlow({ name: 'talkative', voice: 'en-US-ZiraRUS' }, function* () {
      yield say('One.');
      yield* capture('Two?', { id: 'two' });
    });
    const world = await World.open([talkative]);
    const asked = world.clock.now();
    await world.received({ sentAt: theirs === null ? null : asked });
    await world.clock.advance(ours);
    await world.completed(null, { sentAt: theirs === null ? null : asked + theirs });
    expect(world.told.includes('suspected')).toBe(expected);
  });

  it('is not recommended by our clock alone while calls are rehearsed', async () => {
    const talkative = defineFlow({ name: 'talkative', voice: 'en-US-ZiraRUS' }, function* () {
      yield say('One.');
      yield* capture('Two?', { id: 'two' });
    });
    const world = await World.open([talkative]);
    const rehearsal = { callId: () => 'call-1', timeOf: () => 0, outcomeOf: () => null };
    world.calls = new Calls({ ...world.context, rehearsal });
    await world.received({ sentAt: null });
    await world.completed(null, { sentAt: null });
    expect(world.told).not.toContain('suspected');
  });
});
