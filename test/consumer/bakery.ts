import { bridge, capture, defineFlow, log, say, step } from '@hookswitch/dsl';

const SHOP = '+6531589338';

/** Reads out an order, or connects with the shop: a flow as a user of the published packages writes it. */
export default defineFlow({ name: 'bakery', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome to the bakery.');
  const order = yield* capture('Enter your order number, then hash, or stay on the line.', { id: 'order', maxDigits: 6, noOfTries: 1 });
  if (order === null) {
    const { outcome } = yield* bridge(SHOP, { id: 'shop' });
    yield log('asked for the shop', { outcome });
    return;
  }
  const status = yield* step('order-status', (): 'ready' | 'baking' => 'baking', { examples: { ready: 'ready', baking: 'baking' } });
  yield say(status === 'ready' ? 'Your order is ready.' : 'Your order is still in the oven.');
});
