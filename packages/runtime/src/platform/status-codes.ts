/** One code of the platform: what it is called here, what 8x8 says it means, what to do. */
export interface PlatformCode {
  readonly code: number;
  /** Stable name, kebab-case. */
  readonly rule: string;
  readonly meaning: string;
  readonly fix: string;
}

/** `statusCode` of a callflow's answer. Source: 8x8 "Voice Status Codes". */
export const STATUS_CODES: readonly PlatformCode[] = Object.freeze([
  { code: 1, rule: 'created', meaning: 'The session was created.', fix: 'Nothing to do.' },
  {
    code: -1001,
    rule: 'body-not-json',
    meaning: 'The request body is not valid JSON.',
    fix: 'Look for a proxy that changes request bodies.',
  },
  {
    code: -1002,
    rule: 'speech-profile-unknown',
    meaning: 'The speech profile or language is not known to the account.',
    fix: 'Choose a voiceProfile from speechProfiles() (`hookswitch voices`).',
  },
  {
    code: -1003,
    rule: 'max-digits-missing-for-min-digits',
    meaning: 'maxDigits is required when minDigits is given.',
    fix: 'Give maxDigits.',
  },
  {
    code: -1004,
    rule: 'dtmf-callback-missing',
    meaning: 'There is no URL to report the digits to.',
    fix: 'Register a VCA webhook for the subaccount (`hookswitch webhooks set`).',
  },
  {
    code: -1005,
    rule: 'overall-timeout-missing',
    meaning: 'overallTimeout is required when digitTimeout is given.',
    fix: 'Give overallTimeout in milliseconds.',
  },
  {
    code: -1006,
    rule: 'overall-timeout-too-short',
    meaning: 'overallTimeout must be greater than digitTimeout.',
    fix: 'Raise overallTimeout above digitTimeout.',
  },
  {
    code: -1007,
    rule: 'action-unknown',
    meaning: 'An action is not one that 8x8 knows.',
    fix: 'Use makeCall, say, sayAndCapture, playFile or hangup, spelled exactly so.',
  },
  {
    code: -1008,
    rule: 'max-digits-missing-without-hash',
    meaning: 'maxDigits is required when completeOnHash is false.',
    fix: 'Give maxDigits, or let # end the entry.',
  },
  {
    code: -1009,
    rule: 'callflow-entry-invalid',
    meaning: 'An entry of the callflow is malformed.',
    fix: 'Mend the parameter that the JSON path in the message names.',
  },
  {
    code: -1010,
    rule: 'too-many-actions',
    meaning: 'There are more actions of one kind than allowed.',
    fix: 'Send at most two makeCall actions: there is no conferencing.',
  },
  {
    code: -1011,
    rule: 'several-destinations',
    meaning: 'The request names several first destinations.',
    fix: 'Send one callflow for each destination.',
  },
  { code: -1012, rule: 'hangup-misplaced', meaning: 'hangup is used in a wrong place.', fix: 'Let hangup be the last action.' },
  {
    code: -1013,
    rule: 'first-action-not-make-call',
    meaning: 'The first action is not makeCall.',
    fix: 'Begin the callflow with makeCall.',
  },
  {
    code: -1014,
    rule: 'caller-id-not-allowed',
    meaning: 'The source is not a caller ID that the subaccount may show.',
    fix: 'Use a virtual number of the subaccount as source (`hookswitch numbers`), or have 8x8 allow the caller ID.',
  },
  {
    code: -1015,
    rule: 'validity-expired',
    meaning: 'validUntil has passed.',
    fix: 'Give a later validUntil, and check the clock of this machine.',
  },
  {
    code: -1016,
    rule: 'characters-not-accepted',
    meaning: 'A text holds characters that 8x8 does not accept.',
    fix: 'Take control characters and unusual symbols out of the texts.',
  },
  {
    code: -1017,
    rule: 'destination-malformed',
    meaning: 'The destination is not a phone number.',
    fix: 'Give the destination in E.164 form: country code and number, digits only, an optional + in front.',
  },
  {
    code: -1018,
    rule: 'scenario-with-other-actions',
    meaning: 'A scenario can not be mixed with other actions.',
    fix: 'Send the actions without a scenario; Hookswitch sends none itself.',
  },
  {
    code: -1019,
    rule: 'scenario-name-missing',
    meaning: 'The name of the scenario is empty.',
    fix: 'Send the actions without a scenario; Hookswitch sends none itself.',
  },
  {
    code: -1020,
    rule: 'scenario-not-allowed',
    meaning: 'The scenario is unknown, or the account may not run it.',
    fix: 'Send the actions without a scenario; Hookswitch sends none itself.',
  },
  {
    code: -9999,
    rule: 'unknown-error',
    meaning: '8x8 does not know what went wrong.',
    fix: 'Try again later; if it stays, ask 8x8 support with the time and the subaccount.',
  },
]);

/** What an HTTP status means where the answer has no code of 8x8's own. */
const HTTP_STATUSES: readonly PlatformCode[] = [
  {
    code: 400,
    rule: 'bad-request',
    meaning: 'The request is malformed.',
    fix: 'Compare the arguments with the documentation of the method.',
  },
  {
    code: 404,
    rule: 'not-found',
    meaning: 'The subaccount does not exist, or it has no such thing.',
    fix: 'Check subAccountId (its case counts), baseUrl and the id or type that was asked for.',
  },
  { code: 409, rule: 'conflict', meaning: 'The request contradicts what is stored.', fix: 'Read the present state first.' },
  { code: 413, rule: 'too-large', meaning: 'The request is too large.', fix: 'Send a shorter callflow.' },
  {
    code: 422,
    rule: 'invalid-parameter',
    meaning: 'A parameter is not accepted.',
    fix: 'Mend the parameter that the message names.',
  },
  {
    code: 429,
    rule: 'rate-limited',
    meaning: 'More requests came than 8x8 allows.',
    fix: 'Lower rateLimit, or have 8x8 raise the limit of the subaccount.',
  },
  {
    code: 500,
    rule: 'platform-error',
    meaning: 'Something broke at 8x8.',
    fix: 'Try again later; if it stays, ask 8x8 support with the time and the subaccount.',
  },
  { code: 503, rule: 'platform-busy', meaning: '8x8 is overloaded or in maintenance.', fix: 'Try again later.' },
];

const REFUSALS = new Map([...STATUS_CODES, ...HTTP_STATUSES].filter(({ code }) => code !== 1).map((entry) => [entry.code, entry]));

/**
 * What a refusal means: by 8x8's status code, else by the HTTP status. 8x8 writes its codes without the minus in some answers (`"1001"`),
 * and repeats the HTTP status as status code in others; both are understood.
 */
export function explainStatus(statusCode: number | null, httpStatus: number): PlatformCode {
  const own = statusCode === null ? undefined : (REFUSALS.get(statusCode) ?? REFUSALS.get(-statusCode));
  return (
    own ??
    REFUSALS.get(httpStatus) ?? {
      code: statusCode ?? httpStatus,
      rule: 'refused',
      meaning: '8x8 refused the request for a reason that its documents do not list.',
      fix: 'Read what it said; if that does not help, ask 8x8 support with the time and the subaccount.',
    }
  );
}
