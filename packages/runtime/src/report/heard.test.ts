import { bridge, capture, defineFlow, type HeardBatch, menu, replayRecorded, say, step } from '@hookswitch/dsl';
import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld } from './call-world.test-support.ts';
import type { JournalExport } from './journal-export.ts';

const voice = 'en-US-BenjaminRUS';
const support = (greeting: string) =>
  defineFlow({ name: 'support', voice }, function* () {
    yield say(`${greeting} Our number is +6531589338.`);
    yield* menu('Bills 1.', { 1: 'bills' }, { id: 'main', otherwise: 'bills' });
    const name = yield* step('find', () => 'Ann', { examples: { ann: 'Ann' } });
    yield say(`Hello ${name}.`);
    yield* bridge('+6531589338', { id: 'agent', clientActionId: 'to-agent' });
    yield say('Bye.');
  });
const secret = defineFlow({ name: 'secret', voice }, function* () {
  const pin = yield* capture('Your PIN?', { id: 'pin', maxDigits: 4, sensitive: true });
  yield* capture(`You said ${pin}. And now?`, { id: 'more', maxDigits: 1 });
});
const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');

let world: CallWorld;
afterEach(() => world.app.close());
const journal = async (): Promise<JournalExport> => world.get(`/calls/${await world.callId()}/journal`);
const words = ({ after, actions }: HeardBatch): readonly unknown[] => [
  after,
  ...actions.map((action) => Object.values('params' in action ? action.params : {})[0]),
];

describe('an exported journal', () => {
  it.each(['callflow', 'action'] as const)('has what was heard before each answer, numbers masked, delivered by %s', async (delivery) => {
    world = await CallWorld.open(support('Welcome.'), { sessions: { delivery } });
    await world.received();
    if (delivery === 'action') await world.completed();
    await world.completed('9');
    await world.completed('1');
    if (delivery === 'action') await world.completed();
    await world.completed();
    if (delivery === 'action') await world.completed();
    expect(((await journal()).heard ?? []).map(words)).toEqual([
      [0, 'Welcome. Our number is +65••••38.', 'Bills 1.'],
      [1, 'Bills 1.'],
      [3, 'Hello Ann.', '+65••••00'],
      [4, 'Bye.', undefined],
    ]);
  });

  it('says nothing of what is sealed, and of what follows it', async () => {
    world = await CallWorld.open(secret, { dataKeys: DATA_KEY });
    await world.received();
    await world.completed('7391');
    const exported = await journal();
    expect(JSON.stringify(exported)).not.toContain('7391');
    expect((exported.heard ?? []).map(({ after }) => after)).toEqual([0]);
  });

  it('is compared with the words of the code', async () => {
    world = await CallWorld.open(support('Welcome.'));
    await world.received();
    await world.completed('1');
    const exported = await journal();
    expect(replayRecorded(support('Welcome.'), exported)).toMatchObject({ verdict: 'alike', wordsCompared: 2 });
    expect(replayRecorded(support('Hi.'), exported)).toMatchObject({ verdict: 'other words', index: 0, recorded: 'main' });
  });
});
