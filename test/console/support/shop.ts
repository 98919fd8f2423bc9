/** The flow that is called in the tests of the console, with its greeting and another menu where one is wanted. */
export function shop({ greeting = 'Welcome to the shop.', main = 'For your order press 1, to talk to us press 2.' } = {}): string {
  return `import { ask, bridge, defineFlow, digits, menu, say, step } from '@hookswitch/dsl';

const orders: Record<string, string> = { '1234': 'on its way' };

export default defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('${greeting}');
  const topic = yield* menu('${main}', { 1: 'order', 2: 'people' }, { id: 'main', otherwise: 'people' });
  if (topic === 'order') {
    const order = yield* ask('Key in your order, four digits.', { id: 'order', validate: digits(4) });
    const state = yield* step('find-order', () => orders[order] ?? null, { examples: { found: 'on its way', none: null } });
    yield say(state === null ? 'We do not know this order.' : \`Your order is \${state}.\`);
  }
  const { outcome } = yield* bridge('+6531589338', { id: 'clerk' });
  // Of a talk of less than a second nobody knows: tests may be as quick as that.
  if (outcome !== 'answered' && outcome !== 'unknown') return yield say('Nobody is free. Goodbye.');
  yield* menu('Were you helped? Press 1 for yes, 2 for no.', { 1: true, 2: false }, { id: 'helped', otherwise: false });
  yield say('Thank you. Goodbye.');
});
`;
}
