import { describe, expect, it } from 'vitest';
import { hookswitch, project, started } from '../cli.test-support.ts';

const FLOW = `import { capture, defineFlow, say, tags, waitFor } from '@hookswitch/dsl';
const labels = tags({ order: 'number' });
export default defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
  yield labels.set({ order: 4711 });
  const paid = yield* waitFor('paid', { hold: [say('Still checking.')], examples: { ok: { amount: 5 } } });
  yield say(paid.arrived ? 'Thank you.' : 'Nothing has come.');
  yield* capture('More?', { id: 'more', maxDigits: 1 });
});
`;
const ENV = { HOOKSWITCH_API_TOKEN: 'a-long-enough-api-token' };

/** A server whose flow waits for a signal in a call, and how to send one. */
async function waiting() {
  const cwd = project({ 'flows/shop.ts': FLOW });
  const { url } = await started(['--store', 'memory'], { cwd, env: { ...ENV } });
  const received = { eventType: 'CALL_ACTION', eventId: 'e1', timestamp: new Date().toISOString(), subAccountId: 'acme', sessionId: 's1' };
  const details = { callDirection: 'INBOUND', callStatus: 'CALL_RECEIVED', source: '+6590000001', destination: '+6531589338' };
  const response = await fetch(`${url}/webhooks/vca`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...received, details, payload: { ...received, ...details } }),
  });
  expect(await response.text()).toContain('Still checking.');
  const signal = (...args: readonly string[]) => hookswitch(['signal', ...args, '--url', url], { cwd, env: { ...ENV } });
  return { signal };
}

describe('hookswitch signal', () => {
  it('sends a signal to the call that a tag names, once for each key', async () => {
    const { signal } = await waiting();
    const send = () => signal('order=4711', 'paid', '{ "amount": 5 }', '--idempotency-key', 'k1');
    const first = await send();
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Signal paid to call [0-9a-f-]{36}: taken by the flow\n$/) as string,
    });
    expect(await send()).toEqual(first);
    expect(JSON.parse((await signal('s1', 'paid', '--json')).out)).toMatchObject({ signal: 'paid', outcome: 'kept' });
  });

  it('says why a signal is refused', async () => {
    const { signal } = await waiting();
    expect(await signal('order=4711', 'pajd')).toMatchObject({ code: 3, err: expect.stringContaining('Did you mean "paid"?') as string });
    expect(await signal('nobody', 'paid')).toMatchObject({
      code: 3,
      err: expect.stringContaining('There is no call with this id') as string,
    });
    expect(await signal('order=4711', 'paid', 'yes')).toMatchObject({ code: 2, err: expect.stringContaining('is JSON') as string });
  });
});
