import { bridge, capture, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld } from './call-world.test-support.ts';
import type { TimelineLine, TurnLine } from './lines.ts';

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
let world: CallWorld;
afterEach(() => world.app.close());

const lines = async (): Promise<readonly TimelineLine[]> => (await world.call()).timeline;
const turns = async (): Promise<readonly TurnLine[]> => (await lines()).filter((line) => line.kind === 'turn');

describe('a timeline', () => {
  it('tells of each webhook, what it brought and what was answered', async () => {
    world = await CallWorld.open(support);
    await world.received();
    await world.completed('123');
    await world.completed(null);
    expect((await turns()).map(({ came, site, said }) => [came, site, ...said])).toEqual([
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
    world = await CallWorld.open(named);
    await world.received();
    await world.completed('1');
    expect((await turns()).map(({ site }) => site)).toEqual(['first', 'agent']);
  });

  it('shows steps with their results', async () => {
    world = await CallWorld.open(support);
    await world.received();
    await world.completed('123');
    expect((await lines()).filter(({ kind }) => kind === 'step')).toMatchObject([
      { site: 'find', attempts: 1, error: null, result: { name: 'Ann' }, ms: expect.any(Number) as number },
    ]);
  });

  it('shows why a step failed, and the fallback that the caller heard', async () => {
    world = await CallWorld.open(support);
    await world.received();
    await world.completed('0');
    const told = await lines();
    expect(told.filter(({ kind }) => kind === 'step')).toMatchObject([{ error: 'TypeError: no such account', result: null }]);
    expect(told.find(({ kind }) => kind === 'fallback')).toMatchObject({ tone: 'bad' });
  });

  it('ends with what the platform says of the session', async () => {
    world = await CallWorld.open(support);
    await world.received();
    await world.over({ sessionStatus: 'ERROR', errorDetails: { errorCode: -2003, errorMsg: 'callflow invalid' } });
    expect((await lines()).find(({ kind }) => kind === 'summary')).toMatchObject({
      text: 'Session over: ERROR (error -2003: callflow invalid)',
      tone: 'bad',
    });
  });

  it('masks numbers, and shows them where the server does', async () => {
    world = await CallWorld.open(support);
    await world.received();
    expect(JSON.stringify(await world.call())).not.toContain('90000001');
    await world.app.close();
    world = await CallWorld.open(support, { showNumbers: true });
    await world.received();
    expect((await world.call()).call.from).toBe('+6590000001');
  });

  it.each(['while the call lives', 'when it is over'])('shows nothing of a sensitive entry, %s', async (when) => {
    world = await CallWorld.open(secret, { dataKeys: DATA_KEY });
    await world.received();
    await world.completed('7391');
    if (when !== 'while the call lives') await world.over();
    expect(JSON.stringify(await lines())).not.toContain('7391');
    expect((await turns()).at(-1)).toMatchObject({ came: 'Pressed ••••', state: 'hidden', said: [], data: { answer: '•••' } });
  });

  it('has every entry of the journal, and says which of them a turn or a step tells, too', async () => {
    world = await CallWorld.open(support);
    await world.received();
    await world.completed('123');
    const entries = (await lines()).filter((line) => line.kind === 'entry');
    expect(entries).toMatchObject([
      { text: 'account answered', isTold: true, data: { index: 0, value: '123' } },
      { text: 'find answered', isTold: true, data: { index: 1, value: { name: 'Ann' } } },
    ]);
  });

  it('says by the journal what was brought: silence, #, and how a bridge ended', async () => {
    const asks = defineFlow({ name: 'asks', voice: 'en-US-BenjaminRUS' }, function* () {
      yield* capture('First?', { id: 'first', maxDigits: 1 });
      yield* capture('Second?', { id: 'second', maxDigits: 4 });
      yield* bridge('+6531589338', { id: 'agent' });
    });
    world = await CallWorld.open(asks);
    await world.received();
    await world.completed(null);
    await world.completed('');
    await world.over({ sessionStatus: 'BUSY' });
    expect((await turns()).map(({ came, askedAt }) => [came, askedAt])).toEqual([
      ['Call received', null],
      ['Nothing pressed', 'first'],
      ['Pressed #', 'second'],
    ]);
  });
});
