import type { ActionName } from './actions.ts';
import { checkAction } from './check-action.ts';
import { describeValue, describeWord } from './describe-value.ts';
import { Findings, keyPath, own } from './findings.ts';
import { readIsoTime } from './iso-time.ts';
import { didYouMean } from './near-miss.ts';
import { NO_CONTROL_CHARACTERS } from './parameters.ts';
import type { Via } from './rule.ts';
import { MAX_ACTIONS } from './session-rules.ts';
import type { Violation } from './violation.ts';

/** How `checkCallflow` judges. */
export interface CheckCallflowOptions {
  /** `vca`: the answer to a webhook; `api`: a request to the REST API. */
  readonly via: Via;
  /** The time at which it is sent, milliseconds since 1970: then a `validUntil` that has passed is an error. @default not judged */
  readonly now?: number | undefined;
}

const KEYS: Readonly<Record<Via, ReadonlySet<string>>> = {
  vca: new Set(['clientActionId', 'callflow']),
  api: new Set(['validUntil', 'clientRequestId', 'callflow']),
};
/** The most `makeCall`s of a callflow: a session has two legs. */
const MAX_CALLS = 2;

/**
 * Judges the body of a callflow (`{ clientActionId?, callflow }`) by every rule of `CALLFLOW_RULES`; an empty list means that all are obeyed.
 *
 * Takes anything, never throws, and reads nothing but own properties, as JSON does. Returns all violations, up to 1000 of them, in the order of the callflow;
 * a parameter whose type is wrong is not judged further. A callflow may hold two `makeCall`s; with `via: 'api'` it must begin with one, and the second is
 * the bridge, with `via: 'vca'` the first one is, and a second is a warning. With `now` the time of `validUntil` is judged, too.
 */
export function checkCallflow(value: unknown, options: CheckCallflowOptions): readonly Violation[] {
  // Not trusting the options keeps the promise never to throw for callers without types too.
  const { via, now } = (options ?? {}) as Partial<CheckCallflowOptions>;
  const findings = new Findings(via === 'api' ? 'api' : 'vca', typeof now === 'number' ? now : null);
  try {
    checkBody(value, findings);
  } catch {
    findings.add('HS_CALLFLOW_UNREADABLE', '$', 'a value that throws when it is read');
  }
  return findings.list;
}

function checkBody(body: unknown, findings: Findings): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    findings.add('HS_CALLFLOW_BODY', '$', describeValue(body));
    return;
  }
  for (const key of Object.keys(body)) checkKey(body, key, findings);
  checkList(own(body, 'callflow'), findings);
}

function checkKey(body: object, key: string, findings: Findings): void {
  if (key === 'callflow' || findings.full) return;
  const value = own(body, key);
  // JSON leaves out what is undefined.
  if (value === undefined) return;
  if (key === 'clientActionId') checkClientActionId(value, findings);
  else if (!KEYS[findings.via].has(key))
    findings.add('HS_CALLFLOW_UNKNOWN_KEY', keyPath('$', key), describeValue(value), didYouMean(key, KEYS[findings.via]));
  else if (typeof value !== 'string') findings.add('HS_CALLFLOW_REQUEST_FIELD', `$.${key}`, describeValue(value));
  else if (key === 'validUntil') checkValidUntil(value, findings);
}

function checkValidUntil(value: string, findings: Findings): void {
  const at = readIsoTime(value);
  if (at === null) findings.add('HS_CALLFLOW_VALID_UNTIL', '$.validUntil', describeValue(value));
  else if (findings.now !== null && at <= findings.now) findings.add('HS_CALLFLOW_EXPIRED', '$.validUntil', 'an earlier time');
}

function checkClientActionId(value: unknown, findings: Findings): void {
  const path = '$.clientActionId';
  if (typeof value !== 'string') {
    findings.add('HS_CALLFLOW_CLIENT_ACTION_ID', path, describeValue(value));
    return;
  }
  const came = NO_CONTROL_CHARACTERS.broken(value);
  if (came !== null) findings.add(NO_CONTROL_CHARACTERS.code, path, came);
  if (findings.via === 'api') findings.add('HS_CALLFLOW_CLIENT_ACTION_ID_VIA_API', path, describeValue(value));
}

function checkList(list: unknown, findings: Findings): void {
  const length = Array.isArray(list) ? list.length : -1;
  if (!Array.isArray(list) || !(length >= 0)) {
    findings.add('HS_CALLFLOW_LIST', '$.callflow', describeValue(list));
    return;
  }
  if (length === 0) findings.add('HS_CALLFLOW_EMPTY', '$.callflow', 'an empty list');
  if (length > MAX_ACTIONS) findings.add('HS_CALLFLOW_TOO_LONG', '$.callflow', 'a longer list');
  let calls = 0;
  let before: ActionName | null = null;
  for (let index = 0; index < Math.min(length, MAX_ACTIONS) && !findings.full; index++) {
    const action = checkEntry(list, index, findings);
    if (index === 0 && findings.via === 'api' && action !== null && action !== 'makeCall')
      findings.add('HS_CALLFLOW_FIRST_ACTION', '$.callflow[0].action', describeWord(action));
    if (before === 'hangup' || before === 'sayAndCapture') {
      const code = before === 'hangup' ? 'HS_CALLFLOW_AFTER_HANGUP' : 'HS_CALLFLOW_AFTER_CAPTURE';
      findings.add(code, `$.callflow[${index}]`, action === null ? 'something else' : describeWord(action));
    }
    if (action === 'makeCall') checkCallCount(++calls, index, findings);
    before = action;
  }
}

function checkCallCount(calls: number, index: number, findings: Findings): void {
  if (calls > MAX_CALLS) findings.add('HS_CALLFLOW_TOO_MANY_CALLS', `$.callflow[${index}]`, 'one more makeCall');
  else if (calls > 1 && findings.via === 'vca') findings.add('HS_CALLFLOW_SECOND_BRIDGE', `$.callflow[${index}]`, 'one more makeCall');
}

function checkEntry(list: readonly unknown[], index: number, findings: Findings): ActionName | null {
  try {
    return checkAction(list[index], index, findings);
  } catch {
    findings.add('HS_CALLFLOW_UNREADABLE', `$.callflow[${index}]`, 'a value that throws when it is read');
    return null;
  }
}
