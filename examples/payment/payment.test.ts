import { startCall, type StartCallOptions } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import payment from './payment.ts';

const steps = { 'send-link': true };
const withLink = async (options: StartCallOptions = {}) => {
  const call = await startCall(payment, { steps, ...options });
  await call.press('4711');
  return call;
};

describe('pay by link', () => {
  it('thanks for the payment as soon as it is there', async () => {
    const call = await withLink();
    expect(call).toHear('We are waiting for your payment.');
    await call.signal('paid', { amount: 25 });
    expect(call).toHear('Thank you. We have got 25 dollars.');
    expect(call).toHaveTag({ order: '4711', paid: 'yes' });
    expect(call).toHaveEnded();
  });

  it('takes a payment that came before the caller had keyed in the order', async () => {
    const call = await startCall(payment, { steps });
    await call.signal('paid', { amount: 25 });
    await call.press('4711');
    expect(call).toHear('Thank you. We have got 25 dollars.');
  });

  it('gives up after five minutes, and says how long the link is good', async () => {
    const call = await withLink();
    await call.wait(299_000);
    expect(call).toBeAt('paid');
    await call.stayQuiet();
    expect(call).toHear('The link is good until midnight.');
    expect(call).toHaveTag({ paid: 'no' });
  });

  it('refuses what is no payment, and waits on', async () => {
    const call = await withLink();
    await expect(call.signal('paid', { amount: 0 })).rejects.toThrow('must be a number above 0');
    expect(call).toBeAt('paid');
  });

  it('says so where no link can be sent', async () => {
    const call = await withLink({ steps: { 'send-link': new Error('the gateway is down') } });
    expect(call).toHear('We can not send you a link at the moment.');
    expect(call).toHaveEnded();
  });
});

inEveryMode('a caller who hangs up while waiting', payment, async (start) => {
  const call = await start({ steps });
  await call.press('4711');
  await call.hangUp();
  expect(call).toHaveEnded();
});

testEveryPath(payment);
