import { describe, expectTypeOf, it } from 'vitest';
import type { Call, OutboundCall } from './call.ts';
import { defineFlow } from './define-flow.ts';
import type { Text } from './text.ts';

interface Appointment {
  readonly appointment: string;
}
const NAMED = { name: 'reminder', voice: 'en-US-BenjaminRUS' };
const SPOKEN = { name: 'two', voices: { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' } };
function* nothing() {}
const never = (..._calls: readonly ((...given: never[]) => unknown)[]): void => undefined;

describe('the params of a call', () => {
  it('are those of the flow where the call was placed, and none where it came in', () => {
    defineFlow<Appointment>(NAMED, function* (call) {
      if (call.direction === 'outbound') expectTypeOf(call.params).toEqualTypeOf<Appointment>();
      // @ts-expect-error: a call that comes in has no appointment
      else expectTypeOf(call.params.appointment).toBeString();
    });
  });

  it('can not be read before the direction is known', () => {
    // @ts-expect-error: the call may have come in
    never((call: Call<Appointment>) => call.params.appointment);
    // @ts-expect-error: the call may have come in
    never((call: Call) => call.params['appointment']);
    never((call: OutboundCall<Appointment>) => call.params.appointment.trim());
  });
});

describe('a text of a flow that speaks two languages', () => {
  it('has both of them', () => {
    never(
      () =>
        defineFlow(
          { ...SPOKEN, language: 'zh', goodbye: { en: 'Bye.', zh: '再见' }, phrases: { star: { en: 'star', zh: '星' } } },
          nothing,
        ),
      () => defineFlow({ ...SPOKEN, goodbye: 'Bye.' }, nothing),
      () => defineFlow({ ...SPOKEN, goodbye: { en: 'Bye.', zh: '再见', de: 'Tschüss' } }, nothing),
      // @ts-expect-error: Chinese is missing
      () => defineFlow({ ...SPOKEN, goodbye: { en: 'Bye.' } }, nothing),
      // @ts-expect-error: Chinese is missing
      () => defineFlow({ ...SPOKEN, goodbye: [{ audio: 'https://a.example/a.wav' }, { en: 'Bye.' }] }, nothing),
      // @ts-expect-error: English is missing
      () => defineFlow({ ...SPOKEN, phrases: { star: { zh: '星' } } }, nothing),
      // @ts-expect-error: no such language
      () => defineFlow({ ...SPOKEN, language: 'de' }, nothing),
    );
  });

  it('can be held to them where it is written', () => {
    type Words = Text<'en' | 'zh'>;
    expectTypeOf({ en: 'Hello.', zh: '你好' }).toExtend<Words>();
    expectTypeOf({ en: 'Hello.' }).not.toExtend<Words>();
    expectTypeOf<Words>().toExtend<Text>();
  });
});
