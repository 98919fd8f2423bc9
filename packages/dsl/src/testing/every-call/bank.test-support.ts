import { bridge } from '../../effects/bridge.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import { ask } from '../../questions/ask/ask.ts';
import { menu } from '../../questions/menu/menu.ts';
import { pin } from '../../questions/validators/pin.ts';

/** A bank that connects after three wrong PINs where it is `careless`. */
export const bank = (careless: boolean): FlowModule =>
  defineFlow({ name: 'bank', voice: 'en-US-BenjaminRUS', goodbye: 'Goodbye.' }, function* () {
    yield* menu('To talk to your bank press 1.', { 1: 'talk' }, { id: 'main' });
    for (let tries = 0; tries < 3; tries++) {
      const entry = yield* ask('Your PIN?', { id: 'pin', validate: pin(4) });
      const right = yield* step('check-pin', () => entry === '1234', { examples: { right: true, wrong: false }, onError: () => false });
      if (right) break;
      if (tries === 2 && !careless) return yield* say('Please call again.');
      yield say('That was wrong.');
    }
    const { outcome } = yield* bridge('+6531589338', { id: 'agent' });
    yield say(outcome === 'answered' ? 'Thank you.' : 'Nobody is free.');
  });
