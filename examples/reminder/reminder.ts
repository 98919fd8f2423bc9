import { bridge, defineFlow, type Flow, isStepFailedError, log, menu, say, spokenDate, spokenTime, step } from '@hookswitch/dsl';
import { match } from 'ts-pattern';
import { type Appointment, confirmAppointment, findById, findByPhone, freeSlots, moveAppointment } from './appointments.ts';
import { reminderParams } from './params.ts';

const RECEPTION = '+6531589338';
const SAMPLE: Appointment = { id: 'A-17', patient: 'Ann Lee', phone: '+6591234567', at: '2026-01-08T02:30:00Z' };

/**
 * An appointment reminder that does not care who calls whom: placed by us (`POST /calls`), it reminds; when the patient calls back, it finds the same
 * appointment by the number and asks the same questions.
 */
export default defineFlow(
  {
    name: 'reminder',
    voice: 'en-US-ZiraRUS',
    params: reminderParams,
    examples: { params: [{ appointment: 'A-17' }], direction: ['outbound'], from: [null] },
    keys: { repeat: '*' },
    goodbye: 'We did not hear from you. Please call us back on this number. Goodbye.',
  },
  function* (call) {
    yield say('This is Harbour Dental.');
    try {
      const find = () => (call.direction === 'outbound' ? findById(call.params.appointment) : findByPhone(call.from));
      const appointment = yield* step('find-appointment', find, { examples: { found: SAMPLE, none: null } });
      if (appointment === null) return yield* reception();

      const choice = yield* menu(
        `${appointment.patient} has an appointment on ${spoken(appointment.at)}. To confirm it press 1, to move it press 2, to talk to us press 3.`,
        { 1: 'confirm', 2: 'move', 3: 'talk' },
        { id: 'choice', attempts: { total: 4, noInput: 2 } },
      );
      yield* match(choice)
        .with('confirm', () => keep(appointment))
        .with('move', () => move(appointment))
        .with('talk', () => reception())
        .exhaustive();
    } catch (error) {
      // A step that failed for good, after its retries. The patient need not know. Everything else (no answer, the end of the call) goes its own way.
      if (!isStepFailedError(error)) throw error;
      yield log('the appointment system does not answer', { step: error.step, reason: error.reason });
      yield* reception();
    }
  },
);

function* keep({ id }: Appointment): Flow {
  yield* step('confirm-appointment', ({ idempotencyKey }) => confirmAppointment(id, idempotencyKey), {
    examples: { confirmed: undefined },
  });
  yield say('Thank you. We look forward to seeing you. Goodbye.');
}

function* move({ id }: Appointment): Flow {
  for (;;) {
    const slots = yield* step('free-slots', () => freeSlots(), {
      examples: { two: ['2026-01-09T01:00:00Z', '2026-01-12T06:15:00Z'], none: [] },
    });
    if (slots.length === 0) return yield* reception();

    const prompt = slots.map((slot, index) => `For ${spoken(slot)} press ${index + 1}.`);
    const options = Object.fromEntries(slots.map((slot, index) => [index + 1, slot]));
    const at = yield* menu([...prompt, 'To talk to us press 0.'], { ...options, 0: 'talk' }, { id: 'slot' });
    if (at === 'talk') return yield* reception();

    const how = yield* step('move-appointment', ({ idempotencyKey }) => moveAppointment(id, at, idempotencyKey), {
      examples: { moved: 'moved', taken: 'taken' },
    });
    if (how === 'moved') {
      yield say(`Your appointment is now on ${spoken(at)}. Goodbye.`);
      return;
    }
    yield say('That time has just been taken.');
  }
}

function* reception(): Flow {
  yield say('We are connecting you with our reception.');
  const { outcome } = yield* bridge(RECEPTION, { id: 'reception' });
  if (outcome !== 'answered') yield say('Nobody is free right now. Please call again in a few minutes. Goodbye.');
}

/** Thursday, January 8, 10:30 AM. */
function spoken(at: string): string {
  const [date, options] = [new Date(at), { language: 'en', timeZone: 'Asia/Singapore' }];
  return `${spokenDate(date, options)}, ${spokenTime(date, options)}`;
}
