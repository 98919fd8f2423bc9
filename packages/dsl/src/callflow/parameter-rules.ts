import type { RuleText } from './rule.ts';

const SECTION = '8x8 Voice contract §2';
const CODES = '8x8 Voice contract §3, status codes';

const malformed = (judges: readonly string[], says: string, fix: string, source = SECTION): RuleText => ({
  severity: 'error',
  statusCode: -1009,
  judges,
  via: null,
  says,
  fix,
  source,
});

const TEXTS = ['say.text', 'sayAndCapture.promptMessage', 'sayAndCapture.successMessage', 'sayAndCapture.failureMessage'];
const VOICES = ['say.voiceProfile', 'sayAndCapture.voiceProfile'];

/** The rules for one parameter, or for several parameters of one action. */
export const PARAMETER_RULES = {
  // makeCall
  HS_CALLFLOW_SOURCE_REQUIRED: malformed(['makeCall.source'], 'must be a string', 'Give a virtual number of the subaccount, E.164.'),
  HS_CALLFLOW_SOURCE: malformed(
    ['makeCall.source'],
    'must be a phone number in E.164 form',
    'Write the country code first and digits only, 7 to 15 of them, with or without a leading +.',
    `${SECTION}, U6`,
  ),
  HS_CALLFLOW_DESTINATION_REQUIRED: malformed(['makeCall.destination'], 'must be a string', 'Give the number of the called party, E.164.'),
  HS_CALLFLOW_DESTINATION: {
    ...malformed(
      ['makeCall.destination'],
      'must be a phone number in E.164 form',
      'Write the country code first and digits only, 7 to 15 of them, with or without a leading +.',
      `${SECTION}, U6`,
    ),
    statusCode: -1017,
  },
  HS_CALLFLOW_MULTIPLE_DESTINATIONS: {
    ...malformed(
      ['makeCall.destination'],
      'must name one number',
      'Call one number; a second party is bridged by a makeCall of its own.',
      `${SECTION}, session rules`,
    ),
    statusCode: -1011,
  },
  HS_CALLFLOW_CALL_RECORDING: malformed(['makeCall.callRecording'], 'must be true or false', 'Leave it out where recording is not set up.'),
  HS_CALLFLOW_CALL_RECORDING_VIA_API: {
    severity: 'warning',
    statusCode: null,
    judges: ['makeCall.callRecording'],
    via: 'api',
    says: 'is not part of the API schema, although the guide names it',
    fix: 'Ask 8x8 whether the subaccount takes it, or turn recording on in the answer to a webhook.',
    source: 'U15',
  },

  // Texts and voices
  HS_CALLFLOW_TEXT_REQUIRED: malformed(['say.text'], 'must be a string', 'Give the words to speak.'),
  HS_CALLFLOW_TEXT_LENGTH: malformed(['say.text'], 'must have 1 to 3000 characters', 'Give words, and split long ones into several says.'),
  HS_CALLFLOW_PROMPT_REQUIRED: malformed(['sayAndCapture.promptMessage'], 'must be a string', 'Give the words that ask for digits.'),
  HS_CALLFLOW_PROMPT_LENGTH: malformed(
    ['sayAndCapture.promptMessage'],
    'must have 1 to 3000 characters',
    'Give words, and speak long explanations with a say before the capture.',
  ),
  HS_CALLFLOW_SUCCESS_MESSAGE: malformed(['sayAndCapture.successMessage'], 'must be a string', 'Leave it out, or give null, for silence.'),
  HS_CALLFLOW_FAILURE_MESSAGE: malformed(['sayAndCapture.failureMessage'], 'must be a string', 'Leave it out, or give null, for silence.'),
  HS_CALLFLOW_MESSAGE_LENGTH: {
    ...malformed(
      ['sayAndCapture.successMessage', 'sayAndCapture.failureMessage'],
      'should have 1 to 3000 characters, as other texts must',
      'Shorten it; for silence leave it out or give null.',
      `${SECTION}, which limits the other texts and is silent on this one`,
    ),
    severity: 'warning',
    statusCode: null,
  },
  HS_CALLFLOW_CONTROL_CHARACTER: {
    ...malformed(
      [...TEXTS, ...VOICES, '$.clientActionId'],
      'may not contain control characters',
      'Replace newlines and tabs by spaces, and leave the others out.',
      'U8',
    ),
    statusCode: -1016,
  },
  HS_CALLFLOW_VOICE_REQUIRED: malformed(VOICES, 'must be a string', 'Give a voice profile of the account, e.g. en-US-ZiraRUS.'),
  HS_CALLFLOW_VOICE: {
    ...malformed(
      VOICES,
      'must name a voice profile',
      'Give a voice profile of the account, e.g. en-US-ZiraRUS; the speech-profiles API lists them.',
      CODES,
    ),
    statusCode: -1002,
  },
  HS_CALLFLOW_LANGUAGE: malformed(['say.language'], 'must be a string', 'Leave it out; the voice profile has a language.'),
  HS_CALLFLOW_LANGUAGE_BESIDE_VOICE: {
    ...malformed(
      ['say.language'],
      'is named by one page of 8x8 only, beside a voiceProfile that decides the language already',
      'Leave it out, and choose the language by the voice profile.',
      '8x8, Voice Messaging Guide',
    ),
    severity: 'warning',
    statusCode: null,
  },
  HS_CALLFLOW_SPEED: malformed(['say.speed', 'sayAndCapture.speed'], 'must be a number from 0.5 to 2.0', 'Leave it out for 1.0.'),
  HS_CALLFLOW_REPETITION: malformed(
    ['say.repetition', 'sayAndCapture.repetition', 'playFile.repetition'],
    'must be 1, 2 or 3',
    'Leave it out for once.',
  ),

  // Capture
  HS_CALLFLOW_COMPLETE_ON_HASH: malformed(['sayAndCapture.completeOnHash'], 'must be true or false', 'Leave it out for true.'),
  HS_CALLFLOW_MIN_DIGITS: malformed(
    ['sayAndCapture.minDigits'],
    'must be an integer of at least 1',
    'Leave it out where any entry will do.',
  ),
  HS_CALLFLOW_MAX_DIGITS: malformed(['sayAndCapture.maxDigits'], 'must be an integer from 1 to 25', 'Leave it out for 25.'),
  HS_CALLFLOW_MIN_ABOVE_MAX_DIGITS: malformed(
    ['sayAndCapture.minDigits'],
    'may not be above maxDigits',
    'Lower minDigits or raise maxDigits.',
  ),
  HS_CALLFLOW_MAX_DIGITS_REQUIRED: {
    ...malformed(['sayAndCapture.maxDigits'], 'must be given when minDigits is given', 'Give maxDigits, or leave minDigits out.'),
    statusCode: -1003,
  },
  HS_CALLFLOW_MAX_DIGITS_REQUIRED_WITHOUT_HASH: {
    ...malformed(
      ['sayAndCapture.maxDigits'],
      'must be given when completeOnHash is false, for nothing else would end the entry',
      'Give maxDigits, or leave completeOnHash out.',
    ),
    statusCode: -1008,
  },
  HS_CALLFLOW_DIGIT_TIMEOUT: malformed(
    ['sayAndCapture.digitTimeout'],
    'must be an integer of at least 1 (milliseconds)',
    'Give milliseconds.',
  ),
  HS_CALLFLOW_OVERALL_TIMEOUT: malformed(
    ['sayAndCapture.overallTimeout'],
    'must be an integer of at least 1 (milliseconds)',
    'Give milliseconds, or leave it out for 30000.',
  ),
  HS_CALLFLOW_OVERALL_TIMEOUT_REQUIRED: {
    ...malformed(
      ['sayAndCapture.overallTimeout'],
      'must be given when digitTimeout is given',
      'Give overallTimeout, or leave digitTimeout out.',
    ),
    statusCode: -1005,
  },
  HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT: {
    ...malformed(
      ['sayAndCapture.digitTimeout'],
      'may not be above overallTimeout',
      'Lower digitTimeout or raise overallTimeout; they may be equal.',
      `${SECTION}, U5`,
    ),
    statusCode: -1006,
  },
  HS_CALLFLOW_NO_OF_TRIES: malformed(['sayAndCapture.noOfTries'], 'must be an integer of at least 1', 'Leave it out for 3.'),

  // playFile
  HS_CALLFLOW_FILE_URL_REQUIRED: malformed(['playFile.fileUrl'], 'must be a string', 'Give the URL of the audio file.'),
  HS_CALLFLOW_FILE_URL: malformed(
    ['playFile.fileUrl'],
    'must be an absolute http or https URL without spaces',
    'Give the whole URL as a browser would show it; write spaces as %20.',
  ),
  HS_CALLFLOW_FILE_TYPE: malformed(
    ['playFile.fileUrl'],
    'must lead to a .wav or .mp3 file',
    'Convert the file, under 5 MB, to WAV or MP3.',
    `${SECTION}: the suffix of the path; where a query names an audio file, it is a warning only`,
  ),
  HS_CALLFLOW_FILE_SUFFIX: {
    ...malformed(
      ['playFile.fileUrl'],
      'has a path that does not end in .wav or .mp3, so that nobody can see whether it leads to such a file',
      'Make sure that the server answers with WAV or MP3, or let the path end in .wav or .mp3.',
    ),
    severity: 'warning',
    statusCode: null,
  },
} as const satisfies Readonly<Record<`HS_CALLFLOW_${string}`, RuleText>>;
