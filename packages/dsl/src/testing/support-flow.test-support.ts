import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';

interface Customer {
  readonly name: string;
}

/** A flow with everything that a call can wait for. */
export const support = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome to Acme.');
  const account = yield* capture('Enter your account number, then hash.', {
    id: 'account',
    minDigits: 2,
    maxDigits: 8,
    failureMessage: 'Sorry.',
  });
  const customer = yield* step('find-customer', (): Customer | null => null, { examples: { found: { name: 'Ann' }, missing: null } });
  yield say(`Hello ${customer?.name ?? 'stranger'}, ${account === null ? 'you said nothing' : 'thank you'}.`);
  const main = { id: 'main', completeOnHash: false, maxDigits: 1, noOfTries: 1 };
  if ((yield* capture('For billing press 1, for an agent press 2.', main)) !== '2') return;
  const { outcome } = yield* bridge('+6531589338', { id: 'agent' });
  yield say(`The agent: ${outcome}.`);
});

export const steps = { 'find-customer': { name: 'Ann' } };
