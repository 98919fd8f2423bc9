/* eslint-disable hookswitch/uninterruptible-finally -- flows of the release before have no such blocks */
import * as dsl from '@hookswitch/dsl';

const { bridge, capture, defineFlow, menu, say, step } = dsl;
type Context = dsl.StepContext;

/** What tidies up: a block where the release that serves it has such, else as it stands. */
function* tidied(part: () => dsl.Flow): dsl.Flow {
  if ('uninterruptible' in dsl) yield* dsl.uninterruptible(part);
  else yield* part();
}

/** The shop as servers of this release and of the one before serve it: the same sites, words and effects. */
export function shopOfBoth(receiver: string): dsl.FlowModule {
  const ask = async (effect: object, { idempotencyKey, signal }: Context): Promise<string> => {
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
          'To order press 1, to talk to us press 2, to leave press 4.',
          { 1: 'order', 2: 'talk', 4: 'leave' },
          { id: 'main', otherwise: 'leave' },
        );
        if (choice === 'leave') break;
        if (choice === 'order') {
          const item = yield* capture('Key in the item, then hash.', { id: 'item', maxDigits: 6 });
          const n = ++orders;
          const number = yield* step('order', (context) => ask({ session, kind: 'order', n, item }, context), { examples: { some: '7' } });
          yield say(`Item ${item ?? 'none'} is ordered under number ${number}.`);
        } else {
          yield* bridge('+6531589338');
          yield say('Nobody could talk longer.');
        }
      }
      yield say('Goodbye.');
    } finally {
      yield* tidied(function* () {
        yield* step('bye', (context) => ask({ session, kind: 'bye', n: 1, item: null }, context), { examples: { done: '7' } });
      });
    }
  });
}

/** For `startServerProcess`. */
export function flows(receiver: string): readonly dsl.FlowModule[] {
  return [shopOfBoth(receiver)];
}
