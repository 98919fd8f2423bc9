import { bridge, capture, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld } from './call-world.test-support.ts';
import type { JournalExport } from './journal-export.ts';

const voice = 'en-US-BenjaminRUS';
const support = defineFlow({ name: 'support', voice }, function* () {
  yield say('Welcome.');
  yield* menu('Bills 1.', { 1: 'bills' }, { id: 'main', otherwise: 'bills' });
  yield say(`Hello ${yield* step('find', () => 'Ann', { examples: { ann: 'Ann' } })}.`);
  yield* bridge('+6531589338', { id: 'agent', clientActionId: 'to-agent' });
  yield say('Bye.');
});
const secret = defineFlow({ name: 'secret', voice }, function* () {
  const pin = yield* capture('Your PIN?', { id: 'pin', maxDigits: 4, sensitive: true });
  const more = yield* capture(`You said ${pin}. And now?`, { id: 'more', maxDigits: 1 });
  yield* capture(`${more}. Anything else?`, { id: 'else', maxDigits: 1 });
});

let world: CallWorld;
afterEach(() => world.app.close());
const places = async (): Promise<readonly number[]> =>
  ((await world.get<JournalExport>(`/calls/${await world.callId()}/journal`)).turns ?? []).map(({ after }) => after);

describe('the turns of an exported journal', () => {
  it('say how many answers there were', async () => {
    world = await CallWorld.open(support);
    await world.received();
    for (const keys of ['9', '1', null]) await world.completed(keys);
    await world.over();
    expect(await places()).toEqual([0, 1, 2, 4]);
  });

  it('stand where the one before stands when they bring none', async () => {
    world = await CallWorld.open(support, { sessions: { delivery: 'action' } });
    await world.received();
    for (const keys of [null, '9', '1', null]) await world.completed(keys);
    expect(await places()).toEqual([0, 0, 1, 2, 2]);
  });

  it.each(['sealed', 'erased'] as const)('are known where answers are %s', async (how) => {
    world = await CallWorld.open(secret, { dataKeys: Buffer.from('thirty-two bytes for a test key!').toString('base64') });
    await world.received();
    for (const keys of ['7391', '2', '3']) await world.completed(keys);
    if (how === 'erased') await world.over();
    expect(await places()).toEqual([0, 1, 2, 3]);
  });
});
