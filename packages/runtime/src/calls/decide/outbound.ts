/** A placed call: its first steps run, its first callflow is stored, then it is posted, once and never again. */
import { type Action, checkCallflow, declines } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import type { Decision, Env, Found } from '../call.ts';
import { Draft, nothing } from '../draft.ts';
import type { EndRequested, PlaceRequested, PostSettled } from '../input.ts';
import { encodeActionId } from '../reply/action-id.ts';
import { encode, lastVoice, listening, nextPart, saidAgain, shortestSilence, textIn } from '../reply/actions.ts';
import { begin, bind, pendingOf, takeEarly } from './begin.ts';
import { onward } from './onward.ts';

const NOT_PLACED = 'the flow had nothing to say before the end of the call, so nobody was called';

/** A call is to be placed: answered when its post is settled. */
export function decidePlace({ call }: Found, input: PlaceRequested, env: Env): Decision {
  if (call !== null) {
    // A second request for the same call, or the first one, which waits for its own post.
    const isOurs = call.record.id === input.id;
    return isOurs && call.state.post !== null
      ? nothing(null, { wait: { until: Infinity } })
      : nothing({ kind: 'call', record: call.record });
  }
  const { flow, version, placing, params, language, clientRequestId, id, subAccountId, from, to } = input;
  const compiled = env.flows.find(flow, version);
  if (compiled === null) return nothing({ kind: 'call', record: null });
  const facts = { id, direction: 'outbound', sessionId: null, subAccountId, from, to, fromCountry: null, toCountry: null } as const;
  const begun = begin(
    compiled,
    { ...facts, language: language ?? compiled.flow.options.language, params, legId: null, clientRequestId },
    env,
  );
  const draft = new Draft(begun, env).state({ post: 'preparing', placing });
  onward(draft, null);
  return draft.call.state.post === null ? draft.done({ kind: 'call', record: draft.call.record }) : draft.done(null, { until: Infinity });
}

/** The first callflow is stored, and posted; a flow that has failed, or has nothing to say, is not. */
export function postOrRefuse(draft: Draft): void {
  const { position, record, state } = draft.call;
  const { settings, now } = draft.env;
  const part = settings.delivery === 'action' ? { actions: [], last: false } : nextPart(position, 0, settings.delivery);
  const placing = state.placing ?? { validUntil: null, callRecording: null };
  const legs = { source: record.from ?? '', destination: record.to };
  const { callRecording } = placing;
  const makeCall: Action = { action: 'makeCall', params: callRecording === null ? legs : { ...legs, callRecording } };
  const actions = [makeCall, ...part.actions];
  if (position.wait === 'failed') {
    draft.note({ kind: 'flow-failed', error: position.error });
    refuse(draft, 'flow-error', messageOf(position.error));
    return;
  }
  const broken = checkCallflow({ callflow: actions }, { via: 'api' }).find(({ severity }) => severity === 'error');
  if (broken !== undefined) refuse(draft, broken.code, broken.message);
  else if (declines({ direction: 'outbound' }, position)) cancel(draft);
  else if (state.endRequested) refuse(draft, 'end-requested', 'its end was requested before it was placed');
  else {
    // The post is never made again, so what is stored is only what may be said again.
    const pause = listening(textIn(settings.holdText, position.language), settings.voice, settings.holdFor);
    const body = encode(saidAgain(part.actions, pause), encodeActionId(position.site, 0));
    draft
      .state({
        post: 'sent',
        placing: null,
        outstanding: !part.last ? 'speech' : position.wait === 'platform' ? 'answer' : 'end',
        cursor: part.actions.length,
        sentVoice: lastVoice(actions),
        sentAt: now,
        shortestSilence: shortestSilence(part.actions),
      })
      .record({ turn: 0 })
      .turn({ turn: 0, eventId: null, event: '{"placed":true}', sentAt: null, body, hidden: false, at: now })
      .order({ kind: 'post', call: draft.call.record, actions, placing });
  }
}

/** The flow has declined: it is told that the call is over, so that it tidies up, and so is `onEnd`. */
function cancel(draft: Draft): void {
  const { now } = draft.env;
  const end = { status: 'CANCELED', at: now, errorCode: null, errorMessage: NOT_PLACED, bridge: null, raw: null };
  draft
    .state({
      post: null,
      placing: null,
      error: { code: 'not-placed', message: NOT_PLACED },
      summary: { ...end, applied: false, told: false },
      outstanding: 'end',
    })
    .record({ status: 'cancelled', endedAt: now })
    .row({ kind: 'outbound', result: 'not placed', code: null });
  onward(draft, null);
}

function refuse(draft: Draft, code: string, message: string, statusCode: number | null = null): void {
  draft
    .state({ post: null, placing: null, error: { code, message } })
    .record({ status: 'failed', endedAt: draft.env.now })
    .row({ kind: 'outbound', result: `failed: ${code}`, code: statusCode });
}

/** The post was answered, or was not: then a webhook of the session tells what came of it. */
export function decidePosted(found: Found, { outcome }: PostSettled, env: Env): Decision {
  const { call } = found;
  if (call === null) return nothing({ kind: 'call', record: null });
  const isCreated = outcome.is === 'created' && outcome.sessionId !== '';
  // A webhook of the session may have come before the answer to the post, and it knows better.
  const isPast = call.state.post !== 'sent' || call.record.sessionId !== null;
  if (isPast) return nothing({ kind: 'call', record: call.record });
  const draft = new Draft(call, env, isCreated ? pendingOf(found) : null).state({ post: null });
  if (isCreated) {
    bind(draft, outcome.sessionId);
    if (takeEarly(draft, found)) onward(draft, null);
  } else if (outcome.is === 'refused') refuse(draft, outcome.code, outcome.message, outcome.statusCode);
  else {
    if (outcome.is === 'unknown') draft.state({ error: { code: outcome.code, message: outcome.message } });
    draft.record({ status: 'unknown' }).row({ kind: 'outbound', result: 'unknown', code: null });
  }
  return draft.done({ kind: 'call', record: draft.call.record });
}

/** The end of a call is asked for: it comes when the platform next asks what to do. */
export function decideEndRequested({ call }: Found, _input: EndRequested, env: Env): Decision {
  if (call === null || call.record.endedAt !== null || call.state.endRequested)
    return nothing({ kind: 'call', record: call?.record ?? null });
  // A call without a session must still be found by its first webhook.
  const status = call.record.sessionId === null ? call.record.status : 'ending';
  const draft = new Draft(call, env).state({ endRequested: true }).record({ status });
  return draft.done({ kind: 'call', record: draft.call.record });
}
