import { bridge, capture, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { isSealed } from '../security/seal.ts';
import { DATA_KEY, World } from './calls.test-support.ts';

const PIN = '83049275';
const bank = defineFlow({ name: 'bank', voice: 'en-US-ZiraRUS' }, function* () {
  const pin = yield* capture('PIN?', { id: 'pin', maxDigits: 8, completeOnHash: false, sensitive: true });
  const customer = yield* step('customer', () => ({ name: 'Ann Lee' }), { sensitive: true });
  yield say('You are in.');
  for (;;) {
    const wish = yield* menu(
      'Press 1 for hours, 2 for your PIN, 3 for your name, 4 for an agent.',
      { 1: 'hours', 2: 'pin', 3: 'name', 4: 'agent' },
      { id: 'wish' },
    );
    if (wish === 'hours') yield say('We are open from 9 to 5.');
    if (wish === 'pin') yield say(`It is ${[...(pin ?? '')].join(', ')}.`);
    if (wish === 'name') yield say(`You are ${customer.name}.`);
    if (wish === 'agent') yield* bridge('+6531589338', { id: 'agent' });
  }
});

const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('PIN?', { id: 'pin', maxDigits: 8, completeOnHash: false, sensitive: true });
  const account = yield* capture('Account?', { id: 'account', maxDigits: 8, completeOnHash: false });
  yield* capture(`Account ${account ?? '-'}. More?`, { id: 'more' });
});

it.each([false, true])(
  'what is keyed in at another question is no secret, with a server of its own for each turn: %s',
  async (restarts) => {
    const world = await World.open([desk], { dataKeys: DATA_KEY });
    await world.received();
    for (const keys of [PIN, '11223344', '1']) {
      if (restarts) world.restart();
      await world.completed(keys);
    }
    const shown = (await world.store.turns('call-1')).map(({ answer }) => answer?.includes('Account 11223344'));
    expect(shown).toContain(true);
  },
);

/** What the store has of the turns of a call that keys in its PIN, and then `keys`, one by one; each turn on a server of its own if `restarts`. */
async function turnsOf(keys: readonly string[], restarts = false): Promise<{ readonly world: World; readonly turns: readonly string[] }> {
  const world = await World.open([bank], { dataKeys: DATA_KEY });
  await world.received();
  for (const entry of [PIN, ...keys]) {
    if (restarts) world.restart();
    await world.completed(entry);
  }
  const rows = await world.store.turns('call-1');
  const turns = rows.map(({ event, answer }) => {
    const dtmf = /"dtmf":\s*"?([^",}]*)/.exec(event)?.[1] ?? '';
    return `${dtmf} ${answer === null || isSealed(answer) ? 'sealed' : 'shown'}`;
  });
  return { world, turns };
}

describe.each([
  ['in one process', false],
  ['on a server of its own for each turn', true],
])('after its sensitive part, %s, a call', (_where, restarts) => {
  it('shows keys and answers again', async () => {
    const { turns } = await turnsOf(['1', '9', '4'], restarts);
    expect(turns.slice(1)).toEqual(['•••••••• sealed', '1 shown', '9 shown', '4 shown']);
  });

  it('seals the answers that speak of what was keyed in, or of what a sensitive step gave, and no others', async () => {
    const { turns } = await turnsOf(['1', '2', '1', '3', '1'], restarts);
    expect(turns.slice(2)).toEqual(['1 shown', '2 sealed', '1 shown', '3 sealed', '1 shown']);
  });

  it('masks the keys where they are the secret again', async () => {
    const { turns } = await turnsOf([PIN, '1'], restarts);
    expect(turns.slice(2)).toEqual(['•••••••• shown', '1 shown']);
  });

  it('keeps nothing of the secret in its end', async () => {
    const { world } = await turnsOf(['2', '3', '1'], restarts);
    await world.over({ raw: { lastDigits: PIN } });
    const all = JSON.stringify([
      await world.store.load({ id: 'call-1' }),
      await world.store.turns('call-1'),
      await world.store.timeline('call-1'),
    ]);
    expect(all).not.toMatch(/83049275|8, 3, 0|Ann Lee/);
    expect(all).toContain('We are open from 9 to 5.');
  });
});
