import type { Via } from './rule.ts';
import type { CallflowRuleCode } from './rules.ts';

export interface Case {
  readonly body: unknown;
  readonly via: Via;
  readonly now?: number;
}

const PHONE = '+6531589338';
const SAY = { text: 'Hi', voiceProfile: 'en-US-ZiraRUS' };
const CAPTURE = { promptMessage: 'Press 1', voiceProfile: 'en-US-ZiraRUS' };
const CALL = { source: PHONE, destination: PHONE };
const HANGUP = { action: 'hangup' };

const body = (value: unknown, via: Via = 'vca'): Case => ({ body: value, via });
const callflow = (...actions: readonly unknown[]): Case => body({ callflow: actions });
const sent = (...actions: readonly unknown[]): Case => body({ callflow: actions }, 'api');
const call = (params: object): object => ({ action: 'makeCall', params: { ...CALL, ...params } });
const say = (params: object): Case => callflow({ action: 'say', params: { ...SAY, ...params } });
const capture = (params: object): Case => callflow({ action: 'sayAndCapture', params: { ...CAPTURE, ...params } });
const playFile = (fileUrl: unknown): Case => callflow({ action: 'playFile', params: { fileUrl } });

/** For every rule a callflow that breaks this rule and no other. */
export const SMALLEST: Readonly<Record<CallflowRuleCode, Case>> = {
  HS_CALLFLOW_BODY: body([]),
  HS_CALLFLOW_UNREADABLE: callflow(Object.defineProperty({}, 'action', { enumerable: true, get: () => decodeURI('%') })),
  HS_CALLFLOW_UNKNOWN_KEY: body({ calflow: [], callflow: [HANGUP] }),
  HS_CALLFLOW_CLIENT_ACTION_ID: body({ clientActionId: 1, callflow: [HANGUP] }),
  HS_CALLFLOW_CLIENT_ACTION_ID_VIA_API: body({ clientActionId: 'a', callflow: [call({})] }, 'api'),
  HS_CALLFLOW_REQUEST_FIELD: body({ validUntil: 1, callflow: [call({})] }, 'api'),
  HS_CALLFLOW_VALID_UNTIL: body({ validUntil: '2030-02-30T00:00:00Z', callflow: [call({})] }, 'api'),
  HS_CALLFLOW_EXPIRED: { ...body({ validUntil: '2025-12-31T23:59:59Z', callflow: [call({})] }, 'api'), now: Date.UTC(2026, 0, 1) },
  HS_CALLFLOW_LIST: body({}),
  HS_CALLFLOW_EMPTY: callflow(),
  HS_CALLFLOW_TOO_LONG: callflow(...Array.from({ length: 1001 }, () => ({ action: 'say', params: SAY }))),
  HS_CALLFLOW_ACTION: callflow(null),
  HS_CALLFLOW_UNKNOWN_ACTION: callflow({ action: 'playfile' }),
  HS_CALLFLOW_PARAMS: callflow({ action: 'say' }),
  HS_CALLFLOW_UNKNOWN_PARAM: capture({ maxDigit: 1 }),
  HS_CALLFLOW_HANGUP_PARAMS: callflow({ action: 'hangup', params: { reason: 'done' } }),
  HS_CALLFLOW_AFTER_HANGUP: callflow(HANGUP, HANGUP),
  HS_CALLFLOW_AFTER_CAPTURE: callflow({ action: 'sayAndCapture', params: CAPTURE }, HANGUP),
  HS_CALLFLOW_SECOND_BRIDGE: callflow(call({}), call({})),
  HS_CALLFLOW_TOO_MANY_CALLS: sent(call({}), call({}), call({})),
  HS_CALLFLOW_FIRST_ACTION: sent(HANGUP),

  HS_CALLFLOW_SOURCE_REQUIRED: callflow(call({ source: null })),
  HS_CALLFLOW_SOURCE: callflow(call({ source: '911' })),
  HS_CALLFLOW_DESTINATION_REQUIRED: callflow(call({ destination: undefined })),
  HS_CALLFLOW_DESTINATION: callflow(call({ destination: '+65 3158 9338' })),
  HS_CALLFLOW_MULTIPLE_DESTINATIONS: callflow(call({ destination: `${PHONE},+6531589339` })),
  HS_CALLFLOW_CALL_RECORDING: callflow(call({ callRecording: 'true' })),
  HS_CALLFLOW_CALL_RECORDING_VIA_API: sent(call({ callRecording: true })),

  HS_CALLFLOW_TEXT_REQUIRED: say({ text: null }),
  HS_CALLFLOW_TEXT_LENGTH: say({ text: '' }),
  HS_CALLFLOW_PROMPT_REQUIRED: capture({ promptMessage: undefined }),
  HS_CALLFLOW_PROMPT_LENGTH: capture({ promptMessage: 'a'.repeat(3001) }),
  HS_CALLFLOW_SUCCESS_MESSAGE: capture({ successMessage: 1 }),
  HS_CALLFLOW_FAILURE_MESSAGE: capture({ failureMessage: {} }),
  HS_CALLFLOW_MESSAGE_LENGTH: capture({ failureMessage: '' }),
  HS_CALLFLOW_CONTROL_CHARACTER: say({ text: 'one\ntwo' }),
  HS_CALLFLOW_VOICE_REQUIRED: say({ voiceProfile: undefined }),
  HS_CALLFLOW_VOICE: say({ voiceProfile: ' ' }),
  HS_CALLFLOW_LANGUAGE: say({ language: 1 }),
  HS_CALLFLOW_LANGUAGE_BESIDE_VOICE: say({ language: 'en-US' }),
  HS_CALLFLOW_SPEED: say({ speed: 2.1 }),
  HS_CALLFLOW_REPETITION: say({ repetition: 4 }),

  HS_CALLFLOW_COMPLETE_ON_HASH: capture({ completeOnHash: 0 }),
  HS_CALLFLOW_MIN_DIGITS: capture({ minDigits: 0, maxDigits: 1 }),
  HS_CALLFLOW_MAX_DIGITS: capture({ maxDigits: 26 }),
  HS_CALLFLOW_MIN_ABOVE_MAX_DIGITS: capture({ minDigits: 2, maxDigits: 1 }),
  HS_CALLFLOW_MAX_DIGITS_REQUIRED: capture({ minDigits: 1 }),
  HS_CALLFLOW_MAX_DIGITS_REQUIRED_WITHOUT_HASH: capture({ completeOnHash: false }),
  HS_CALLFLOW_DIGIT_TIMEOUT: capture({ digitTimeout: 0, overallTimeout: 1 }),
  HS_CALLFLOW_OVERALL_TIMEOUT: capture({ overallTimeout: 1.5 }),
  HS_CALLFLOW_OVERALL_TIMEOUT_REQUIRED: capture({ digitTimeout: 1 }),
  HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT: capture({ digitTimeout: 2, overallTimeout: 1 }),
  HS_CALLFLOW_NO_OF_TRIES: capture({ noOfTries: 0 }),

  HS_CALLFLOW_FILE_URL_REQUIRED: playFile(null),
  HS_CALLFLOW_FILE_URL: playFile('ftp://acme.test/a.wav'),
  HS_CALLFLOW_FILE_TYPE: playFile('https://acme.test/a.ogg'),
  HS_CALLFLOW_FILE_SUFFIX: playFile('https://acme.test/a'),
};
