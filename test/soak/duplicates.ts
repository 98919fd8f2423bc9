import type { ChaosOptions } from '@hookswitch/simulator';
import type { Received } from '../support/shop/receiver.ts';
import { runShop } from './shop-run.ts';
import type { Scenario } from './scenario.ts';

/** Every webhook comes again: at the same time, after its answer and after the next one; many come late, many answers are lost or late. */
const CHAOS: ChaosOptions = { duplicates: 1, concurrent: 1, reordered: 1, delayed: 0.2, lost: 0.1, slow: 0.2, resets: 0.1 };
/** Nobody dies: a lease that ran out would only tell that the machine is too busy to renew it. */
const SESSIONS = { lease: 120_000 };

export const duplicates: Scenario = {
  what: 'Every webhook comes several times, at once, late and out of order: callers hear the same, each answer has the same bytes, each step runs once.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runShop(settings, { sessions: SESSIONS, disturbed: { chaos: CHAOS }, judge: eachOnce }),
};

/** Some instances on one database, with every VCA sent to all of them at once. */
const together = (instances: number): Scenario => ({
  what: `Every VCA goes to all of ${instances} instances at once, beside all other duplicates: one answer per turn, and each step runs once.`,
  stores: ['postgres'],
  run: (settings) =>
    runShop(settings, { instances, sessions: SESSIONS, balance: { copies: instances }, disturbed: { chaos: CHAOS }, judge: eachOnce }),
});

export const two = together(2);
export const four = together(4);

/** Where nobody dies, everything is asked for once. */
export function eachOnce(received: readonly Received[]): readonly string[] {
  return received
    .filter(({ times, effect }) => times > 1 && effect.kind !== 'end')
    .map(({ times, effect }) => `${effect.kind} ${effect.n} of session ${effect.session ?? '-'} was asked for ${times} times.`);
}
