import { bridge, capture, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { afterEach, describe, expect, it } from 'vitest';
import { ConsoleWorld } from './console.test-support.ts';
import type { EventItem, StepItem, TurnItem } from './views.ts';

const support = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome.');
  const account = yield* capture('Your account?', { id: 'account', maxDigits: 8 });
  const customer = yield* step('find', () => (account === '0' ? Promise.reject(new TypeError('no such account')) : { name: 'Ann' }), {
    examples: { ann: { name: 'Ann' } },
  });
  yield say(`Hello ${customer.name}.`);
  yield* bridge('+6531589338', { id: 'agent' });
});

const secret = defineFlow({ name: 'secret', voice: 'en-US-BenjaminRUS' }, function* () {
  const pin = yield* capture('Your PIN?', { id: 'pin', maxDigits: 4, sensitive: true });
  yield* menu(`You said ${pin}. Press 1.`, { 1: 'yes' }, { id: 'sure', otherwise: 'yes' });
});

const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');
let world: ConsoleWorld;
afterEach(() => world.app.close());

const turns = async (): Promise<readonly TurnItem[]> => (await world.call()).items.filter((item) => item.kind === 'turn');

describe('a timeline', () => {
  it('tells of each webhook, what it brought and what was answered', async () => {
    world = await ConsoleWorld.open(support);
    await world.received();
    await world.completed('123');
    await world.completed(null);
    expect((await turns()).map(({ came, site, answered }) => [came, site, ...answered])).toEqual([
      ['Call received', 'account', 'Says “Welcome.”', 'Asks “Your account?” and takes 1 to 8 digits, # ends, 3 tries'],
      ['Pressed 123', 'agent', 'Says “Hello Ann.”', 'Connects to +65••••38'],
      ['Bridge over', 'ended', 'Hangs up'],
    ]);
  });

  it('names the site of a callflow whose clientActionId is its author’s', async () => {
    const named = defineFlow({ name: 'named', voice: 'en-US-BenjaminRUS' }, function* () {
      yield* capture('First?', { id: 'first', maxDigits: 1, clientActionId: 'ivr1_level1' });
      yield* bridge('+6531589338', { id: 'agent', clientActionId: '__proto__' });
    });
    world = await ConsoleWorld.open(named);
    await world.received();
    await world.completed('1');
    expect((await turns()).map(({ site }) => site)).toEqual(['first', 'agent']);
  });

  it('shows steps with their results where they ran', async () => {
    world = await ConsoleWorld.open(support);
    await world.received();
    await world.completed('123');
    const [, second] = await turns();
    expect(second?.steps).toMatchObject([{ site: 'find', attempts: 1, error: null, result: { name: 'Ann' } }]);
    expect(second?.steps[0]?.ms).toBeGreaterThanOrEqual(0);
  });

  it('shows why a step failed, and the fallback that the caller heard', async () => {
    world = await ConsoleWorld.open(support);
    await world.received();
    await world.completed('0');
    const { items } = await world.call();
    const steps = items.flatMap((item): readonly StepItem[] => (item.kind === 'turn' ? item.steps : []));
    expect(steps).toMatchObject([{ error: 'TypeError: no such account', result: null }]);
    expect(items.find((item): item is EventItem => item.kind === 'event' && item.type === 'fallback')).toMatchObject({ tone: 'bad' });
  });

  it('ends with what the platform says of the session', async () => {
    world = await ConsoleWorld.open(support);
    await world.received();
    await world.over({ sessionStatus: 'ERROR', errorDetails: { errorCode: -2003, errorMsg: 'callflow invalid' } });
    const { items } = await world.call();
    expect(items.find((item) => item.kind === 'event' && item.type === 'summary')).toMatchObject({
      text: 'Session over: ERROR (error -2003: callflow invalid)',
      tone: 'bad',
    });
  });

  it('masks numbers, and shows them where the server does', async () => {
    world = await ConsoleWorld.open(support);
    await world.received();
    expect(JSON.stringify(await world.call())).not.toContain('90000001');
    await world.app.close();
    world = await ConsoleWorld.open(support, { showNumbers: true });
    await world.received();
    expect((await world.call()).call.from).toBe('+6590000001');
  });

  it.each(['while the call lives', 'when it is over'])('shows nothing of a sensitive entry, %s', async (when) => {
    world = await ConsoleWorld.open(secret, { dataKeys: DATA_KEY });
    await world.received();
    await world.completed('7391');
    if (when !== 'while the call lives') await world.over();
    const { items } = await world.call();
    expect(JSON.stringify(items)).not.toContain('7391');
    expect(items.filter((item) => item.kind === 'turn').at(-1)).toMatchObject({ came: 'Pressed ••••', state: 'hidden', answered: [] });
  });
});
