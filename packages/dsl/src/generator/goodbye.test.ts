import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { say } from '../effects/say.ts';
import type { FlowDefinition } from '../flow/flow-options.ts';
import { subflow } from '../flow/subflow.ts';
import { ask } from '../questions/ask/ask.ts';
import { menu } from '../questions/menu/menu.ts';
import { flowOf, play } from '../questions/play.test-support.ts';
import { beginAfterDivergence } from './replay.ts';

const silent = (definition: Partial<FlowDefinition> = {}) =>
  play(
    function* () {
      yield* menu('Billing 1.', { 1: 'billing' }, { id: 'main', attempts: 1 });
    },
    [null],
    definition,
  );

describe('a flow whose caller gives no answer', () => {
  it.each<[string, Partial<FlowDefinition>, string]>([
    ['words of its own', {}, 'Goodbye. | (hangs up)'],
    ['other words', { phrases: { goodbye: 'So long.' } }, 'So long. | (hangs up)'],
    ['a text', { goodbye: 'See you.' }, 'See you. | (hangs up)'],
    [
      'texts and audio',
      { goodbye: ['See you.', { audio: 'https://acme.test/bye.wav' }] },
      'See you. | [https://acme.test/bye.wav] | (hangs up)',
    ],
    ['its language', { voices: { de: 'x', en: 'y' }, goodbye: { de: 'Tschüss.', en: 'Bye.' } }, 'Tschüss. | (hangs up)'],
    [
      'a part of the flow',
      {
        goodbye: function* (call) {
          yield* say(call.direction);
        },
      },
      'inbound | (hangs up)',
    ],
  ])('says goodbye with %s', (_what, definition, heard) => {
    const played = silent(definition);
    expect([played.heard, played.wait]).toEqual([heard, 'ended']);
  });

  it('says so outside of all sub-flows and branches', () => {
    const goodbye = function* () {
      yield* ask('Anything else?', { id: 'last', attempts: 1, otherwise: null });
    };
    const sales = subflow('sales', function* () {
      yield* menu('Sales 1.', { 1: 'sales' }, { id: 'main', attempts: 1 });
    });
    const { site } = play(
      function* () {
        yield* menu('Sales 1.', { 1: sales }, { id: 'top' });
      },
      ['1', null],
      { goodbye },
    );
    expect(site).toBe('last');
  });

  it('fails as any other flow where goodbye itself gets no answer', () => {
    const goodbye = function* () {
      yield* ask('Anything else?', { id: 'last', attempts: 1 });
    };
    const { error } = play(
      function* () {
        yield* ask('Number?', { attempts: 1 });
      },
      [null, null],
      { goodbye },
    );
    expect(error).toMatchObject({ code: 'HS_NO_ANSWER', id: 'last' });
  });

  it('fails with any other error', () => {
    const { error } = play(function* () {
      throw new RangeError('lost');
    });
    expect(error).toMatchObject({ message: 'lost' });
  });

  it('hears goodbye after a divergence too', () => {
    const onDivergence = function* () {
      yield* ask('We have changed. Your number?', { id: 'again', attempts: 1 });
    };
    const flow = flowOf(function* () {}, { onDivergence });
    const mark = { site: 'a', at: 1, diverged: { index: 0, recorded: 'a', yielded: 'b' } };
    const { run } = beginAfterDivergence(flow, sampleCall(flow.options), mark, 1);
    const { actions } = run.answer({ site: 'on-divergence/again', at: 2, value: null });
    expect(actions.map(({ action }) => action)).toEqual(['say', 'hangup']);
  });
});
