import { ask, bridge, compile, defineFlow, digits, menu, say, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { testOfWay } from './way-test.ts';
import { waysOf } from './ways.ts';

const shop = defineFlow(
  { name: 'shop', voice: 'en-US-BenjaminRUS', keys: { repeat: '*' }, examples: { from: [null], direction: ['outbound'] } },
  function* (call) {
    const topic = yield* menu(
      'For your order press 1, to talk to us press 2.',
      { 1: 'order', 2: 'people' },
      { id: 'main', otherwise: 'people' },
    );
    if (topic === 'order') {
      const order = yield* ask('Key in your order, four digits.', { id: 'order', validate: digits(4) });
      const state = yield* step('find-order', (): string | null => order, { examples: { found: 'on its way', none: null } });
      yield* step('note', () => state, { examples: { noted: 'yes' }, onError: () => null });
      yield say(state === null ? 'We do not know this order.' : `Your order is ${state}.`);
    }
    try {
      const { outcome } = yield* bridge('+6531589338', { id: 'clerk' });
      if (outcome !== 'answered')
        yield* menu('Nobody is free. To hear it again press 1.', { 1: 'again' }, { id: 'later', otherwise: 'again' });
    } finally {
      yield* uninterruptible(function* () {
        yield* step('free', () => call.direction, { examples: { freed: 'inbound' } });
      });
    }
  },
);

describe('a test that goes a way', () => {
  const { chart, flow } = compile(shop);
  const ways = waysOf(chart);
  const wayTo = (from: string, label: string) =>
    ways.find(({ arrow }) => arrow.from === from && arrow.label === label) as (typeof ways)[number];

  it('has what the caller presses, what steps come to, and where the call stands then', async () => {
    const { code, fileName } = await testOfWay(wayTo('find-order', 'none'), flow, 'flows/shop.ts');
    expect(fileName).toBe('shop.find-order-none.test.ts');
    expect(code).toContain(`import shop from './shop.ts';`);
    expect(code).toMatch(/startCall\(shop, \{\s*steps: \{ 'find-order': null, note: 'yes' \}/);
    expect(code).toContain(`toHear('We do not know this order.')`);
    expect(code).toContain(`toBeAt('clerk')`);
    expect(code).not.toMatch(/now:|from:/);
  });

  it('says what is not as usual of the call', async () => {
    const other = ways.find(({ arrow, witness }) => arrow.when === 'start' && witness.call.from === null) ?? wayTo('main', '2');
    const { code } = await testOfWay({ ...other, witness: { ...other.witness, call: { ...other.usual, from: null } } }, flow, null);
    expect(code).toContain('from: null');
  });

  it.each(ways.map((way) => [`${way.arrow.from} —${way.arrow.label}→ ${way.arrow.to} (${way.arrow.when})`, way] as const))(
    'is written for %s, and goes nowhere else',
    async (_name, way) => {
      const { code, notes } = await testOfWay(way, flow, null);
      expect(notes).toEqual([]);
      expect(code).toMatch(/toBeAt\(|toHaveEnded\(|rejects\.toThrow\(|hangUp\(/);
    },
  );
});
