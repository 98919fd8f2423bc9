import { bridge, capture, defineFlow, hangup, log, say, step, uninterruptible, waitFor } from '@hookswitch/dsl';
import { deferred } from '../calls.test-support.ts';

/** What callers key in that nobody may read. */
export const SECRET = '83049275';
const NEVER = new Promise<string>(() => undefined);

export const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Name?', { id: 'name' });
  yield* step('find', () => new Promise<string>(() => undefined), { examples: { ann: 'Ann' }, timeout: 60_000 });
  yield* capture('More?', { id: 'more' });
});

/** The desk as it was rewritten. */
export const otherDesk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Who?', { id: 'who' });
  yield* capture('More?', { id: 'more' });
});

export const vault = defineFlow({ name: 'vault', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Pin?', { id: 'pin', sensitive: true });
  yield say('Thank you.');
});

export const transfer = defineFlow({ name: 'transfer', voice: 'en-US-ZiraRUS' }, function* () {
  const { outcome } = yield* bridge('+6531580000', { id: 'agent' });
  yield say(`It was ${outcome}.`);
});

let found = deferred<string>();

/** Whom `reminder` looks up from now on is found when this is resolved. Test files share this module. */
export function lookUp(): typeof found {
  found = deferred<string>();
  return found;
}

/** Looks somebody up, and calls him. */
export const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  const name = yield* step('look', () => found.promise, { examples: { ann: 'Ann' }, timeout: 60_000 });
  yield say(`Hello ${name}.`);
  yield* capture('Coming?', { id: 'coming' });
});

/** Looks somebody up, and calls nobody. */
export const silent = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield* step('look', () => new Promise<string>(() => undefined), { examples: { ann: 'Ann' }, timeout: 60_000 });
});

/** Tidies up, and calls nobody. */
export const silentTidy = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  try {
    yield* step('look', () => NEVER, { examples: { ann: 'Ann' }, timeout: 60_000 });
    yield hangup();
  } finally {
    yield* uninterruptible(function* () {
      yield* step('release', () => NEVER, { examples: { done: 'done' }, timeout: 60_000 });
    });
  }
});

/** Asks for a secret, and looks it up by a step that is one, too. */
export const bank = defineFlow({ name: 'bank', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Pin?', { id: 'pin', sensitive: true });
  yield say('Thank you.');
  yield* step('customer', () => NEVER, { examples: { ann: 'Ann' }, sensitive: true, timeout: 60_000 });
  yield log('is in', { pin: SECRET });
  yield say(`You are in, ${SECRET}.`);
  yield* capture('More?', { id: 'more' });
  yield* step('order', () => NEVER, { examples: { one: 'one' }, timeout: 60_000 });
});

/** Looks two things up before it asks. */
export const early = defineFlow({ name: 'early', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Welcome.');
  yield* step('first', () => NEVER, { examples: { one: '1' }, timeout: 60_000 });
  yield* step('second', () => NEVER, { examples: { two: '2' }, timeout: 60_000 });
  yield* capture('Well?', { id: 'well' });
});

/** Tidies up when its caller has gone, and fails at it. */
export const tidy = defineFlow({ name: 'tidy', voice: 'en-US-ZiraRUS' }, function* () {
  try {
    yield* capture('Well?', { id: 'well', clientActionId: 'mine' });
  } finally {
    yield* uninterruptible(function* () {
      yield* step('release', () => NEVER, { examples: { done: 'done' }, timeout: 60_000 });
    });
  }
});

/** Fails at once, and at its end. */
export const broken = defineFlow({ name: 'broken', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Welcome.');
  throw new TypeError(`no account ${SECRET}`);
});

export const brokenEnd = defineFlow({ name: 'broken-end', voice: 'en-US-ZiraRUS' }, function* () {
  try {
    yield* capture('Well?', { id: 'well' });
  } finally {
    yield* uninterruptible(function* () {
      throw new TypeError('no way to tidy up');
    });
  }
});

/** Speaks, and ends. */
export const greeter = defineFlow({ name: 'greeter', voice: 'en-US-ZiraRUS' }, function* ({ startedAt }) {
  yield log('greets', { account: SECRET });
  yield say(`Hello at ${new Date(startedAt).toISOString()}.`);
});

/** Waits for a signal while its caller hears a hold. */
export const payer = defineFlow({ name: 'payer', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Pay now?', { id: 'go', maxDigits: 1 });
  const paid = yield* waitFor('paid', { timeout: '1m', hold: [say('Still checking.')], examples: { ok: { amount: 5 } } });
  if (paid.arrived) yield* step('ship', () => NEVER, { examples: { done: 'done' } });
  yield say('Goodbye.');
});

/** Says nothing at all. */
export const mute = defineFlow({ name: 'mute', voice: 'en-US-ZiraRUS' }, function* () {});
