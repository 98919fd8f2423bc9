/** A placed call: its first steps run, its first callflow is stored, then it is posted, once and never again. */
import { type Call, type Decision, type Env, type Found, nothing } from '../call.ts';
import { Draft } from '../draft.ts';
import type { EndRequested, PlaceRequested, PostSettled } from '../input.ts';
import { closedIntake } from '../overrides.ts';
import { isPosting, isToBePosted, isUnplaced, toPlacedEvent } from '../placing.ts';
import { begin, bind, finish, onward, pendingOf, takeEarly } from './onward.ts';
import { refuse } from './post.ts';

/** Its own steps and its post wake whoever waits. */
const FOREVER = { until: Infinity } as const;

/** A call is to be placed: answered when its post is settled. */
export function decidePlace({ call }: Found, input: PlaceRequested, env: Env): Decision {
  if (call !== null) {
    // A second request for the same call, or the first one, which waits for its own post.
    const isOurs = call.record.id === input.id;
    const isOpen = isToBePosted(call) || isPosting(call.record);
    if (!isOurs || !isOpen) return nothing({ kind: 'call', record: call.record });
    if (!isLeft(call)) return nothing(null, { wait: FOREVER });
    const draft = new Draft(call, env);
    onward(draft, null);
    return draft.done(null, FOREVER);
  }
  const { flow, version, placing, params, language, clientRequestId, id, subAccountId, from, to } = input;
  const compiled = env.flows.find(flow, version);
  if (compiled === null) return nothing({ kind: 'call', record: null });
  const closed = closedIntake(env.overrides, { flow: compiled.flow.name, to: null }, env.now);
  if (closed !== null)
    return nothing({ kind: 'intake-closed', flow: compiled.flow.name, label: closed.row.label, until: closed.row.endsAt });
  const facts = { id, direction: 'outbound', sessionId: null, subAccountId, from, to, fromCountry: null, toCountry: null } as const;
  const begun = begin(
    compiled,
    { ...facts, language: language ?? compiled.flow.options.language, params, legId: null, clientRequestId },
    env,
  );
  const draft = new Draft({ ...begun, placing }, env);
  onward(draft, null);
  const { record } = draft.call;
  if (isPosting(record)) return draft.done(null, FOREVER);
  if (!isToBePosted(draft.call)) return draft.done({ kind: 'call', record });
  draft.turn({ turn: 0, eventId: null, event: toPlacedEvent(placing), sentAt: null, body: null, hidden: false, at: env.now });
  return draft.done(null, FOREVER);
}

/** Whether its first steps were taken over and done by a server of the release before, which posts none but its own. */
function isLeft({ record, state, position }: Call): boolean {
  return isUnplaced(record) && state.lease === null && position.wait !== 'step';
}

/** The post was answered, or was not: then a webhook of the session tells what came of it. */
export function decidePosted(found: Found, { outcome }: PostSettled, env: Env): Decision {
  const { call } = found;
  if (call === null) return nothing({ kind: 'call', record: null });
  const isCreated = outcome.is === 'created' && outcome.sessionId !== '';
  // A webhook of the session may have come before the answer to the post, and it knows better.
  if (!isPosting(call.record)) return nothing({ kind: 'call', record: call.record });
  const draft = new Draft(call, env, isCreated ? pendingOf(found) : null);
  if (isCreated) {
    bind(draft, outcome.sessionId);
    if (takeEarly(draft, found)) finish(draft, draft.call.state.lease);
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
