import type { ActionName } from './actions.ts';
import { CAPTURE_CROSS_RULES } from './capture-cross-rules.ts';
import { describeValue, describeWord } from './describe-value.ts';
import { type Findings, keyPath, own } from './findings.ts';
import { didYouMean } from './near-miss.ts';
import { type Parameter, PARAMETERS } from './parameters.ts';

interface Named {
  readonly name: string;
  readonly parameter: Parameter;
}

/** One action with its parameters. */
interface Known {
  readonly name: ActionName;
  readonly parameters: readonly Named[];
  readonly names: ReadonlySet<string>;
}

const ACTIONS: ReadonlyMap<unknown, Known> = new Map(
  Object.entries(PARAMETERS).map(([name, parameters]) => {
    const named = Object.entries<Parameter>(parameters).map(([parameterName, parameter]) => ({ name: parameterName, parameter }));
    return [name, { name: name as ActionName, parameters: named, names: new Set(Object.keys(parameters)) }];
  }),
);
const NAMES = [...ACTIONS.values()].map(({ name }) => name);
const ENTRY_KEYS = ['action', 'params'];

/** Judges one entry of a callflow and gives back which action it is; null where that can't be told. */
export function checkAction(entry: unknown, index: number, findings: Findings): ActionName | null {
  if (!isRecord(entry)) {
    findings.add('HS_CALLFLOW_ACTION', `$.callflow[${index}]`, describeValue(entry));
    return null;
  }
  for (const key of Object.keys(entry)) {
    if (key === 'action' || key === 'params' || findings.full || own(entry, key) === undefined) continue;
    findings.add(
      'HS_CALLFLOW_UNKNOWN_KEY',
      keyPath(`$.callflow[${index}]`, key),
      describeValue(own(entry, key)),
      didYouMean(key, ENTRY_KEYS),
    );
  }
  const action = own(entry, 'action');
  if (typeof action !== 'string') {
    findings.add('HS_CALLFLOW_ACTION', `$.callflow[${index}].action`, describeValue(action));
    return null;
  }
  const known = ACTIONS.get(action);
  if (known === undefined) {
    findings.add('HS_CALLFLOW_UNKNOWN_ACTION', `$.callflow[${index}].action`, describeWord(action), didYouMean(action, NAMES));
    return null;
  }
  checkParams(known, own(entry, 'params'), index, findings);
  return known.name;
}

function checkParams(known: Known, params: unknown, index: number, findings: Findings): void {
  if (known.name === 'hangup') {
    const empty = params === undefined || (isRecord(params) && Object.keys(params).every((key) => own(params, key) === undefined));
    if (!empty) findings.add('HS_CALLFLOW_HANGUP_PARAMS', `$.callflow[${index}].params`, describeValue(params));
    return;
  }
  if (!isRecord(params)) {
    findings.add('HS_CALLFLOW_PARAMS', `$.callflow[${index}].params`, describeValue(params));
    return;
  }
  for (const { name, parameter } of known.parameters) checkParam(name, parameter, own(params, name), index, findings);
  for (const key of Object.keys(params)) {
    if (known.names.has(key) || findings.full || own(params, key) === undefined) continue;
    const path = keyPath(`$.callflow[${index}].params`, key);
    findings.add('HS_CALLFLOW_UNKNOWN_PARAM', path, describeValue(own(params, key)), didYouMean(key, known.names));
  }
  if (known.name === 'sayAndCapture') checkBounds(params, index, findings);
  if (known.name === 'makeCall') checkRecording(own(params, 'callRecording'), index, findings);
}

function checkParam(name: string, parameter: Parameter, value: unknown, index: number, findings: Findings): void {
  if (value === undefined && !parameter.required) return;
  if (value === null && parameter.nullable) return;
  for (const { code, broken, stops } of parameter.checks) {
    const came = broken(value);
    if (came === null) continue;
    findings.add(code, `$.callflow[${index}].params.${name}`, came);
    if (stops) return;
  }
}

function checkBounds(params: object, index: number, findings: Findings): void {
  const bound = {
    completeOnHash: own(params, 'completeOnHash'),
    minDigits: own(params, 'minDigits'),
    maxDigits: own(params, 'maxDigits'),
    digitTimeout: own(params, 'digitTimeout'),
    overallTimeout: own(params, 'overallTimeout'),
  };
  for (const { code, parameter, broken } of CAPTURE_CROSS_RULES) {
    const came = broken(bound);
    if (came !== null) findings.add(code, `$.callflow[${index}].params.${parameter}`, came);
  }
}

function checkRecording(callRecording: unknown, index: number, findings: Findings): void {
  if (findings.via !== 'api' || callRecording === undefined || callRecording === null) return;
  findings.add('HS_CALLFLOW_CALL_RECORDING_VIA_API', `$.callflow[${index}].params.callRecording`, describeValue(callRecording));
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
