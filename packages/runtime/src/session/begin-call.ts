import type { Call, CompiledFlow } from '@hookswitch/dsl';
import type { CallRecord } from '../store/store.ts';
import { LiveCall } from './live-call.ts';
import { initialState } from './session-state.ts';
import type { SessionContext } from './settings.ts';

/** What is known of a call when it begins. */
export type CallFacts = Pick<
  Call,
  'direction' | 'sessionId' | 'subAccountId' | 'from' | 'to' | 'fromCountry' | 'toCountry' | 'language' | 'params'
> & {
  readonly legId: string | null;
  readonly clientRequestId: string | null;
};

/** Starts a flow for a new call. Nothing is stored before the first commit. */
export function beginCall(context: SessionContext, compiled: CompiledFlow, { legId, clientRequestId, ...facts }: CallFacts): LiveCall {
  const id = context.rehearsal?.callId(facts) ?? context.mintId();
  const now = context.clock.now();
  const call: Call = Object.freeze({ id, startedAt: context.rehearsal?.timeOf(id) ?? now, ...facts });
  const { direction, sessionId, subAccountId, from, to } = facts;
  const record: CallRecord = {
    id,
    subAccountId,
    sessionId,
    flow: compiled.flow.name,
    flowVersion: compiled.flow.options.version,
    direction,
    from,
    to,
    status: direction === 'inbound' ? 'live' : 'pending',
    site: 'idle',
    lastSite: null,
    turn: -1,
    revision: 0,
    journalLength: 0,
    startedAt: now,
    seenAt: now,
    endedAt: null,
    dueAt: null,
    clientRequestId,
    state: '',
  };
  return LiveCall.begin(context, compiled, record, initialState(call, legId), compiled.start(call));
}
