import { describe, expect, it } from 'vitest';
import { verify } from '../chart/verify.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody } from '../flow/flow-options.ts';
import { ask } from '../questions/ask/ask.ts';
import { confirm } from '../questions/menu/confirm.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from '../testing/index.ts';
import { bridge } from './bridge.ts';
import { capture } from './capture.ts';

const flowOf = (body: FlowBody) => defineFlow({ name: 'named', voice: 'en-US-ZiraRUS' }, body);

describe('a clientActionId', () => {
  it.each(['ivr1_level1', 'main', 'a.b', 'menu 3', '主菜单', 'x'.repeat(256), 'retrying', '1'])('may be %j', (clientActionId) => {
    expect(capture('Press a key.', { clientActionId }).clientActionId).toBe(clientActionId);
    expect(bridge('+6531589338', { clientActionId }).clientActionId).toBe(clientActionId);
  });

  it.each([
    '',
    'main.3',
    'a/b.0',
    'retry.1.2',
    'retry:x',
    'transferred',
    ' main',
    'main ',
    'a\nb',
    'null',
    '\ud800',
    'x'.repeat(257),
    5,
    {},
  ])('may not be %j', (clientActionId) => {
    const wrong = { clientActionId: clientActionId as string };
    const refused = { code: 'HS_CLIENT_ACTION_ID' };
    expect(() => capture('Press a key.', wrong)).toThrow(expect.objectContaining(refused) as Error);
    expect(() => bridge('+6531589338', wrong)).toThrow(expect.objectContaining(refused) as Error);
    expect(() => menu('Press 1.', { 1: 'a' }, wrong)).toThrow(expect.objectContaining(refused) as Error);
    expect(() => ask('Key in.', wrong)).toThrow(expect.objectContaining(refused) as Error);
    expect(() => confirm('Right?', wrong)).toThrow(expect.objectContaining(refused) as Error);
  });

  it('is given again in a loop: check reports what callers would trip over', () => {
    const flow = flowOf(function* () {
      while ((yield* capture('Again?', { id: 'again', maxDigits: 1, clientActionId: 'main' })) === '1');
    });
    expect(verify(flow).problems).toContainEqual(
      expect.objectContaining({
        code: 'HS_VERIFY_FLOW_THROWS',
        message: expect.stringContaining('clientActionId "main" was sent before') as string,
      }),
    );
  });

  it.each([
    ['by two questions', () => capture('Second?', { id: 'second', clientActionId: 'main' })],
    ['by a menu', () => menu('Second?', { 1: 'a' }, { id: 'second', clientActionId: 'main', otherwise: 'b' })],
    ['by a bridge', () => bridge('+6531589338', { id: 'second', clientActionId: 'main' })],
  ])('can not be used twice: %s', async (_how, second) => {
    let thrown: unknown;
    const flow = flowOf(function* () {
      yield* capture('First?', { id: 'first', maxDigits: 1, clientActionId: 'main' });
      try {
        yield* second();
      } catch (error) {
        thrown = error;
      }
    });
    const call = await startCall(flow);
    await call.press('1#');
    expect(thrown).toMatchObject({ code: 'HS_CLIENT_ACTION_ID_REUSED' });
  });

  it('does not stand in the way of attempts, repetition and back', async () => {
    const flow = flowOf(function* () {
      yield* menu(
        'Main.',
        {
          1: function* () {
            yield* menu('Inside.', { 2: 'a' }, { id: 'inside', keys: { back: '9', repeat: '8' }, otherwise: 'b' });
          },
        },
        { id: 'main', clientActionId: 'main', otherwise: function* () {} },
      );
    });
    const call = await startCall(flow);
    for (const key of ['5', '1', '8', '9', '1', '2']) await call.press(key);
    expect(call.ended).toBe(true);
    expect(verify(flow).problems).toEqual([]);
  });
});
