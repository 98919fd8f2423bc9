import { bridge, capture, defineFlow, type FlowModule, say, step } from '@hookswitch/dsl';
import { PlatformOutcomeUnknownError } from '../../errors/platform-outcome-unknown-error.ts';
import type { SessionSummaryWebhook } from '../../payloads/webhook.ts';
import type { CreateCallflow } from '../../platform/index.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import type { Call, Env, Found } from '../call.ts';
import { DATA_KEY, deferred, World } from '../calls.test-support.ts';
import { CallFinder } from '../find.ts';
import type { Summary } from '../input.ts';
import type { CallState } from '../state.ts';
import { toEarlyRow } from './onward.ts';

export const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Name?', { id: 'name' });
  yield* step('find', () => new Promise<string>(() => undefined), { examples: { ann: 'Ann' }, timeout: 60_000 });
  yield* capture('More?', { id: 'more' });
});

const vault = defineFlow({ name: 'vault', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Pin?', { id: 'pin', sensitive: true });
  yield say('Thank you.');
});

const transfer = defineFlow({ name: 'transfer', voice: 'en-US-ZiraRUS' }, function* () {
  const { outcome } = yield* bridge('+6531580000', { id: 'agent' });
  yield say(`It was ${outcome}.`);
});

/** Looks somebody up, and calls him. */
const found = deferred<string>();
export const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  const name = yield* step('look', () => found.promise, { examples: { ann: 'Ann' }, timeout: 60_000 });
  yield say(`Hello ${name}.`);
  yield* capture('Coming?', { id: 'coming' });
});

/** Looks somebody up, and calls nobody. */
const silent = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield* step('look', () => new Promise<string>(() => undefined), { examples: { ann: 'Ann' }, timeout: 60_000 });
});

/** A call where it stands: what was found, and in which surroundings it is decided. */
export interface Standing {
  readonly found: Found;
  readonly env?: Partial<Env>;
}

export const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;
const FOUND: Found = { call: null, inbox: [], seenTurn: null, posting: false };
const SUMMARY = { status: 'COMPLETED', at: 0, errorCode: null, errorMessage: null, bridge: null, raw: {}, applied: false, told: false };

/** The call as a process finds it that has just started. */
async function callOf(world: World, callId = 'call-1'): Promise<Call> {
  const { call } = await new CallFinder(world.context).find({ kind: 'due', at: 0, callId }, true, 0);
  if (call === null) throw new TypeError('no such call');
  return call;
}

function changed({ found, ...rest }: Standing, state: Partial<CallState>, more: Partial<Call> = {}): Standing {
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
    'nobody knows it, and a post may be under way': { found: { ...FOUND, posting: true } },
    'it waits for an answer': waiting,
    'it waits for the outcome of a bridge': await standingOf(transfer),
    'it asks for a secret': { ...(await standingOf(vault)), env: { canSeal: true } },
    'it asks for a secret, and there is no key': await standingOf(vault),
    'it has not said all yet': { ...changed(waiting, { outstanding: 'speech', cursor: 0 }), env: { settings: byAction } },
    'its step runs here': { ...elsewhere, env: { runsHere: true } },
    'its step runs here, and its caller was asked to wait': { ...changed(elsewhere, { holds: 1 }, held), env: { runsHere: true } },
    'its caller was asked to wait, and its step is done': changed(waiting, { outstanding: 'speech', cursor: 0, holds: 1 }),
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
    'its end was asked for': changed(waiting, { endRequested: true }),
    'it is of a newer version': changed(waiting, {}, { isAhead: true }),
    'it can not be read here': changed(waiting, {}, { broken: { why: new Error('no key') } }),
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
    'it is completed and told': changed(waiting, { summary: { ...SUMMARY, applied: true, told: true } }, over),
  };
}

/** The memory store as one that several processes share. */
export function sharedStore(): Store {
  return Object.assign(createMemoryStore(), { shared: true });
}

/** A call that has just come in. */
async function standingOf(flow: typeof vault): Promise<Standing> {
  const world = await World.open([flow], { store: sharedStore(), dataKeys: DATA_KEY });
  await world.received();
  return { found: { ...FOUND, call: await callOf(world) } };
}

/** The row of a summary that came before anybody knew its session. */
function earlyOf(world: World, { record }: Call): Found['inbox'] {
  return [toEarlyRow(summaryOf({ subAccountId: record.subAccountId, sessionId: 'session-1', at: world.clock.now() }))];
}

/** Placed calls, from the request to the answer of their post. */
export async function placedStandings(): Promise<Readonly<Record<string, Standing>>> {
  const open = (flow: FlowModule = reminder): Promise<World> => World.open([flow], { store: sharedStore() });
  const place = (world: World, create: CreateCallflow): Promise<unknown> => {
    const compiled = world.context.flows.find('reminder', '1');
    if (compiled === null) throw new TypeError('no such flow');
    return world.place({ subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', clientRequestId: 'request' }, create);
  };
  const world = await open();
  const answer = deferred<never>();
  const placed = place(world, () => answer.promise);
  await world.clock.advance(0);
  const preparing = { found: { ...FOUND, call: await callOf(world) } };
  found.resolve('Ann');
  await world.clock.advance(0);
  const posted = { found: { ...FOUND, call: await callOf(world) } };
  const nothing = { httpStatus: null, sessionId: null, clientRequestId: null };
  answer.reject(new PlatformOutcomeUnknownError({ operation: 'createCallflow', happened: 'no answer came', ...nothing }));
  await placed;
  const unanswered = { found: { ...FOUND, call: await callOf(world) } };
  const other = await open();
  await place(other, () => Promise.reject(new Error('no such number')));
  const quiet = await open(silent);
  void place(quiet, () => answer.promise);
  await quiet.clock.advance(0);
  return {
    'it is placed, and has nothing to say after its step': { found: { ...FOUND, call: await callOf(quiet) }, env: { runsHere: true } },
    'it is placed, and its first step runs here': { ...preparing, env: { runsHere: true } },
    'it is placed, and its first step was left': { ...preparing, env: { now: (preparing.found.call.state.lease?.until ?? 0) + 1 } },
    'its post is under way': posted,
    'its post is under way, and its end came before': {
      found: { ...posted.found, inbox: earlyOf(world, posted.found.call) },
    },
    'its post is under way, and its end was asked for': changed(posted, { endRequested: true }),
    'its post has got no answer': unanswered,
    'its post was refused': { found: { ...FOUND, call: await callOf(other) } },
  };
}

/** The end of a session. */
export function summaryOf(came: { readonly subAccountId: string; readonly sessionId: string; readonly at: number }): Summary {
  return {
    ...{ kind: 'summary', ...came, status: 'COMPLETED', endedAt: came.at, clientRequestId: null, errorCode: null, errorMessage: null },
    bridge: null,
    webhook: { kind: 'vss', raw: {} } as SessionSummaryWebhook,
  };
}
