import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { tags } from '../effects/tags.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from './start-call.ts';
import { inEveryMode } from './vitest.ts';

const labels = tags({ reason: ['billing', 'agent'], amount: 'number' });
const flow = defineFlow({ name: 'tagged', voice: 'en-US-ZiraRUS', tags: labels }, function* () {
  const reason = yield* menu('Billing 1, agent 2.', { 1: 'billing', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
  yield labels.set({ reason });
  const amount = Number(yield* capture('How much?', { id: 'amount', maxDigits: 4 }));
  yield labels.set({ amount });
  return { reason, amount };
});

describe('a test call', () => {
  inEveryMode('has tags and a result', flow, async (start) => {
    const call = await start();
    expect(call).not.toHaveTag({ reason: 'billing' });
    expect(call).toHaveResult(null);
    await call.press('1');
    expect(call).toHaveTag({ reason: 'billing' });
    await call.press('1250');
    expect(call).toHaveTag({ amount: 1250, reason: expect.any(String) as unknown });
    expect(call).toHaveResult({ reason: 'billing', amount: 1250 });
    expect(call).not.toHaveResult({ reason: 'billing' });
    expect(call.tags).toEqual({ reason: 'billing', amount: 1250 });
  });

  it('types its result', async () => {
    const call = await startCall(flow);
    const result: { readonly reason: 'billing' | 'agent'; readonly amount: number } | null = call.result;
    expect(result).toBeNull();
  });

  it('has both in its transcript', async () => {
    const call = await startCall(flow);
    await call.press('2');
    await call.press('7#');
    expect(call.transcript.split('\n').slice(-4)).toEqual([
      '« 7 #',
      '⚑ amount: 7',
      '↩ {"reason":"agent","amount":7}',
      '⏹ the flow hung up',
    ]);
    expect(call.transcript).toContain('⚑ reason: "agent"');
  });

  it('says what the tags and the result are where they are others', async () => {
    const call = await startCall(flow);
    await call.press('1');
    expect(() => expect(call).toHaveTag({ reason: 'agent' })).toThrow('reason: "billing"');
    expect(() => expect(call).toHaveResult(7)).toThrow('It has returned nothing.');
    expect(() => expect(call).toHaveTag({ resaon: 'agent' })).toThrow('Did you mean "reason"?');
    expect(() => expect(call).toHaveTag({})).toThrow('expected tags by name');
    expect(() => expect('call').toHaveResult(7)).toThrow('expected what startCall resolves to');
  });

  it('fails loudly where the flow returns what is no result', async () => {
    const dated = defineFlow({ name: 'dated', voice: 'v' }, function* () {
      yield* capture('?', { id: 'main', maxDigits: 1 });
      return new Date(0) as never;
    });
    const call = await startCall(dated);
    await expect(call.press('1')).rejects.toThrow('its result must be JSON');
  });
});
