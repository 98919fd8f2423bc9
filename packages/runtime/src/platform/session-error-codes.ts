import type { PlatformCode } from './status-codes.ts';

/** `errorDetails.errorCode` of a session summary (VSS): why a session ended with `ERROR`. Source: 8x8 "Voice Error Codes". */
export const SESSION_ERROR_CODES: readonly PlatformCode[] = Object.freeze([
  {
    code: -2001,
    rule: 'internal-error',
    meaning: 'Something broke at 8x8.',
    fix: 'If it happens again, ask 8x8 support with the session id.',
  },
  {
    code: -2002,
    rule: 'internal-connectivity',
    meaning: 'A connection inside 8x8 failed.',
    fix: 'If it happens again, ask 8x8 support with the session id.',
  },
  {
    code: -2003,
    rule: 'callflow-invalid',
    meaning: 'The callflow was not accepted.',
    fix: 'Look at the last answer in the timeline of the call, and check that the VCA webhook is reachable from outside.',
  },
  {
    code: -2004,
    rule: 'no-coverage',
    meaning: '8x8 can not reach the area that was called.',
    fix: 'Check the country of the destination, and have 8x8 open it for the subaccount.',
  },
  {
    code: -2005,
    rule: 'speech-failed',
    meaning: 'A text could not be turned into speech.',
    fix: 'Check that the voice profile fits the language of the text (`hookswitch voices`).',
  },
  {
    code: -2006,
    rule: 'file-download-failed',
    meaning: 'An audio file could not be fetched.',
    fix: 'Check that the URL is public, serves a .wav or .mp3 and stays under five megabytes.',
  },
  {
    code: -2007,
    rule: 'validity-expired',
    meaning: 'validUntil passed before the call could be made.',
    fix: 'Give a later validUntil.',
  },
  {
    code: -2008,
    rule: 'caller-id-not-allowed',
    meaning: 'The source is not a caller ID that the subaccount may show.',
    fix: 'Use a virtual number of the subaccount (`hookswitch numbers`), or have 8x8 allow the caller ID.',
  },
  {
    code: -2009,
    rule: 'scenario-parameters-invalid',
    meaning: 'The parameters of a scenario are not accepted.',
    fix: 'Hookswitch sends no scenarios: look for another program that uses the subaccount.',
  },
  {
    code: -2010,
    rule: 'trunk-capacity-exceeded',
    meaning: 'More calls ran at once than the subaccount may have.',
    fix: 'Start fewer calls at once, or have 8x8 raise the capacity.',
  },
  {
    code: -9999,
    rule: 'unknown-error',
    meaning: '8x8 does not know what went wrong.',
    fix: 'If it happens again, ask 8x8 support with the session id.',
  },
]);

const BY_CODE = new Map(SESSION_ERROR_CODES.map((entry) => [entry.code, entry]));

/** What a session's error code means; a code that 8x8's documents do not list is explained as such. */
export function explainSessionError(errorCode: number): PlatformCode {
  return (
    BY_CODE.get(errorCode) ?? {
      code: errorCode,
      rule: 'unlisted-error',
      meaning: "8x8's documents do not list this code.",
      fix: 'Read errorMsg of the session summary; if that does not help, ask 8x8 support with the session id.',
    }
  );
}
