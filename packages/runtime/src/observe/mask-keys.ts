import { foldKey, remember } from '../payloads/values.ts';

/** How the value under a key is masked. */
export type KeyClass =
  /** What a caller pressed. */
  | 'digits'
  /** What a caller said, which may be the same in words. */
  | 'speech'
  /** A telephone number. */
  | 'number'
  /** What lets somebody in. */
  | 'secret'
  /** Ids, times, codes and counts of the platform's documents, which are needed to find a call again. */
  | 'plain'
  /** The same of our own logs; in a webhook nothing is known of such a field. */
  | 'ours'
  /** Anything else. */
  | 'text';

const classes = new Map<string, KeyClass>();

const DIGITS = new Set(['eventdata', 'digits', 'keys', 'keypad', 'pin', 'otp', 'cvv', 'cardnumber', 'accountnumber']);

const NUMBERS = new Set(
  'source destination from to number numbers phone mobile tel telephone caller callee callerid calling called ani dnis virtualnumber'.split(
    ' ',
  ),
);

const SECRETS = new Set(
  'authorization proxyauthorization httpauthheader apikey xapikey token accesstoken password secret cookie setcookie'.split(' '),
);

/** Every key that is masked by its name alone, folded and as it is usually spelled. */
export const MASKED_KEYS: readonly string[] = Object.freeze([
  ...['dtmf', 'msisdn', 'eventData', 'accountNumber', 'cardNumber', 'callerId', 'callerNumber', 'phoneNumber', 'virtualNumber'],
  ...['apiKey', 'accessToken', 'httpAuthHeader'],
  'asrCaptured',
  ...DIGITS,
  ...NUMBERS,
  ...SECRETS,
]);

const PLAIN = new Set(
  [
    'eventid callid sessionid recordingid subaccountid clientactionid version callcount',
    'timestamp starttime endtime initiatedtimestamp connectedtimestamp disconnectedtimestamp',
    'sipcode errorcode callduration durationseconds mos packetlossrate jitter',
  ].flatMap((line) => line.split(' ')),
);

const OURS = new Set(
  [
    'reqid id key index turn revision pid hostname level attempt time at startedat endedat seenat',
    'statuscode code responsetime duration elapsed ms remoteaddress remoteport localaddress localport host port address',
  ].flatMap((line) => line.split(' ')),
);

/** What the value under `key` is taken for; in any case, with or without `_` and `-`. */
export function classOfKey(key: string): KeyClass {
  const cached = classes.get(key);
  if (cached !== undefined) return cached;
  const found = classify(foldKey(key));
  remember(classes, key, found);
  return found;
}

function classify(name: string): KeyClass {
  if (name === 'asrcaptured') return 'speech';
  if (name.includes('dtmf') || DIGITS.has(name)) return 'digits';
  if (SECRETS.has(name)) return 'secret';
  if (NUMBERS.has(name) || name.includes('msisdn') || name.endsWith('phonenumber') || name.endsWith('callernumber')) return 'number';
  return PLAIN.has(name) ? 'plain' : OURS.has(name) ? 'ours' : 'text';
}
