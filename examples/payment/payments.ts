import type { StandardSchema } from '@hookswitch/dsl';

/** What the payment service tells of a payment, as it posts it to `/calls/order=4711/signals/paid`. */
export interface Payment {
  /** Dollars. */
  readonly amount: number;
}

/** By hand, so that nothing has to be installed: one of Zod, Valibot or ArkType will do. */
export const paymentSchema: StandardSchema<Payment> = {
  '~standard': {
    version: 1,
    vendor: 'acme',
    validate: (value) => {
      const { amount } = (value ?? {}) as { readonly amount?: unknown };
      return typeof amount === 'number' && amount > 0
        ? { value: { amount } }
        : { issues: [{ message: 'must be a number above 0', path: ['amount'] }] };
    },
  },
};

/** Links that were sent, by the step's idempotency key: a step that is repeated after a crash sends none twice. */
const sent = new Map<string, string>();

/** Sends a link to the phone of whoever has made the order. */
export async function sendLink(key: string, order: string): Promise<boolean> {
  sent.set(key, `https://pay.example.com/${order}`);
  return true;
}
