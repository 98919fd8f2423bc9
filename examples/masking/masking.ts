import { ask, bridge, defineFlow, digits, type Flow, say, step } from '@hookswitch/dsl';
import { driverOf, otherOf, tellMissed } from './trips.ts';

/**
 * Number masking. Driver and passenger of a trip call one virtual number, each is connected with the other, and neither sees the other's number:
 * the second leg comes from the virtual number, which is what `bridge` sends unless it is told otherwise.
 */
export default defineFlow({ name: 'masking', voice: 'en-US-ZiraRUS', examples: { from: [null] } }, function* ({ from }) {
  const other = (from === null ? null : yield* step('find-other', () => otherOf(from), LOOK_UP)) ?? (yield* findByCode());
  if (other === null) {
    yield say('We could not find your trip. Please call from within the app. Goodbye.');
    return;
  }
  yield say('You are being connected.');
  const { outcome } = yield* bridge(other, { id: 'other' });
  if (outcome === 'answered') return;
  // The key is the same on every try and replay, so that whoever sends the message can send it once.
  yield* step('tell-missed', ({ idempotencyKey }) => tellMissed(other, idempotencyKey), {
    examples: { told: undefined },
    onError: () => undefined,
  });
  yield say(outcome === 'busy' ? 'The line is busy. Please try again in a minute.' : 'There is no answer. Please try again later.');
});

/** The numbers of private people: encrypted where the call is kept, shown nowhere, erased when it ends. The examples stand in for the steps on diagrams. */
const LOOK_UP = { sensitive: true, examples: { found: '+6592220002', nobody: null }, onError: () => null };

/** For those who withhold their number or call from another one. */
function* findByCode(): Flow<string | null> {
  let prompt = 'Please key in the four digits of your trip.';
  for (let attempt = 1; attempt <= 3; attempt++) {
    const code = yield* ask(prompt, { id: 'code', validate: digits(4), otherwise: null });
    if (code === null) return null;
    const driver = yield* step('find-driver', () => driverOf(code), LOOK_UP);
    if (driver !== null) return driver;
    prompt = 'There is no such trip. Please key in its four digits again.';
  }
  return null;
}
