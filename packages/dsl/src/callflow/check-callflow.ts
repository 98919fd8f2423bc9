import type { ActionName } from './actions.ts';
import { checkAction } from './check-action.ts';
import { describeValue, describeWord } from './describe-value.ts';
import { Findings, keyPath, own } from './findings.ts';
import { didYouMean } from './near-miss.ts';
import { NO_CONTROL_CHARACTERS } from './parameters.ts';
import type { Via } from './rule.ts';
import { MAX_ACTIONS } from './session-rules.ts';
import type { Violation } from './violation.ts';

/** How `checkCallflow` judges. */
export interface CheckCallflowOptions {
  /** `vca`: the answer to a webhook; `api`: a request to the REST API. */
  readonly via: Via;
}

const KEYS: Readonly<Record<Via, ReadonlySet<string>>> = {
  vca: new Set(['clientActionId', 'callflow']),
  api: new Set(['validUntil', 'clientRequestId', 'callflow']),
};
const MOST_CALLS: Readonly<Record<Via, number>> = { vca: 1, api: 2 };

/**
 * Judges the body of a callflow (`{ clientActionId?, callflow }`) by every rule of `CALLFLOW_RULES`; an empty list means that all are obeyed.
 *
 * Takes anything, never throws, and reads nothing but own properties, as JSON does. Returns all violations, up to 1000 of them, in the order of the callflow;
 * a parameter whose type is wrong is not judged further. With `via: 'api'` the callflow must begin with a `makeCall` and may hold two, the second being
 * the bridge; with `via: 'vca'` it may hold one.
 */
export function checkCallflow(value: unknown, options: CheckCallflowOptions): readonly Violation[] {
  // Not trusting the options keeps the promise never to throw for callers without types too.
  const findings = new Findings((options as CheckCallflowOptions | undefined)?.via === 'api' ? 'api' : 'vca');
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
  else if (value !== null && typeof value !== 'string') findings.add('HS_CALLFLOW_REQUEST_FIELD', `$.${key}`, describeValue(value));
}

function checkClientActionId(value: unknown, findings: Findings): void {
  const path = '$.clientActionId';
  if (findings.via === 'api') findings.add('HS_CALLFLOW_CLIENT_ACTION_ID_VIA_API', path, describeValue(value));
  else if (typeof value !== 'string') findings.add('HS_CALLFLOW_CLIENT_ACTION_ID', path, describeValue(value));
  else {
    const came = NO_CONTROL_CHARACTERS.broken(value);
    if (came !== null) findings.add(NO_CONTROL_CHARACTERS.code, path, came);
  }
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
    if (action === 'makeCall' && ++calls > MOST_CALLS[findings.via]) {
      const code = findings.via === 'vca' ? 'HS_CALLFLOW_TOO_MANY_BRIDGES' : 'HS_CALLFLOW_TOO_MANY_CALLS';
      findings.add(code, `$.callflow[${index}]`, 'one more makeCall');
    }
    before = action;
  }
}

function checkEntry(list: readonly unknown[], index: number, findings: Findings): ActionName | null {
  try {
    return checkAction(list[index], index, findings);
  } catch {
    findings.add('HS_CALLFLOW_UNREADABLE', `$.callflow[${index}]`, 'a value that throws when it is read');
    return null;
  }
}
