import { inTurn, startCall } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import masking from './masking.ts';

const PASSENGER = '+6592220002';
const steps = { 'find-other': PASSENGER, 'tell-missed': undefined };

describe('number masking', () => {
  it('connects with the other one of the trip, from the number that was called', async () => {
    const call = await startCall(masking, { from: '+6591110001', to: '+6531580000', steps });
    expect(call).toHear('You are being connected.');
    expect(call).toHaveSent({ action: 'makeCall', params: { source: '+6531580000', destination: PASSENGER } });
    await call.bridgeEnds('answered');
    expect(call).toHaveEnded();
  });

  it.each([
    ['busy', 'The line is busy.'],
    ['no-answer', 'There is no answer.'],
    ['declined', 'There is no answer.'],
  ] as const)('leaves word where the other one is %s', async (outcome, says) => {
    const told: string[] = [];
    const call = await startCall(masking, { steps: { ...steps, 'tell-missed': ({ idempotencyKey }) => void told.push(idempotencyKey) } });
    await call.bridgeEnds(outcome);
    expect(call).toHear(says);
    expect(told).toEqual(['test-call:2']);
  });

  it('does without leaving word where that fails', async () => {
    const call = await startCall(masking, { steps: { ...steps, 'tell-missed': new Error('no messages today') } });
    await call.bridgeEnds('busy');
    expect(call).toHear('The line is busy.');
  });

  it('asks those for their trip who withhold their number', async () => {
    const call = await startCall(masking, { from: null, steps: { 'find-driver': '+6591110001' } });
    expect(call).toHear('four digits of your trip');
    await call.press('4711');
    expect(call).toHaveBridgedTo('+6591110001');
  });

  it('gives up after three trips that there are not', async () => {
    const call = await startCall(masking, { steps: { 'find-other': null, 'find-driver': null } });
    for (const code of ['1111', '2222', '3333']) await call.press(code);
    expect(call).toHear('We could not find your trip.');
    expect(call).toHaveEnded();
  });

  it('gives up on who stays quiet', async () => {
    const call = await startCall(masking, { from: null });
    for (let attempt = 1; attempt <= 3; attempt++) await call.stayQuiet();
    expect(call).toHear('We could not find your trip.');
  });

  it('sends no message for who hangs up while it rings', async () => {
    const call = await startCall(masking, { steps: { 'find-other': PASSENGER } });
    await call.hangUp();
    expect(call.transcript).toMatch(/bridge to .* …\n⏹ the caller hung up$/);
  });
});

inEveryMode('a trip that is found at the second attempt', masking, async (start) => {
  const call = await start({ from: null, steps: { 'find-driver': inTurn(null, '+6591110001') } });
  await call.press('4711');
  expect(call).toHear('There is no such trip.');
  await call.press('4712');
  await call.bridgeEnds('answered');
  expect(call).toHaveEnded();
});

testEveryPath(masking);
