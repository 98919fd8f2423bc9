import { inTurn, startCall, type StartCallOptions } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import type { ReminderParams } from './params.ts';
import reminder from './reminder.ts';

const RECEPTION = '+6531589338';
const appointment = { id: 'A-17', patient: 'Ann Lee', phone: '+6591234567', at: '2026-01-08T02:30:00Z' };
const slots = ['2026-01-09T01:00:00Z', '2026-01-12T06:15:00Z'];
const steps = { 'find-appointment': appointment, 'confirm-appointment': undefined, 'free-slots': slots };

const remind = (options: StartCallOptions<ReminderParams> = {}) =>
  startCall(reminder, { params: { appointment: 'A-17' }, steps, ...options });

describe('a reminder', () => {
  it('is confirmed', async () => {
    const call = await remind();
    await call.press('1');
    expect(call).toMatchInlineSnapshot(`
      ☎ +6560000000 calls +6590000001 (outbound)
      · find-appointment → {"id":"A-17","patient":"Ann Lee","phone":"+6591234567","at":"2026-01-08T02:30:00Z"}
      » This is Harbour Dental.
      » Ann Lee has an appointment on Thursday, January 8, 10:30 AM. To confirm it press 1, to move it press 2, to talk to us press 3.
      « 1
      · confirm-appointment → nothing
      » Thank you. We look forward to seeing you. Goodbye.
      ⏹ the flow hung up
    `);
  });

  it('calls the patient from the number that it is placed with', async () => {
    const call = await remind({ from: '+6531580000', to: '+6591234567' });
    expect(call).toHaveSent({ action: 'makeCall', params: { source: '+6531580000', destination: '+6591234567' } });
  });

  it('is repeated on request, which costs no attempt', async () => {
    const call = await remind();
    for (let time = 1; time <= 5; time++) await call.press('*');
    expect(call).toHear('To confirm it press 1');
  });

  it('is moved, to another time where the first has just been taken', async () => {
    const call = await remind({ steps: { ...steps, 'move-appointment': inTurn('taken', 'moved') } });
    await call.press('2');
    expect(call).toHear('For Friday, January 9, 9:00 AM press 1.');
    await call.press('1');
    expect(call).toHear('That time has just been taken.');
    await call.press('2');
    expect(call).toHear('Your appointment is now on Monday, January 12, 2:15 PM.');
  });

  it('leads to the reception where no time is free', async () => {
    const call = await remind({ steps: { ...steps, 'free-slots': [] } });
    await call.press('2');
    expect(call).toHaveBridgedTo(RECEPTION);
  });

  it('leads to the reception where confirming fails', async () => {
    const call = await remind({ steps: { ...steps, 'confirm-appointment': new Error('503') } });
    await call.press('1');
    expect(call.transcript).toContain('✎ the appointment system does not answer');
    expect(call).toHaveBridgedTo(RECEPTION);
    await call.bridgeEnds('busy');
    expect(call).toHear('Nobody is free right now.');
  });

  it('asks who stays quiet to call back', async () => {
    const call = await remind();
    await call.stayQuiet();
    await call.stayQuiet();
    expect(call).toHear('Please call us back on this number.');
    expect(call).toHaveEnded();
  });

  it('ends with the call, wherever that is', async () => {
    const call = await remind();
    await call.press('2');
    await call.hangUp();
    expect(call).toHaveEnded();
  });

  it('needs to know of which appointment', async () => {
    const unfit = { appointment: 17 } as unknown as ReminderParams;
    await expect(remind({ params: unfit })).rejects.toThrow('appointment must be the id of an appointment');
  });
});

describe('a patient who calls back', () => {
  it('hears the same', async () => {
    const call = await startCall(reminder, { from: appointment.phone, steps });
    expect(call).toHear('Ann Lee has an appointment on Thursday, January 8, 10:30 AM.');
  });

  it('talks to the reception where no appointment is known', async () => {
    const call = await startCall(reminder, { from: null, steps: { 'find-appointment': null } });
    expect(call).toHaveBridgedTo(RECEPTION);
  });
});

inEveryMode('a reminder that is moved', reminder, async (start) => {
  const call = await start({ params: { appointment: 'A-17' }, steps: { ...steps, 'move-appointment': 'moved' } });
  await call.press('9');
  await call.press('2');
  await call.press('1');
  expect(call).toHear('Your appointment is now on');
});

testEveryPath(reminder);
