import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  ActionName,
  CallflowResponse,
  HangupAction,
  MakeCallAction,
  PlayFileAction,
  SayAction,
  SayAndCaptureAction,
} from './actions.ts';
import type { PARAMETERS } from './parameters.ts';

// The published samples once more, as types see them; that they are the samples is the first test.
const makeCall = {
  clientActionId: 'ivr1_level2',
  callflow: [{ action: 'makeCall', params: { source: '6512345678', destination: '6587654321', callRecording: true } }],
} as const satisfies CallflowResponse;
const say = {
  clientActionId: 'ivr1_level2',
  callflow: [{ action: 'say', params: { text: 'Hello This is a test message', voiceProfile: 'en-US-ZiraRUS', repetition: 1, speed: 1 } }],
} as const satisfies CallflowResponse;
const sayAndCapture = {
  clientActionId: 'ivr1_level2',
  callflow: [
    {
      action: 'sayAndCapture',
      params: {
        promptMessage: 'Enter 1 if you would like to talk',
        successMessage: 'Thank you, have a nice day!',
        failureMessage: 'Invalid input received.',
        voiceProfile: 'en-US-BenjaminRUS',
        speed: 1,
        completeOnHash: true,
        minDigits: 2,
        maxDigits: 2,
        digitTimeout: 10000,
        overallTimeout: 10000,
        noOfTries: 3,
      },
    },
  ],
} as const satisfies CallflowResponse;
const outbound = {
  callflow: [
    { action: 'makeCall', params: { source: '6561115777', destination: '6512345678' } },
    {
      action: 'sayAndCapture',
      params: {
        promptMessage:
          'Dear customer, Thank you for contacting Xyz technical support recently. If you have resolved your issue already, press one. Or press two to speak to an agent.',
        voiceProfile: 'en-US-BenjaminRUS',
        repetition: 1,
        speed: 1,
        minDigits: 1,
        maxDigits: 1,
        digitTimeout: 10000,
        overallTimeout: 10000,
        completeOnHash: false,
        noOfTries: 2,
        successMessage: null,
        failureMessage: 'Invalid input, please try again',
      },
    },
  ],
} as const satisfies CallflowResponse;
const playFile = {
  clientActionId: 'ivr1_level2',
  callflow: [{ action: 'playFile', params: { fileUrl: 'https://sample-videos.com/audio/mp3/wave.mp3', repetition: 1 } }],
} as const satisfies CallflowResponse;
const hangup = { clientActionId: 'ivr1_level2', callflow: [{ action: 'hangup' }] } as const satisfies CallflowResponse;

describe('the wire types', () => {
  it.each([
    ['seed-make-call', makeCall],
    ['seed-say', say],
    ['seed-say-and-capture', sayAndCapture],
    ['seed-play-file', playFile],
    ['seed-hangup', hangup],
    ['simple-ivr-initial', outbound],
  ])('hold the published sample %s', (name, typed) => {
    const file = new URL(`../../fixtures/callflows/${name}.json`, import.meta.url);
    expect(typed).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('know no parameter that the samples do not show', () => {
    expectTypeOf<keyof MakeCallAction['params']>().toEqualTypeOf<keyof (typeof makeCall.callflow)[0]['params']>();
    // `language` is named by the page on voice messages alone.
    expectTypeOf<Exclude<keyof SayAction['params'], 'language'>>().toEqualTypeOf<keyof (typeof say.callflow)[0]['params']>();
    expectTypeOf<keyof PlayFileAction['params']>().toEqualTypeOf<keyof (typeof playFile.callflow)[0]['params']>();
    expectTypeOf<keyof HangupAction>().toEqualTypeOf<keyof (typeof hangup.callflow)[0]>();
    type Shown = keyof (typeof sayAndCapture.callflow)[0]['params'] | keyof (typeof outbound.callflow)[1]['params'];
    expectTypeOf<keyof SayAndCaptureAction['params']>().toEqualTypeOf<Shown>();
  });

  it('know the same actions and parameters as the rules', () => {
    expectTypeOf<keyof typeof PARAMETERS>().toEqualTypeOf<ActionName>();
    expectTypeOf<keyof typeof PARAMETERS.makeCall>().toEqualTypeOf<keyof MakeCallAction['params']>();
    expectTypeOf<keyof typeof PARAMETERS.say>().toEqualTypeOf<keyof SayAction['params']>();
    expectTypeOf<keyof typeof PARAMETERS.sayAndCapture>().toEqualTypeOf<keyof SayAndCaptureAction['params']>();
    expectTypeOf<keyof typeof PARAMETERS.playFile>().toEqualTypeOf<keyof PlayFileAction['params']>();
  });

  it('refuse what the rules refuse, as far as types can', () => {
    // @ts-expect-error: an action that 8x8 does not know
    expectTypeOf({ action: 'jump' } as const).toExtend<CallflowResponse['callflow'][number]>();
    // @ts-expect-error: a say without a voice
    expectTypeOf({ action: 'say', params: { text: 'Hi' } } as const).toExtend<SayAction>();
    expectTypeOf<SayAction['params']['speed']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SayAndCaptureAction['params']['minDigits']>().toEqualTypeOf<number | null | undefined>();
  });
});
