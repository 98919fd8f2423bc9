import { capture, defineFlow, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { CallStatusWebhook, SessionSummaryWebhook } from '../../payloads/webhook.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import type { Call, Decision, Env, Found } from '../call.ts';
import { World } from '../calls.test-support.ts';
import { CallFinder } from '../find.ts';
import type { CallInput, Vca } from '../input.ts';
import type { CallState } from '../state.ts';
import { DECIDE } from './decide.ts';

// What a call does next, by where it stands (rows) and what happens to it (columns of one row each). It reads as the specification of `decide`.

const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Name?', { id: 'name' });
  yield* step('find', () => new Promise<string>(() => undefined), { examples: { ann: 'Ann' }, timeout: 60_000 });
  yield* capture('More?', { id: 'more' });
});

/** A call where it stands: what was found, and in which surroundings it is decided. */
interface Standing {
  readonly found: Found;
  readonly env?: Partial<Env>;
}

const FOUND: Found = { call: null, inbox: [], seenTurn: null, posting: false };
const SUMMARY = { status: 'COMPLETED', at: 0, errorCode: null, errorMessage: null, bridge: null, raw: {}, applied: false, told: false };

/** The call as a process finds it that has just started. */
async function callOf(world: World): Promise<Call> {
  const { call } = await new CallFinder(world.context).find({ kind: 'due', at: 0, callId: 'call-1' }, true, 0);
  if (call === null) throw new TypeError('no such call');
  return call;
}

function changed({ found, ...rest }: Standing, state: Partial<CallState>, more: Partial<Call> = {}): Standing {
  const { call } = found;
  return call === null
    ? { found, ...rest }
    : { found: { ...found, call: { ...call, ...more, state: { ...call.state, ...state } } }, ...rest };
}

async function standings(world: World): Promise<Readonly<Record<string, Standing>>> {
  await world.received();
  const waiting = { found: { ...FOUND, call: await callOf(world) } };
  void world.completed('1');
  await world.clock.advance(100);
  const elsewhere = { found: { ...FOUND, call: await callOf(world) } };
  const { lease } = elsewhere.found.call.state;
  if (lease === null) throw new TypeError('no step runs');
  const late = { now: lease.until + 1 };
  const over = { record: { ...waiting.found.call.record, endedAt: world.clock.now(), status: 'ended' as const } };
  return {
    'nobody knows it': { found: FOUND },
    'it waits for an answer': waiting,
    'its step runs here': { ...elsewhere, env: { runsHere: true } },
    'its step runs elsewhere': elsewhere,
    'its step was left': { ...elsewhere, env: late },
    'its step was left too often': { ...changed(elsewhere, { lease: { ...lease, takeovers: 4 } }), env: late },
    'it is told to hang up': changed(waiting, { outstanding: 'end' }),
    'its end was asked for': changed(waiting, { endRequested: true }),
    'it is of a newer version': changed(waiting, {}, { isAhead: true }),
    'it can not be read here': changed(waiting, {}, { broken: { why: new Error('no key') } }),
    'it is over while its step runs elsewhere': changed(elsewhere, { summary: SUMMARY }),
    'it is completed, and not told': changed(waiting, { summary: { ...SUMMARY, applied: true } }, over),
    'it is completed and told': changed(waiting, { summary: { ...SUMMARY, applied: true, told: true } }, over),
  };
}

const status = { kind: 'vcs', callStatus: 'CALL_CONNECTED', sipCode: 200, raw: {} } as CallStatusWebhook;

function inputs(world: World, { found: { call } }: Standing, env: Partial<Env>): Readonly<Record<string, CallInput>> {
  const at = env.now ?? world.clock.now();
  const name = { subAccountId: 'acme', sessionId: 'session-1' };
  const vca = (change: Partial<Vca>): Vca => ({ ...world.event(change), at });
  const turn = call?.record.turn ?? 0;
  const token = call?.state.lease?.token ?? 'none';
  const settled = {
    kind: 'step-settled',
    at,
    callId: 'call-1',
    index: 1,
    outcome: { ok: true, value: 'Ann' },
    ms: 5,
    attempts: 1,
    asked: null,
  } as const;
  return {
    'its first webhook': vca({ status: 'received' }),
    'an answer': vca({ echo: { kind: 'turn', turn }, digits: '1' }),
    'an answer, at the end of its budget': { ...vca({ echo: { kind: 'turn', turn }, digits: '1' }), at: at - 4_000 },
    'a webhook that is ahead': vca({ echo: { kind: 'turn', turn: turn + 4 } }),
    'a pause that is over': vca({ echo: { kind: 'retry', turn: turn + 1, tries: 1 } }),
    'a summary': {
      ...{ kind: 'summary', at, ...name, status: 'COMPLETED', endedAt: at, clientRequestId: null, errorCode: null, errorMessage: null },
      bridge: null,
      webhook: { kind: 'vss', raw: {} } as SessionSummaryWebhook,
    },
    'a status': { kind: 'status', at, ...name, webhook: status },
    'its step is done': { ...settled, token },
    'a step of another lease is done': { ...settled, token: 'other' },
    'its step runs still': { kind: 'still-running', at, callId: 'call-1', token },
    'it is due': { kind: 'due', at, callId: 'call-1' },
    'its end is asked for': { kind: 'end-requested', at, callId: 'call-1' },
    'onEnd has returned': { kind: 'end-told', at, callId: 'call-1', error: null },
    'onEnd has failed': { kind: 'end-told', at, callId: 'call-1', error: { thrown: new Error('down') } },
  };
}

/** A decision in a few words: the reply, what changes, what is ordered. */
function words({ reply, wait, change, orders }: Decision, before: Call | null): string {
  const replied = reply === null ? (wait === null ? [] : ['waits']) : 'outcome' in reply ? [reply.outcome] : [];
  const ordered = orders.map(({ kind }) => kind);
  if (change === null) return [...replied, 'nothing changes', ...ordered].join(', ');
  if (change.kind === 'inbox') return [...replied, change.pending ? 'kept until its call is known' : 'kept beside', ...ordered].join(', ');
  const { record, state } = change.call;
  const was = before?.state ?? null;
  const leases =
    state.lease === null
      ? was?.lease != null
        ? ['lease given back']
        : []
      : was?.lease == null || was.lease.token !== state.lease.token
        ? ['lease taken']
        : was.lease.until === state.lease.until
          ? []
          : ['lease renewed'];
  const { summary } = state;
  const end = summary === null || summary === was?.summary ? [] : [summary.told ? 'told' : summary.applied ? 'completed' : 'end kept'];
  const turn = record.turn === (before?.record.turn ?? -1) ? [] : [`turn ${record.turn}`];
  return [...replied, ...turn, ...leases, ...end, ...ordered].join(', ') || 'a commit';
}

describe('what a call does next', async () => {
  const world = await World.open([desk], { store: Object.assign(createMemoryStore(), { shared: true }) });
  const all = await standings(world);
  const { context } = world;
  const surroundings: Env = {
    now: world.clock.now(),
    flowTime: null,
    settings: context.settings,
    flows: context.flows,
    shared: true,
    canSeal: false,
    runsHere: false,
    resumed: false,
    trouble: null,
  };
  it.each(Object.entries(all))('when %s', (_where, standing) => {
    const { found, env = {} } = standing;
    const given = { ...surroundings, ...env };
    const isDue = found.call === null ? found : { ...found, call: { ...found.call, record: { ...found.call.record, dueAt: given.now } } };
    const table = Object.entries(inputs(world, standing, given)).map(([what, input]) => {
      const decision = DECIDE[input.kind](input.kind === 'due' ? isDue : found, input as never, given);
      return `${what}: ${words(decision, found.call)}`;
    });
    expect(table).toMatchSnapshot();
  });
});
