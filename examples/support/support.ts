import { ask, bridge, confirm, defineFlow, digits, type Flow, isStepFailedError, log, menu, now, openingHours } from '@hookswitch/dsl';
import { parseIsoDate, pin, say, spokenDate, spokenTime, step } from '@hookswitch/dsl';
import { type Account, balanceOf, findAccount, reportPowerCut } from './accounts.ts';

const AGENTS = '+6531589338';
const here = { language: 'en', timeZone: 'Asia/Singapore' };
const hours = openingHours({ timeZone: here.timeZone, days: { 'mon-fri': '08:00-20:00', sat: '09:00-13:00' }, holidays: ['12-25'] });

/** Customer support of a power company: who calls is looked up and checked, then helped by the machine, or by people while they are there. */
export default defineFlow(
  {
    name: 'support',
    voice: 'en-US-BenjaminRUS',
    keys: { operator: '0', repeat: '*' },
    operator: toAgent,
    goodbye: 'We did not hear from you. Goodbye.',
    // Exploration calls on a Monday at eleven; this adds a night, a public holiday's eve, for the other side of the opening hours.
    examples: { at: ['2026-01-05T15:00:00Z'] },
  },
  function* () {
    yield say('Welcome to Acme Power. Press 0 at any time to talk to us.');
    try {
      const account = yield* identify();
      if (account === null) return yield* toAgent();
      yield say(`Hello ${account.name}.`);
      yield* menu(
        'For your balance press 1, to report a power cut press 2.',
        { 1: () => balance(account), 2: () => powerCut(account) },
        { id: 'main' },
      );
    } catch (error) {
      // A step that failed for good, after its retries. Everything else (no answer, the end of the call) goes its own way.
      if (!isStepFailedError(error)) throw error;
      yield log('a service of ours is down', { step: error.step, reason: error.reason });
      yield say('We can not look that up right now.');
      yield* toAgent();
    }
  },
);

/** The account, once its PIN is right; null after three that are not. */
function* identify(): Flow<Account | null> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const number = yield* ask('Please key in the eight digits of your account.', { id: 'account', validate: digits(8) });
    // `pin` is sensitive by its nature: its digits are masked in logs and stored bodies, and encrypted in the journal. The step's result holds none.
    const secret = yield* ask('And your PIN.', { id: 'pin', validate: pin(4) });
    const account = yield* step('find-account', () => findAccount(number, secret), {
      examples: { found: { number: '12345678', name: 'Ann' }, wrong: null },
    });
    if (account !== null) return account;
    yield say('Account and PIN do not match.');
  }
  return null;
}

function* balance({ number }: Account): Flow {
  const { cents, due } = yield* step('balance', () => balanceOf(number), {
    examples: { open: { cents: 4250, due: '2026-01-31' }, paid: { cents: 0, due: '2026-01-31' } },
  });
  const day = parseIsoDate(due);
  if (cents === 0 || day === null) yield say('All of your bills are paid. Thank you. Goodbye.');
  else yield say(`You owe ${(cents / 100).toFixed(2)} dollars, due on ${spokenDate(day, here)}. Goodbye.`);
}

function* powerCut({ number }: Account): Flow {
  if (!(yield* confirm('If the power is out at your address press 1, else press 2.', { id: 'is-out' }))) return;
  // Writing twice would be wrong, so the service gets the step's key: the same on every retry, after a crash, on another server.
  const minutes = yield* step('report-cut', ({ idempotencyKey }) => reportPowerCut(number, idempotencyKey), {
    timeout: 3_000,
    retries: 4,
    examples: { known: 40, unknown: null },
  });
  yield say(minutes === null ? 'Thank you. We are looking for the cause.' : `Thank you. We expect power to be back in ${minutes} minutes.`);
}

function* toAgent(): Flow {
  const time = yield* now();
  if (!hours.isOpen(time)) {
    const opens = hours.nextOpening(time);
    yield say(opens === null ? 'Our office is closed.' : `Our office opens on ${spokenDate(opens, here)}, at ${spokenTime(opens, here)}.`);
    return;
  }
  yield say('One moment, please.');
  const { outcome } = yield* bridge(AGENTS, { id: 'agent' });
  if (outcome !== 'answered') yield say('All of us are on the phone. Please call again later.');
}
