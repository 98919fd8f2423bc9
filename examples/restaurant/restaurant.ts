import { bridge, defineFlow, type Flow, isStepFailedError, log, menu, say } from '@hookswitch/dsl';
import { book } from './book.ts';
import { change } from './change.ts';

const DESK = '+6531589338';

/**
 * A restaurant's telephone, three levels deep: main menu → reservations → book, change or cancel.
 *
 * The options of these menus are generator functions. A menu runs the one that was chosen, and in it the keys `back` and `main` work everywhere:
 * they close it and play the menu again. Nobody has to write that down at each menu.
 */
export default defineFlow(
  {
    name: 'restaurant',
    voice: 'en-GB-Emma',
    keys: { operator: '0', repeat: '8', main: '9', back: '*' },
    operator: toDesk,
    goodbye: 'We did not understand you. Please call again, or write to us. Goodbye.',
  },
  function* () {
    yield say('Welcome to Trattoria Luna. Press 0 for our desk at any time, star to go back, 9 for the main menu.');
    try {
      yield* menu('For a table press 1, to know when we are open press 2.', { 1: reservations, 2: whenOpen }, { id: 'main' });
    } catch (error) {
      // A step that failed for good is an exception; all others (no answer, the end of the call) go their own way, so they are thrown on.
      if (!isStepFailedError(error)) throw error;
      yield log('reservations are down', { error: String(error) });
      yield say('We can not reach our reservation book.');
      yield* toDesk();
    }
  },
);

function* reservations(): Flow {
  yield* menu('To book a table press 1, to change or cancel a booking press 2.', { 1: book, 2: change }, { id: 'reservations' });
}

function* whenOpen(): Flow {
  yield* menu('We are open every day but Monday, from noon to eleven. For a table press 1.', { 1: reservations }, { id: 'open' });
}

function* toDesk(): Flow {
  yield say('One moment.');
  const { outcome } = yield* bridge(DESK, { id: 'desk' });
  if (outcome !== 'answered') yield say('All of us are serving guests right now.');
}
