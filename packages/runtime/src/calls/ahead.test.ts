import { capture, defineFlow, type FlowModule, say, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import { heard, World } from './calls.test-support.ts';

const HOLD = 'One moment, please. …';
const SORRY = 'We are sorry, something went wrong on our side. Please call again later.';

/** A desk that asks these questions, one after the other, and counts whom it has seen off. */
function desk(version: string, questions: readonly string[], seenOff: string[] = []): FlowModule {
  return defineFlow({ name: 'desk', version, voice: 'en-US-ZiraRUS' }, function* () {
    try {
      for (const question of questions) yield say(`${question} ${(yield* capture(question, { id: question })) ?? '-'}.`);
    } finally {
      yield* uninterruptible(function* () {
        yield* step('see-off', () => void seenOff.push(version), { examples: { done: undefined } });
      });
    }
  });
}

/** A server that is not replaced yet, and one that has the new version beside the old one, on one store; a call that has begun on the new one. */
async function rollingDeploy(seenOff: string[] = []) {
  const old = desk('9', ['name'], seenOff);
  const store = Object.assign(createMemoryStore(), { shared: true });
  const ahead = await World.open([old, desk('10', ['account', 'name'], seenOff)], { store });
  const behind = await World.open([old], { store });
  await ahead.received();
  behind.answers.push(...ahead.answers);
  return { ahead, behind, store };
}

describe('while servers are replaced one by one, a call of the newer version that reaches an older server', () => {
  it('is asked to wait, and then again by one that has its code: nothing that is pressed is taken for something else', async () => {
    const { ahead, behind } = await rollingDeploy();
    expect(heard(await behind.completed('7'))).toEqual([HOLD]);
    ahead.answers.push(...behind.answers.slice(-1));
    expect(heard(await ahead.completed())).toEqual(['account …']);
    expect(heard(await ahead.completed('7'))).toEqual(['account 7.', 'name …']);
    expect(behind.told).toEqual([expect.stringContaining('the call began on version 10 of "desk", which this server does not have')]);
    expect(ahead.told).not.toContain('fallback:divergence');
  });

  it('goes on there when nobody else comes, as after a deploy that was taken back', async () => {
    const { behind, store } = await rollingDeploy();
    for (let tries = 0; tries < 5; tries++) expect(heard(await behind.completed('7'))).toEqual([HOLD]);
    expect(heard(await behind.completed())).toEqual([SORRY, '⏹']);
    expect((await store.list({})).calls).toMatchObject([{ flowVersion: '9', site: 'failed' }]);
  });

  it('goes on there for good where its answers fit', async () => {
    const store = Object.assign(createMemoryStore(), { shared: true });
    const ahead = await World.open([desk('2', ['name', 'account'])], { store });
    const behind = await World.open([desk('1', ['name'])], { store });
    await ahead.received();
    behind.answers.push(...ahead.answers);
    for (let tries = 0; tries < 5; tries++) await behind.completed('7');
    expect(heard(await behind.completed())).toEqual(['name -.', '⏹']);
    expect((await store.list({})).calls).toMatchObject([{ flowVersion: '1' }]);
  });

  it('gets the answer of a turn that was taken elsewhere', async () => {
    const { ahead, behind } = await rollingDeploy();
    const pressed = ahead.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' });
    const { body } = await ahead.deliver(pressed);
    expect(await behind.deliver(pressed)).toEqual({ body, outcome: 'duplicate' });
  });

  it('is told to hang up where that was asked for', async () => {
    const { ahead, behind } = await rollingDeploy();
    await ahead.calls.requestEnd('call-1');
    expect(heard(await behind.completed('7'))).toEqual(['⏹']);
  });

  it('is seen off by the code that it began with, whoever is told of its end', async () => {
    const seenOff: string[] = [];
    const { ahead, behind, store } = await rollingDeploy(seenOff);
    await behind.over();
    expect((await store.list({})).calls).toMatchObject([{ status: 'ending', site: 'account' }]);
    await behind.sweep();
    expect(seenOff).toEqual([]);
    await ahead.sweep();
    await ahead.calls.settled();
    expect(seenOff).toEqual(['10']);
    expect((await store.list({})).calls).toMatchObject([{ status: 'ended', lastSite: 'account' }]);
  });

  it('is ended there after a minute, when nobody else has come', async () => {
    const { behind, store } = await rollingDeploy();
    await behind.over();
    await behind.clock.advance(61_000);
    await behind.sweep();
    await behind.calls.settled();
    expect((await store.list({})).calls).toMatchObject([{ status: 'ended', flowVersion: '9' }]);
  });
});

describe('a call of a version that is gone', () => {
  it('goes on with the newest at once, and belongs to it from then on', async () => {
    const store = Object.assign(createMemoryStore(), { shared: true });
    const world = await World.open([desk('1', ['name'])], { store });
    await world.received();
    world.restart([desk('2', ['name', 'account'])]);
    expect(heard(await world.completed('7'))).toEqual(['name 7.', 'account …']);
    expect((await store.list({})).calls).toMatchObject([{ flowVersion: '2' }]);
  });
});
