/**
 * The platform's own check of callflows, written from 8x8's documents alone. Like 8x8 it gives the first thing that is wrong, not all of them:
 * first what doesn't fit the schema, entry by entry, then what can't be carried out.
 */
import type { Action, CallflowResponse } from '@hookswitch/dsl';
import type { Behaviour } from '../behaviour.ts';
import { isE164 } from '../wire/numbers.ts';
import { isActionName, PARAMETERS } from './parameters.ts';
import { refuseCapture } from './capture-rules.ts';
import { refusal, type Refusal } from './status-codes.ts';

/** What the rules go by beside the callflow. */
export interface RuleContext {
  /** How the callflow came: as the answer to a webhook, or through the REST API. */
  readonly via: 'vca' | 'api';
  readonly behaviour: Behaviour;
  readonly hasVoice: (voice: string) => boolean;
  readonly allowsSource: (number: string) => boolean;
  /** Whether a VCA webhook is registered. */
  readonly canAsk: boolean;
  /** The time of the request, ms since 1970. */
  readonly now: number;
}

/** What a callflow may carry beside its actions. */
const FIELDS = { vca: ['clientActionId', 'callflow'], api: ['clientActionId', 'validUntil', 'clientRequestId', 'callflow'] } as const;
/** More actions than this are "beyond the allowed count"; the documents give no number, and nobody's menu comes near it. */
const MAX_ACTIONS = 1000;

/** Why the platform refuses `body`, or null where it is a callflow that can run. */
export function refuseCallflow(body: unknown, context: RuleContext): Refusal | null {
  if (!isObject(body)) return refusal(-1001, '$');
  return refuseEnvelope(body, context) ?? refuseEntries(body, context) ?? refuseSession(body as unknown as CallflowResponse, context);
}

function refuseEnvelope(body: Record<string, unknown>, { via, behaviour }: RuleContext): Refusal | null {
  const known: readonly string[] = FIELDS[via];
  for (const key of Object.keys(body)) {
    if (!known.includes(key) && behaviour.unknownParams === 'refused') return refusal(-1009, `$.${key}`, 'is not defined in the schema');
  }
  for (const key of known) {
    if (key === 'callflow' || body[key] === undefined) continue;
    if (typeof body[key] !== 'string') return refusal(-1009, `$.${key}`, 'string expected');
  }
  const { clientActionId, validUntil } = body;
  if (typeof clientActionId === 'string' && behaviour.specialCharacters.test(clientActionId)) return refusal(-1016, '$.clientActionId');
  if (via === 'api' && typeof validUntil === 'string' && timeOf(validUntil) === null)
    return refusal(-1009, '$.validUntil', 'is an invalid date-time');
  if (body['callflow'] === undefined) return refusal(-1009, '$.callflow', 'is missing but it is required');
  if (!Array.isArray(body['callflow'])) return refusal(-1009, '$.callflow', 'array expected');
  if (body['callflow'].length > MAX_ACTIONS) return refusal(-1010, '$.callflow');
  return body['callflow'].length === 0 ? refusal(-1009, '$.callflow', 'there must be a minimum of 1 items in the array') : null;
}

function refuseEntries(body: Record<string, unknown>, context: RuleContext): Refusal | null {
  for (const [index, entry] of (body['callflow'] as unknown[]).entries()) {
    const refused = refuseEntry(entry, `$.callflow[${index}]`, context);
    if (refused !== null) return refused;
  }
  return null;
}

function refuseEntry(entry: unknown, path: string, context: RuleContext): Refusal | null {
  if (!isObject(entry)) return refusal(-1009, path, 'object expected');
  const { action, params } = entry;
  if (action === undefined) return refusal(-1009, `${path}.action`, 'is missing but it is required');
  if (typeof action !== 'string') return refusal(-1009, `${path}.action`, 'string expected');
  if (!isActionName(action)) return refusal(-1007, `${path}.action`);
  if (context.behaviour.unknownParams === 'refused') {
    const odd = Object.keys(entry).find((key) => key !== 'action' && key !== 'params');
    if (odd !== undefined) return refusal(-1009, `${path}.${odd}`, 'is not defined in the schema');
  }
  if (action === 'hangup') {
    const isBare = params === undefined || (isObject(params) && Object.keys(params).length === 0);
    return isBare || context.behaviour.unknownParams === 'ignored' ? null : refusal(-1012, `${path}.params`);
  }
  if (params === undefined) return refusal(-1009, `${path}.params`, 'is missing but it is required');
  if (!isObject(params)) return refusal(-1009, `${path}.params`, 'object expected');
  return refuseParams(entry as unknown as Action, params, `${path}.params`, context);
}

function refuseParams(action: Action, params: Record<string, unknown>, path: string, context: RuleContext): Refusal | null {
  const known = PARAMETERS[action.action];
  for (const [key, parameter] of Object.entries(known)) {
    const value = params[key];
    if (value === null && parameter.nullable) continue;
    if (value === undefined) {
      if (parameter.required) return refusal(-1009, `${path}.${key}`, 'is missing but it is required');
      continue;
    }
    const complaint = parameter.check(value);
    if (complaint !== null) return refusal(-1009, `${path}.${key}`, complaint);
  }
  if (context.behaviour.unknownParams === 'refused') {
    const odd = Object.keys(params).find((key) => !Object.hasOwn(known, key));
    if (odd !== undefined) return refusal(-1009, `${path}.${odd}`, 'is not defined in the schema');
  }
  return refuseContent(action, path, context);
}

function refuseContent(action: Action, path: string, context: RuleContext): Refusal | null {
  switch (action.action) {
    case 'makeCall':
      return refuseNumbers(action.params, path, context);
    case 'say':
      return refuseSpeech({ text: action.params.text }, action.params.voiceProfile, path, context);
    case 'sayAndCapture': {
      const { promptMessage, successMessage, failureMessage, voiceProfile } = action.params;
      return (
        refuseSpeech({ promptMessage, successMessage, failureMessage }, voiceProfile, path, context) ??
        refuseCapture(action.params, path, context.behaviour)
      );
    }
    case 'playFile':
    case 'hangup':
      return null;
  }
}

function refuseNumbers(
  params: { source: string; destination: unknown; callRecording?: boolean | null },
  path: string,
  context: RuleContext,
): Refusal | null {
  const { destination } = params;
  const several = Array.isArray(destination) ? destination.length > 1 : typeof destination === 'string' && namesSeveral(destination);
  if (several) return refusal(-1011, `${path}.destination`);
  if (typeof destination !== 'string') return refusal(-1009, `${path}.destination`, 'string expected');
  if (!isE164(destination)) return refusal(-1017, `${path}.destination`);
  if (!isE164(params.source)) return refusal(-1009, `${path}.source`, 'is not a valid MSISDN');
  if (!context.allowsSource(params.source)) return refusal(-1014, `${path}.source`);
  const recording = params.callRecording !== undefined && params.callRecording !== null;
  const refused = recording && context.via === 'api' && context.behaviour.apiCallRecording === 'refused';
  return refused ? refusal(-1009, `${path}.callRecording`, 'is not defined in the schema') : null;
}

function refuseSpeech(texts: Record<string, string | null | undefined>, voice: string, path: string, context: RuleContext): Refusal | null {
  if (!context.hasVoice(voice)) return refusal(-1002, `${path}.voiceProfile`);
  const spoken = { voiceProfile: voice, ...texts };
  const odd = Object.entries(spoken).find(([, text]) => typeof text === 'string' && context.behaviour.specialCharacters.test(text));
  return odd === undefined ? null : refusal(-1016, `${path}.${odd[0]}`);
}

function refuseSession(
  { callflow, ...body }: CallflowResponse & { readonly validUntil?: string | null },
  context: RuleContext,
): Refusal | null {
  const { via, now, canAsk } = context;
  if (via === 'api' && callflow[0]?.action !== 'makeCall') return refusal(-1013, '$.callflow[0].action');
  const calls = callflow.flatMap((action, index) => (action.action === 'makeCall' ? [index] : []));
  // Two at most, the guide says of any callflow. In an answer the first of them is a bridge already, and the second rings when that one has ended.
  const beyond = calls[2];
  if (beyond !== undefined) return refusal(-1010, `$.callflow[${beyond}].action`);
  const hangup = callflow.findIndex((action) => action.action === 'hangup');
  if (hangup >= 0 && hangup < callflow.length - 1) return refusal(-1012, `$.callflow[${hangup + 1}].action`);
  const capture = callflow.findIndex((action) => action.action === 'sayAndCapture');
  if (capture >= 0 && !canAsk) return refusal(-1004, `$.callflow[${capture}].action`);
  const until = via === 'api' && typeof body.validUntil === 'string' ? timeOf(body.validUntil) : null;
  return until !== null && until <= now ? refusal(-1015, '$.validUntil') : null;
}

/** Numbers with something between them that separates. */
function namesSeveral(destination: string): boolean {
  const numbers = destination.split(/[\s,;|/]/u).filter((part) => isE164(part));
  return numbers.length > 1 && !isE164(destination);
}

/** `yyyy-MM-ddTHH:mm:ss[.SSS](Z|+hh:mm)`; null for anything else and for days that don't exist, which `Date` would turn into the next month's. */
function timeOf(text: string): number | null {
  const [, local, offset] =
    /^(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3])(?::[0-5]\d){2})(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/u.exec(text) ?? [];
  if (local === undefined || offset === undefined) return null;
  const asUtc = new Date(`${local}Z`);
  const exists = !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(local);
  return exists ? Date.parse(text.replace(/(\.\d{3})\d+/u, '$1')) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
