import type { FlowModule } from '@hookswitch/dsl';
import type { SessionSummaryWebhook } from '../../payloads/webhook.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { createRoutes } from '../../routing/flow-router.ts';
import { SealKeyMissingError } from '../../errors/seal-key-missing-error.ts';
import type { Call, Env, Found } from '../call.ts';
import { DATA_KEY, World } from '../calls.test-support.ts';
import { CallFinder } from '../find.ts';
import { Secrets } from '../hidden/secrets.ts';
import type { Summary } from '../input.ts';
import type { CallState } from '../state.ts';
import { desk, early, greeter, SECRET, transfer, vault } from './flows.test-support.ts';
import { toEarlyRow } from './onward.ts';

/** A call where it stands: what was found, and in which surroundings it is decided. */
export interface Standing {
  readonly found: Found;
  readonly env?: Partial<Env>;
}

export const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;
export const FOUND: Found = { call: null, inbox: [], seenTurn: null, signal: null, posting: false };
const SUMMARY = { status: 'COMPLETED', at: 0, errorCode: null, errorMessage: null, bridge: null, raw: {}, applied: false, told: false };

/** The call as a process finds it that has just started. */
export async function callOf(world: World, callId = 'call-1', flows = world.context.flows): Promise<Call> {
  const { call } = await new CallFinder({ ...world.context, flows }).find({ kind: 'due', at: 0, callId }, true, 0);
  if (call === null) throw new TypeError('no such call');
  return call;
}

export function changed({ found, ...rest }: Standing, state: Partial<CallState>, more: Partial<Call> = {}): Standing {
  const { call } = found;
  return call === null
    ? { found, ...rest }
    : { found: { ...found, call: { ...call, ...more, state: { ...call.state, ...state } } }, ...rest };
}

/** Inbound calls, from nobody knows it to all is told. */
export async function standings(world: World): Promise<Readonly<Record<string, Standing>>> {
  await world.received();
  const waiting = { found: { ...FOUND, call: await callOf(world) } };
  void world.completed('1');
  await world.clock.advance(100);
  const elsewhere = { found: { ...FOUND, call: await callOf(world) } };
  const { lease } = elsewhere.found.call.state;
  if (lease === null) throw new TypeError('no step runs');
  const late = { now: lease.until + 1 };
  const held = { record: { ...elsewhere.found.call.record, turn: elsewhere.found.call.record.turn + 1 } };
  const byAction = { ...world.context.settings, delivery: 'action' as const };
  const over = { record: { ...waiting.found.call.record, endedAt: world.clock.now(), status: 'ended' as const } };
  return {
    'nobody knows it': { found: FOUND },
    'nobody knows it, and its end came before': { found: { ...FOUND, inbox: earlyOf(world, waiting.found.call) } },
    'nobody knows it, and its end was taken before': {
      found: { ...FOUND, inbox: earlyOf(world, waiting.found.call).map((row) => ({ ...row, pending: false })) },
    },
    'nobody knows it, and something else came before': {
      found: { ...FOUND, inbox: earlyOf(world, waiting.found.call).map((row) => ({ ...row, kind: 'other' })) },
    },
    'nobody knows it, and the platform ended it before': {
      found: { ...FOUND, inbox: earlyOf(world, waiting.found.call, { status: 'ERROR', errorCode: -2003, errorMessage: 'no' }) },
    },
    'nobody knows it, and its flow looks something up first': { found: FOUND, env: { flows: createRoutes([early]) } },
    'nobody knows it, its end came before, and its flow looks something up first': {
      found: { ...FOUND, inbox: earlyOf(world, waiting.found.call) },
      env: { flows: createRoutes([early]) },
    },
    'nobody knows it, in a rehearsal': { found: FOUND, env: { flows: createRoutes([greeter]), flowTime: 7 } },
    'nobody knows it, and no flow answers': { found: FOUND, env: { flows: createRoutes([desk, greeter]) } },
    'nobody knows it, and a post may be under way': { found: { ...FOUND, posting: true } },
    'it waits for an answer': waiting,
    'it waits for the outcome of a bridge': await standingOf(transfer),
    'it asks for a secret': { ...(await standingOf(vault)), env: { canSeal: true } },
    'it asks for a secret, and there is no key': await standingOf(vault),
    'it waits for an answer, and the clock has gone back': { ...waiting, env: { now: world.clock.now() - 5_000 } },
    'it waits for an answer, and this was seen before': { found: { ...waiting.found, seenTurn: 0 } },
    'it waits for an answer that its author named': changed(waiting, { actionIds: { mine: 0 }, actionSites: { mine: 'name' } }),
    'it waits for an answer, and its words are at hand': changed(waiting, {}, { answered: { turn: 0, body: '{"callflow":[]}' } }),
    'it waits for an answer, and something is wrong': { ...waiting, env: { trouble: { why: new TypeError('no disk') } } },
    'it waits for an answer, in another voice': changed(waiting, { acceptedVoice: 'de-DE-Hedda', sentVoice: null }),
    'it spoke a moment ago': changed(waiting, { sentAt: world.clock.now(), shortestSilence: 5_000 }),
    'it spoke a moment ago, and the platform says when it asked': changed(waiting, {
      ...{ sentAt: world.clock.now(), shortestSilence: 5_000, askedAt: world.clock.now() - 7_000 },
    }),
    'it spoke a moment ago, in a rehearsal': {
      ...changed(waiting, { sentAt: world.clock.now(), shortestSilence: 5_000, askedAt: world.clock.now() - 7_000 }),
      env: { flowTime: 7 },
    },
    'it has not said all yet': { ...changed(waiting, { outstanding: 'speech', cursor: 0 }), env: { settings: byAction } },
    'all is said': changed(waiting, { outstanding: 'speech', cursor: 9 }),
    'its step runs here': { ...elsewhere, env: { runsHere: true } },
    'its step runs here, and its caller was asked to wait': { ...changed(elsewhere, { holds: 1 }, held), env: { runsHere: true } },
    'its caller was asked to wait, and its step is done': changed(waiting, { outstanding: 'speech', cursor: 0, holds: 1 }),
    'its caller was asked to wait too often': {
      ...changed(elsewhere, { holds: world.context.settings.maxHolds }),
      env: { runsHere: true },
    },
    'its step runs here, and a pause breaks a rule': {
      ...elsewhere,
      env: { runsHere: true, settings: { ...world.context.settings, holdText: '' } },
    },
    'its turn was claimed by this input, and is answered': { ...changed(waiting, {}, held), env: { resumed: true } },
    'its step is gone from the code': changed(elsewhere, {}, { position: waiting.found.call.position }),
    'its step runs here, and something is wrong': { ...elsewhere, env: { runsHere: true, trouble: { why: new TypeError('no disk') } } },
    'its step runs here, and it can not be read': changed(elsewhere, {}, { broken: { why: new SealKeyMissingError(null) } }),
    'its step was left by the only server': { ...elsewhere, env: { shared: false } },
    'its caller was asked to wait, after an answer that its author named': changed(
      waiting,
      { outstanding: 'speech', cursor: 0, holds: 1, actionIds: { mine: 0 } },
      held,
    ),
    'its step runs elsewhere, and a secret was keyed in before': {
      ...changed(elsewhere, { sealed: true }, { secrets: Secrets.none.with(SECRET) }),
      env: { canSeal: true },
    },
    'its step runs here, for a server of the release before': { ...changed(elsewhere, { outstanding: 'answer' }), env: { runsHere: true } },
    'its step runs elsewhere': elsewhere,
    'its step was left': { ...elsewhere, env: late },
    'its step was left too often': { ...changed(elsewhere, { lease: { ...lease, takeovers: 4 } }), env: late },
    'its step was left too often, and nothing is heard any more': {
      ...changed(elsewhere, { lease: { ...lease, takeovers: 4 } }),
      env: { now: world.clock.now() + world.context.settings.idle },
    },
    'its step was given up': changed(elsewhere, { lease: null, outstanding: 'end' }),
    'a server of the release before knows its end': { found: { ...waiting.found, inbox: earlyOf(world, waiting.found.call) } },
    'it is told to hang up': changed(waiting, { outstanding: 'end' }),
    'it is told to hang up, as was asked for': changed(waiting, { outstanding: 'end', endRequested: true }),
    'it has failed, and is told to hang up': changed(waiting, { outstanding: 'end', error: { code: 'flow-error', message: 'no' } }),
    'its end was asked for': changed(waiting, { endRequested: true }),
    'it is of a newer version': changed(waiting, {}, { isAhead: true }),
    'it can not be read here': changed(waiting, {}, { broken: { why: new Error('no key') } }),
    'it can not be read here, nor by others': { ...changed(waiting, {}, { broken: { why: new Error('no key') } }), env: { shared: false } },
    'it can not be read here, and nothing is heard any more': {
      ...changed(
        waiting,
        {},
        { broken: { why: new SealKeyMissingError(null) }, position: { ...waiting.found.call.position, error: new Error('no') } },
      ),
      env: { now: world.clock.now() + world.context.settings.idle },
    },
    'it can not be read here, and nothing is heard of a bridge': {
      ...changed(waiting, { bridged: true }, { broken: { why: new Error('no key') } }),
      env: { now: world.clock.now() + world.context.settings.idle },
    },
    'it is over, and can not be read here': changed(waiting, { summary: SUMMARY }, { broken: { why: new Error('no key') } }),
    'it is over, and something is wrong': {
      ...changed(waiting, { summary: SUMMARY }),
      env: { trouble: { why: new TypeError('no disk') } },
    },
    'it is over while its step runs elsewhere': changed(elsewhere, { summary: SUMMARY }),
    'it is over, and tidies up elsewhere': changed(elsewhere, { summary: SUMMARY, outstanding: 'answer' }),
    'it is over, and its step was left too often': {
      ...changed(elsewhere, { lease: { ...lease, takeovers: 4 }, summary: SUMMARY }),
      env: late,
    },
    'it is over, and its flow was not told': changed(waiting, { summary: SUMMARY }),
    'it is completed, and not told': changed(waiting, { summary: { ...SUMMARY, applied: true } }, over),
    'it is completed, not told, and can not be read here': changed(
      waiting,
      { summary: { ...SUMMARY, applied: true } },
      { ...over, broken: { why: new Error('no key') } },
    ),
    'it is completed, and onEnd fails over and over': changed(waiting, { summary: { ...SUMMARY, applied: true }, endFailures: 20 }, over),
    'it is completed and told': changed(waiting, { summary: { ...SUMMARY, applied: true, told: true } }, over),
  };
}

/** The memory store as one that several processes share. */
export function sharedStore(): Store {
  return Object.assign(createMemoryStore(), { shared: true });
}

/** A call that has just come in. */
export async function standingOf(flow: FlowModule, keys: string | null = null, rewritten = flow): Promise<Standing> {
  const world = await World.open([flow], { store: sharedStore(), dataKeys: DATA_KEY });
  const first = world.received();
  await world.clock.advance(0);
  if (keys !== null) void first.then(() => world.completed(keys));
  await world.clock.advance(0);
  return { found: { ...FOUND, call: await callOf(world, 'call-1', createRoutes([rewritten])) } };
}

/** The row of a summary that came before anybody knew its session. */
export function earlyOf(world: World, { record }: Call, change: Partial<Summary> = {}): Found['inbox'] {
  return [toEarlyRow(summaryOf({ subAccountId: record.subAccountId, sessionId: 'session-1', at: world.clock.now() }, change))];
}

/** The end of a session. */
export function summaryOf(
  came: { readonly subAccountId: string; readonly sessionId: string; readonly at: number },
  change: Partial<Summary> = {},
): Summary {
  const raw = { dtmf: '48151623', password: 'x', none: null };
  return {
    ...{ kind: 'summary', ...came, status: 'COMPLETED', endedAt: came.at, clientRequestId: null, errorCode: null, errorMessage: null },
    bridge: null,
    webhook: { kind: 'vss', raw } as SessionSummaryWebhook,
    ...change,
  };
}
