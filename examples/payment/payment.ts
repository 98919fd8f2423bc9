import { ask, defineFlow, digits, say, step, tags, waitFor } from '@hookswitch/dsl';
import { paymentSchema, sendLink } from './payments.ts';

/** The payment service names the call by it: `POST /calls/order=4711/signals/paid`. */
const labels = tags({ order: 'text', paid: ['yes', 'no'] }, { metrics: ['paid'] });

/** Pay by link: the caller gets a link, pays on the phone, and hears at once that the money is there. */
export default defineFlow({ name: 'payment', voice: 'en-US-ZiraRUS', tags: labels }, function* () {
  const order = yield* ask('Welcome to Acme. Please key in the four digits of your order.', { id: 'order', validate: digits(4) });
  yield labels.set({ order });
  const isSent = yield* step('send-link', ({ idempotencyKey }) => sendLink(idempotencyKey, order), {
    examples: { sent: true, unknown: false },
    onError: () => false,
  });
  if (!isSent) {
    yield say('We can not send you a link at the moment. Please try again later. Goodbye.');
    return;
  }
  yield say('We have sent a link to your phone. Please pay there, and stay on the line.');
  const paid = yield* waitFor('paid', {
    schema: paymentSchema,
    timeout: '5m',
    // A signal is heard at the end of a piece: short pieces.
    hold: [say('We are waiting for your payment.'), say('Take your time. We stay on the line.')],
    examples: { paid: { amount: 25 } },
  });
  yield labels.set({ paid: paid.arrived ? 'yes' : 'no' });
  if (paid.arrived) yield say(`Thank you. We have got ${paid.value.amount} dollars. Goodbye.`);
  else yield say('Your payment has not come yet. The link is good until midnight. Goodbye.');
});
