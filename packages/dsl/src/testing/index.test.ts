import { expect, it } from 'vitest';
import * as testing from './index.ts';
import * as forVitest from './vitest.ts';

it('exports these names and no others', () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "DEFAULT_CAPTURE_BEHAVIOUR",
      "FlowFailedError",
      "MODES",
      "NothingListensError",
      "PHONE_KEYS",
      "PhoneKeyError",
      "SentenceBrokenError",
      "SignalError",
      "StepStubError",
      "captureStep",
      "createCapture",
      "forEveryCall",
      "inTurn",
      "isPhoneKey",
      "isTestCall",
      "phoneKeys",
      "startCall",
    ]
  `);
  expect(Object.keys(forVitest).sort()).toMatchInlineSnapshot(`
    [
      "inEveryMode",
      "replayJournals",
      "testEveryPath",
    ]
  `);
});
