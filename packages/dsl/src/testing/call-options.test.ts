import { describe, expect, it } from 'vitest';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { StandardSchema } from '../flow/flow-options.ts';
import type { StartCallOptions } from './call-options.ts';
import { startCall } from './start-call.ts';

const named: StandardSchema<{ readonly name: string }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      Promise.resolve(
        typeof (value as { name?: unknown }).name === 'string'
          ? { value: { name: `${(value as { name: string }).name}!` } }
          : { issues: [{ message: 'name is required' }] },
      ),
  },
};
const voices = { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' };
const flow = defineFlow({ name: 'greet', voices, params: named }, function* () {
  yield say({ en: 'Hello', zh: '你好' });
});
const plain = defineFlow({ name: 'plain', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Hello');
});

describe('startCall', () => {
  it('makes an ordinary inbound call unless told otherwise', async () => {
    const { call } = await startCall(plain);
    expect(call).toEqual({
      id: 'test-call',
      sessionId: '00000000-0000-4000-8000-000000000000',
      subAccountId: 'sample',
      direction: 'inbound',
      from: '+6590000001',
      to: '+6560000000',
      fromCountry: 'SG',
      toCountry: 'SG',
      language: null,
      startedAt: Date.parse('2026-01-05T03:00:00Z'),
      params: {},
    });
  });

  it.each<[string, StartCallOptions, object]>([
    ['a withheld number', { from: null }, { from: null, fromCountry: null }],
    [
      'numbers, whose country nobody knows',
      { from: '4930123456', to: '+4930654321' },
      { from: '4930123456', fromCountry: null, toCountry: null },
    ],
    ['countries', { from: '+4930123456', fromCountry: 'DE', toCountry: 'MY' }, { fromCountry: 'DE', to: '+6560000000', toCountry: 'MY' }],
    ['the time as a text', { now: '2026-02-03T04:05:06+08:00' }, { startedAt: Date.UTC(2026, 1, 2, 20, 5, 6) }],
    ['the time as a day', { now: '2026-02-03' }, { startedAt: Date.UTC(2026, 1, 3) }],
    ['the time as a Date', { now: new Date(7) }, { startedAt: 7 }],
  ])('takes %s', async (_, options, expected) => {
    expect((await startCall(plain, options)).call).toMatchObject(expected);
  });

  it('takes a language of the flow', async () => {
    expect((await startCall(flow, { language: 'zh' })).heard).toEqual(['你好']);
    expect((await startCall(flow)).heard).toEqual(['Hello']);
  });

  it('hands over params as the flow’s schema gives them back', async () => {
    expect((await startCall(flow, { params: { name: 'Ann' } })).call.params).toEqual({ name: 'Ann!' });
  });

  it.each<[string, unknown]>([
    ['an unknown option', { form: '+6590000001' }],
    ['an unknown mode', { mode: 'replay' }],
    ['an unknown direction', { direction: 'in' }],
    ['an unknown way in which platforms differ', { platform: { silences: 'null' } }],
    ['a caller that is no number', { from: 'Ann' }],
    ['nobody called', { to: null }],
    ['an outbound call from nowhere', { direction: 'outbound', from: null }],
    ['a language that the flow doesn’t speak', { language: 'ch' }],
    ['a time without offset', { now: '2026-02-03T04:05:06' }],
    ['no time', { now: Number.NaN }],
    ['params of an inbound call', { direction: 'inbound', params: { name: 'Ann' } }],
    ['params that don’t fit the schema', { params: {} }],
    ['an outbound call without the params that the schema wants', { direction: 'outbound' }],
  ])('refuses %s', async (_, options) => {
    await expect(startCall(flow, options as StartCallOptions<{ readonly name: string }>)).rejects.toThrowErrorMatchingSnapshot();
  });

  it('refuses a language where the flow speaks only one', async () => {
    await expect(startCall(plain, { language: 'en' })).rejects.toThrow('Flow "plain" speaks one language only; leave language out.');
  });

  it('refuses what isn’t a flow', async () => {
    await expect(startCall(function* () {} as never)).rejects.toThrow('startCall: expected what defineFlow returns.');
  });
});
