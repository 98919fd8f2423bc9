/** The first flow of a new project: a menu, a question, a step, a bridge. */
export const FLOW = `import { ask, bridge, defineFlow, digits, type Flow, menu, say, step } from '@hookswitch/dsl';

/** Where orders are looked up. Here it is a table; yours is a database or an API. */
const orders: Readonly<Record<string, string>> = { 1001: 'on its way', 1002: 'ready to be picked up' };

/** Answers the telephone of a shop. \`npx hookswitch check\` explores every path of it, \`npm test\` plays calls. */
export default defineFlow({ name: 'reception', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome to the shop.');
  yield* menu('To ask for an order press 1, to talk to us press 2.', { 1: order, 2: talk }, { id: 'main', otherwise: talk });
});

function* order(): Flow {
  const number = yield* ask('Please enter the four digits of your order.', { id: 'order', validate: digits(4) });
  // A step is the only door to the outside world: its result is kept, and never asked for twice.
  const state = yield* step('find-order', () => orders[number] ?? null, {
    examples: { found: 'on its way', missing: null },
    onError: () => null,
  });
  yield say(state === null ? 'We do not know this number.' : \`Your order is \${state}. Goodbye.\`);
}

function* talk(): Flow {
  // Said before: whether anything is heard after a bridge depends on the platform.
  yield say('One moment, please. If nobody answers, please call again later.');
  yield* bridge('+6531589338', { id: 'desk' });
}
`;

/** Its test. */
export const FLOW_TEST = `import { startCall } from '@hookswitch/dsl/testing';
import { testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import reception from './reception.ts';

describe('reception', () => {
  it('says how an order stands', async () => {
    const call = await startCall(reception, { steps: { 'find-order': 'on its way' } });
    expect(call).toHear('Welcome to the shop.');
    await call.press('1');
    await call.press('1001');
    expect(call).toHear('Your order is on its way.');
    expect(call).toHaveEnded();
  });

  it('connects who presses 2 with the desk', async () => {
    const call = await startCall(reception);
    await call.press('2');
    expect(call).toHaveBridgedTo('+6531589338');
    await call.bridgeEnds('busy');
    expect(call).toHaveEnded();
  });
});

// One test for each way through the flow that was found by exploring it.
testEveryPath(reception);
`;
