import {
  ask,
  bridge,
  capture,
  card,
  confirm,
  defineFlow,
  type Flow,
  type FlowModule,
  log,
  menu,
  say,
  step,
  type StepFailure,
  uninterruptible,
} from '@hookswitch/dsl';

/** What callers of the vault key in: a card number that is one, and a PIN as long as no timestamp. */
export const CARD = '4929718264530913';
export const PIN = '830492756104';

/** What can become of a call, by the key that leads there. */
export const ENDS = { speak: '1', throw: '2', fail: '3', failQuietly: '4', slow: '5', bridge: '6', ask: '7' } as const;

/** Where the secrets are asked for. */
export const SITES = { card: 'card', pin: 'pin' };

/** A flow that handles secrets in every way a flow can: speaks, reads back, logs and hands them to steps, which give them back, and quote them when they fail. */
export function vault(slow: () => Promise<void>, sites = SITES): FlowModule {
  return defineFlow({ name: 'vault', voice: 'en-US-BenjaminRUS', examples: { direction: ['outbound'] } }, function* () {
    const number = yield* ask('Key in your card number.', { id: sites.card, validate: card(), confirm: true });
    const pin = yield* capture('Key in your PIN.', { id: sites.pin, maxDigits: 12, completeOnHash: false, sensitive: true });
    try {
      yield say(`Your card is ${number}, your PIN ${[...(pin ?? '')].join(' ')}.`);
      yield log(`checking card ${number}`, { pin, card: number, note: `the PIN is ${pin}` });
      yield* step('look-up', () => ({ card: number, pin }), { sensitive: true, examples: { known: { card: '', pin: '' } } });
      const what = yield* menu('What now?', byKey(), { id: 'what', otherwise: 'speak' });
      yield* doIt(what, { number, pin: pin ?? '', slow });
    } finally {
      yield* uninterruptible(function* () {
        yield* step('forget', () => ({ card: number, pin }), { sensitive: true, examples: { done: { card: '', pin: '' } } });
      });
    }
  });
}

function byKey(): Record<string, keyof typeof ENDS> {
  return Object.fromEntries(Object.entries(ENDS).map(([what, key]) => [key, what as keyof typeof ENDS]));
}

interface Known {
  readonly number: string;
  readonly pin: string;
  readonly slow: () => Promise<void>;
}

function* doIt(what: keyof typeof ENDS, { number, pin, slow }: Known): Flow<unknown> {
  const refuse = (): null => {
    throw new RangeError(`card ${number} with PIN ${pin} was refused`);
  };
  switch (what) {
    case 'speak':
      return yield* say(`Good bye, ${number}.`);
    case 'throw':
      return refuse();
    case 'fail':
      return yield* step('charge', refuse, { retries: 0, examples: { charged: null } });
    case 'failQuietly':
      return yield* step('charge-quietly', refuse, {
        retries: 0,
        sensitive: true,
        onError: ({ message }: StepFailure) => message,
        examples: { charged: '' },
      });
    case 'slow':
      yield* say(`We charge ${number}.`);
      yield* step('wait', slow, { examples: { waited: undefined } });
      return yield* confirm(`We have charged ${number}. Right? Press 1 or 2.`, { id: 'right', sensitive: true, otherwise: true });
    case 'bridge':
      return yield* bridge('+6531589338', { id: 'agent' });
    case 'ask':
      return yield* ask(`Not ${pin}? Key in another one.`, { id: 'other', sensitive: true, otherwise: pin });
  }
}
