import type { RuleText } from './rule.ts';

const SECTION = '8x8 Voice contract §2, session rules';

const rule = (
  statusCode: number | null,
  judges: string,
  says: string,
  fix: string,
  source = SECTION,
  via: RuleText['via'] = null,
): RuleText => ({
  severity: 'error',
  statusCode,
  judges: [judges],
  via,
  says,
  fix,
  source,
});

/** The longest callflow that is looked at. 8x8 publishes no limit; this one keeps a hostile list from costing more than a glance. */
export const MAX_ACTIONS = 1000;

/** The rules for a whole callflow, its envelope and the order of its actions. */
export const SESSION_RULES = {
  // The envelope
  HS_CALLFLOW_BODY: rule(
    -1001,
    '$',
    'must be a JSON object with the key callflow',
    'Answer with { "callflow": [ … ] }.',
    '8x8 Voice contract §1',
  ),
  HS_CALLFLOW_UNREADABLE: rule(
    null,
    '$',
    'could not be read to its end',
    'Give plain JSON data: no getters or proxies that throw.',
    'Hookswitch: what can not be read can not be sent',
  ),
  HS_CALLFLOW_UNKNOWN_KEY: rule(
    -1009,
    '$',
    'is not known to 8x8 in this place',
    'Take it out.',
    'Hookswitch: an unknown key is a spelling mistake',
  ),
  HS_CALLFLOW_CLIENT_ACTION_ID: rule(
    -1009,
    '$.clientActionId',
    'must be a string',
    'Give a string, or leave it out.',
    '8x8 Voice contract §1',
  ),
  HS_CALLFLOW_CLIENT_ACTION_ID_VIA_API: {
    ...rule(
      null,
      '$.clientActionId',
      'is supported in answers to a VCA only, and does nothing in a callflow that is sent through the API',
      'Leave it out; clientRequestId tells API requests apart.',
      '8x8 Voice contract §3',
      'api',
    ),
    severity: 'warning',
  },
  HS_CALLFLOW_REQUEST_FIELD: rule(
    -1009,
    '$.validUntil, $.clientRequestId',
    'must be a string',
    'Give a string, or leave it out.',
    '8x8 Voice contract §3',
    'api',
  ),
  HS_CALLFLOW_VALID_UNTIL: rule(
    -1009,
    '$.validUntil',
    'must be a time that the calendar has, as YYYY-MM-DDTHH:MM:SS.SSSZ',
    'Give UTC with Z, or an offset such as +08:00; a Date writes it with toISOString().',
    "8x8's OpenAPI, Send-Callflow",
    'api',
  ),
  HS_CALLFLOW_EXPIRED: rule(
    -1015,
    '$.validUntil',
    'must be in the future',
    'Give a later time, and check the clock of this machine.',
    '8x8 Voice contract §3, status codes',
    'api',
  ),
  HS_CALLFLOW_LIST: rule(
    -1009,
    '$.callflow',
    'must be a list of actions',
    'Give a list, also for a single action.',
    '8x8 Voice contract §1',
  ),
  HS_CALLFLOW_EMPTY: rule(-1009, '$.callflow', 'must hold at least one action', 'Add an action; to end the call add a hangup.', SECTION),
  HS_CALLFLOW_TOO_LONG: rule(
    -1010,
    '$.callflow',
    `may not hold more than ${MAX_ACTIONS} actions`,
    'Spread the actions over several answers; only the first ones were judged.',
    'Hookswitch: 8x8 publishes no number for its limit',
  ),

  // One action
  HS_CALLFLOW_ACTION: rule(
    -1009,
    '$.callflow[n]',
    'must be an object with an action and its params',
    'Write it as { "action": …, "params": { … } }.',
    '8x8 Voice contract §2',
  ),
  HS_CALLFLOW_UNKNOWN_ACTION: rule(
    -1007,
    '$.callflow[n].action',
    'must be makeCall, say, sayAndCapture, playFile or hangup',
    'Use one of these names, spelled exactly so.',
  ),
  HS_CALLFLOW_PARAMS: rule(
    -1009,
    '$.callflow[n].params',
    'must be an object',
    'Give the parameters as an object.',
    '8x8 Voice contract §2',
  ),
  HS_CALLFLOW_UNKNOWN_PARAM: rule(
    -1009,
    '$.callflow[n].params',
    'is not a parameter of this action',
    'Take it out.',
    '8x8 Voice contract §2',
  ),
  HS_CALLFLOW_HANGUP_PARAMS: rule(
    -1012,
    '$.callflow[n].params',
    'must be left out, for hangup takes no parameters',
    'Take the params out.',
    '8x8 Voice contract §2',
  ),

  // Their order
  HS_CALLFLOW_AFTER_HANGUP: rule(-1012, '$.callflow[n]', 'may not follow a hangup', 'Take it out, or put it before the hangup.'),
  HS_CALLFLOW_AFTER_CAPTURE: {
    ...rule(
      null,
      '$.callflow[n]',
      'should not follow a capture: after a hangup its digits are ignored, and anything else may never run',
      'Wait for the digits and send it in the next answer, or speak a successMessage.',
      '8x8, Simple IVR; 8x8 Voice contract U13',
    ),
    severity: 'warning',
  },
  HS_CALLFLOW_SECOND_BRIDGE: {
    ...rule(
      null,
      '$.callflow[n]',
      'is a second makeCall: the caller is the first leg already, and what becomes of a third party no page of 8x8 says',
      'Bridge one party, and decide in the answer to the next VCA whether to bridge another.',
      `${SECTION}; 8x8, Voice Messaging Guide: two makeCall in a callflow`,
      'vca',
    ),
    severity: 'warning',
  },
  HS_CALLFLOW_TOO_MANY_CALLS: rule(
    -1010,
    '$.callflow[n]',
    'may not be a third makeCall, for 8x8 has no conferences',
    'Call one party and bridge one other.',
    SECTION,
  ),
  HS_CALLFLOW_FIRST_ACTION: rule(
    -1013,
    '$.callflow[0].action',
    'must be makeCall, which begins an outbound session',
    'Put a makeCall before it.',
    SECTION,
    'api',
  ),
} as const satisfies Readonly<Record<`HS_CALLFLOW_${string}`, RuleText>>;
