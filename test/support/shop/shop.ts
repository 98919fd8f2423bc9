import { bridge, capture, defineFlow, type FlowModule, menu, say, step, type StepContext, uninterruptible } from '@hookswitch/dsl';

/** A shop that takes orders: menus and entries in a loop, steps that are felt outside, a bridge, and a farewell however the call ends. */
export function shop(receiver: string): FlowModule {
  const ask = async (effect: object, { idempotencyKey, signal }: StepContext): Promise<string> => {
    const body = JSON.stringify({ ...effect, key: idempotencyKey, instance: process.pid });
    const response = await fetch(receiver, { method: 'POST', body, signal });
    return (await response.json()) as string;
  };
  return defineFlow({ name: 'shop', voice: 'en-US-ZiraRUS' }, function* (call) {
    const session = call.sessionId;
    let orders = 0;
    yield say('Welcome to the shop.');
    try {
      for (let round = 0; round < 12; round++) {
        const choice = yield* menu(
          'To order press 1, to hear how many orders you have press 2, to talk to us press 3, to leave press 4.',
          { 1: 'order', 2: 'count', 3: 'talk', 4: 'leave' },
          { id: 'main', otherwise: 'leave' },
        );
        if (choice === 'leave') break;
        if (choice === 'order') {
          const item = yield* capture('Key in the item, then hash.', { id: 'item', maxDigits: 6 });
          const n = ++orders;
          const number = yield* step('order', (context) => ask({ session, kind: 'order', n, item }, context), { examples: { some: '7' } });
          yield say(`Item ${item ?? 'none'} is ordered under number ${number}.`);
        } else if (choice === 'count') {
          const count = yield* step('count', (context) => ask({ session, kind: 'list', n: 0, item: null }, context), {
            examples: { some: '7' },
          });
          yield say(`You have ${count} orders; we counted ${orders}.`);
        } else {
          const { outcome } = yield* bridge('+6531589338');
          yield say(`Nobody could talk longer: ${outcome}.`);
        }
      }
      yield say('Goodbye.');
    } finally {
      yield* uninterruptible(function* () {
        yield* step('bye', (context) => ask({ session, kind: 'bye', n: 1, item: null }, context), { examples: { done: '7' } });
      });
    }
  });
}

/** For `startServerProcess`. */
export function flows(receiver: string): readonly FlowModule[] {
  return [shop(receiver)];
}
