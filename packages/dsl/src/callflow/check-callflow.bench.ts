import { bench, describe } from 'vitest';
import { checkCallflow } from './check-callflow.ts';

const voiceProfile = 'en-US-BenjaminRUS';
const answer = {
  clientActionId: 'main.4',
  callflow: [
    { action: 'say', params: { text: 'Welcome to Acme, we are glad that you call.', voiceProfile, repetition: 1, speed: 1 } },
    {
      action: 'sayAndCapture',
      params: {
        promptMessage: 'For billing press 1, for an agent press 2.',
        voiceProfile,
        successMessage: null,
        failureMessage: null,
        speed: 1,
        repetition: 1,
        completeOnHash: true,
        minDigits: 1,
        maxDigits: 25,
        digitTimeout: 5_000,
        overallTimeout: 30_000,
        noOfTries: 1,
      },
    },
  ],
};

describe('checkCallflow, as it runs on every answer', () => {
  bench('a say and a capture without violations', () => {
    checkCallflow(answer, { via: 'vca' });
  });
});
