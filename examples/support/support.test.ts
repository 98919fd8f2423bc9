import { inTurn, startCall, type StartCallOptions, type TestCall } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import support from './support.ts';

const AGENTS = '+6531589338';
const MONDAY_NIGHT = '2026-01-05T23:00:00+08:00';
const ann = { number: '12345678', name: 'Ann' };
const steps = { 'find-account': ann, balance: { cents: 4250, due: '2026-01-31' }, 'report-cut': 40 };

/** A call in which these keys were pressed. */
const calling = async (keys: readonly string[], options: StartCallOptions = {}): Promise<TestCall> => {
  const call = await startCall(support, { steps, ...options });
  for (const each of keys) await call.press(each);
  return call;
};
const SIGNED_IN = ['12345678', '2468'];

describe('signing in', () => {
  it('greets the customer', async () => {
    expect(await calling(SIGNED_IN)).toHear('Hello Ann.');
  });

  it('allows three attempts', async () => {
    const call = await calling([...SIGNED_IN, ...SIGNED_IN], { steps: { 'find-account': inTurn(null, null, ann) } });
    expect(call).toHear('Account and PIN do not match.');
    for (const keys of SIGNED_IN) await call.press(keys);
    expect(call).toHear('Hello Ann.');
  });

  it('leads to an agent after the third wrong one', async () => {
    const call = await calling([...SIGNED_IN, ...SIGNED_IN, ...SIGNED_IN], { steps: { 'find-account': null } });
    expect(call).toHaveBridgedTo(AGENTS);
  });

  it('keeps the PIN out of what the step gives back, and marks the site as sensitive', async () => {
    const call = await calling(['12345678']);
    expect(call.position.effect).toMatchObject({ kind: 'capture', id: 'pin', sensitive: true });
  });
});

describe('a customer', () => {
  it('hears the balance', async () => {
    expect(await calling([...SIGNED_IN, '1'])).toHear('You owe 42.50 dollars, due on Saturday, January 31.');
  });

  it('reports a power cut, once, with a key that stays the same', async () => {
    const keys: string[] = [];
    const call = await calling([...SIGNED_IN, '2', '1'], {
      steps: { ...steps, 'report-cut': ({ idempotencyKey }) => (keys.push(idempotencyKey), 40) },
    });
    expect(call).toHear('We expect power to be back in 40 minutes.');
    expect(keys).toEqual(['test-call:5']);
  });

  it.each([
    ['balance', '1'],
    ['report-cut', '2'],
  ])('talks to an agent where %s fails', async (step, key) => {
    const call = await calling([...SIGNED_IN, key], { steps: { ...steps, [step]: new Error('503') } });
    if (call.site === 'is-out') await call.press('1');
    expect(call).toHear('We can not look that up right now.');
    expect(call).toHaveBridgedTo(AGENTS);
  });

  it('hears goodbye after saying nothing for three times', async () => {
    const call = await calling([]);
    for (let attempt = 1; attempt <= 3; attempt++) await call.stayQuiet();
    expect(call).toHear('We did not hear from you. Goodbye.');
    expect(call).toHaveEnded();
  });

  it('may hang up anywhere', async () => {
    const call = await calling(['12345678']);
    await call.hangUp();
    expect(call).toHaveEnded();
  });
});

describe('the operator key', () => {
  it.each([[[]], [['12345678']], [SIGNED_IN]])('leads to an agent after %j', async (keys) => {
    expect(await calling([...keys, '0'])).toHaveBridgedTo(AGENTS);
  });

  it('goes back to the question where all agents are busy', async () => {
    const call = await calling(['0']);
    await call.bridgeEnds('busy');
    expect(call.heardLast).toEqual([
      'All of us are on the phone. Please call again later.',
      'Please key in the eight digits of your account.',
    ]);
  });

  it('says when the office opens, outside of its hours', async () => {
    expect(await calling(['0'], { now: MONDAY_NIGHT })).toHear('Our office opens on Tuesday, January 6, at 8:00 AM.');
  });
});

inEveryMode('a power cut, then the agents', support, async (start) => {
  const call = await start({ steps: { ...steps, 'report-cut': new Error('503') } });
  for (const keys of [...SIGNED_IN, '2', '1']) await call.press(keys);
  await call.bridgeEnds('busy');
  expect(call).toHear('All of us are on the phone.');
});

testEveryPath(support);
