/* eslint-disable hookswitch/uninterruptible-finally -- flows of the release before have no such blocks */
import type * as Dsl from '@hookswitch/dsl';

/** What steps do outside, by the name of the step. */
export type World = (name: string, idempotencyKey: string) => Promise<string>;

/** Which flow answers which number. */
export const NUMBERS = {
  asking: '+6560000001',
  bridging: '+6560000002',
  stepping: '+6560000003',
  tidying: '+6560000004',
  caught: '+6560000005',
  secret: '+6560000006',
} as const;

/**
 * The flows of the calls in `fixtures/`. They are made of the dsl that is given, of today's release or of the one before, and use only what both have: no
 * `uninterruptible` blocks, which flows of the release before could not have.
 */
export function flowsOf({ bridge, capture, defineFlow, menu, say, step }: typeof Dsl, world: World) {
  const act = (name: string) =>
    step(name, ({ idempotencyKey }) => world(name, idempotencyKey), { examples: { done: 'done' }, timeout: 60_000 });
  const named = (name: string) => ({ name, voice: 'en-US-ZiraRUS' });

  const asking = defineFlow(named('asking'), function* () {
    const topic = yield* menu('Billing 1, agent 2.', { 1: 'billing', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
    const account = yield* capture('Account?', { id: 'account', maxDigits: 4 });
    yield say(`${topic} of ${account ?? '-'}.`);
    const more = yield* capture('More?', { id: 'more' });
    yield say(`Then ${more ?? '-'}.`);
  });
  const bridging = defineFlow(named('bridging'), function* () {
    yield say('Connecting.');
    const { outcome } = yield* bridge('+6531589338');
    const marks = yield* capture(`It was ${outcome}. Marks?`, { id: 'marks' });
    yield say(`${marks ?? '-'} marks.`);
  });
  const stepping = defineFlow(named('stepping'), function* () {
    try {
      const account = yield* capture('Account?', { id: 'account' });
      const name = yield* act('find');
      const more = yield* capture(`${account ?? '-'} is ${name}. More?`, { id: 'more' });
      yield say(`Then ${more ?? '-'}.`);
    } finally {
      yield* act('release');
    }
  });
  const tidying = defineFlow(named('tidying'), function* () {
    try {
      yield* capture('First?', { id: 'first' });
      yield* capture('Second?', { id: 'second' });
    } finally {
      yield* act('release-one');
      yield* act('release-two');
    }
  });
  const caught = defineFlow(named('caught'), function* () {
    try {
      try {
        yield* capture('Well?', { id: 'well' });
      } finally {
        yield* act('inner');
      }
    } catch {
      yield* act('caught');
    } finally {
      yield* act('outer');
    }
  });
  const secret = defineFlow(named('secret'), function* () {
    const pin = yield* capture('PIN?', { id: 'pin', maxDigits: 4, sensitive: true });
    const again = yield* capture('PIN again?', { id: 'again', maxDigits: 4, sensitive: true });
    yield say(pin === again ? 'The same.' : 'Another one.');
    yield* capture('More?', { id: 'more' });
  });
  const reminder = defineFlow(named('reminder'), function* () {
    yield say(`Hello ${yield* act('name')}.`);
    const coming = yield* capture('Coming?', { id: 'coming' });
    yield say(coming === '1' ? 'See you.' : 'Goodbye.');
  });

  const answering = { asking, bridging, stepping, tidying, caught, secret };
  return [
    ...Object.entries(answering).map(([name, flow]) => ({ flow, numbers: [NUMBERS[name as keyof typeof NUMBERS]] })),
    { flow: reminder, default: false },
  ];
}
