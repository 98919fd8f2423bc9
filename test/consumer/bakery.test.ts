import '@hookswitch/dsl/vitest';
import { startCall } from '@hookswitch/dsl/testing';
import { describe, expect, it } from 'vitest';
import bakery from './bakery.ts';

describe('the bakery', () => {
  it('reads out how an order stands', async () => {
    const call = await startCall(bakery, { steps: { 'order-status': 'ready' } });
    expect(call).toHear('Welcome to the bakery.');
    await call.press('123#');
    expect(call).toHear('Your order is ready.');
    expect(call).toHaveEnded();
  });

  it('connects who stays on the line with the shop', async () => {
    const call = await startCall(bakery);
    await call.stayQuiet();
    expect(call).toHaveBridgedTo('+6531589338');
  });
});
