import type { Entry } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { CallStatusWebhook, RecordingWebhook } from '../../payloads/webhook.ts';
import type { Call, Decision, Env } from '../call.ts';
import { World } from '../calls.test-support.ts';
import type { CallInput, PlaceRequested, PostOutcome, Vca } from '../input.ts';
import type { CallRecord } from '../../store/store.ts';
import { isPosting, isUnplaced } from '../placing.ts';
import { DECIDE } from './decide.ts';
import { desk, OUTBOUND, placedStandings, reminder, sharedStore, type Standing, standings, summaryOf } from './standings.test-support.ts';

function placingOf(record: CallRecord | undefined): 'preparing' | 'sent' | null {
  if (record === undefined) return null;
  return isUnplaced(record) ? 'preparing' : isPosting(record) ? 'sent' : null;
}

// What a call does next, by where it stands (rows) and what happens to it (columns of one row each). It reads as the specification of `decide`.

const recording = { kind: 'vru', status: 'UPLOAD_COMPLETED', recordingId: 'r', durationSeconds: 3, raw: {} } as RecordingWebhook;
const status = { kind: 'vcs', callStatus: 'CALL_CONNECTED', sipCode: 200, raw: {} } as CallStatusWebhook;

function inputs(world: World, { found: { call } }: Standing, env: Partial<Env>): Readonly<Record<string, CallInput>> {
  const at = env.now ?? world.clock.now();
  const name = { subAccountId: 'acme', sessionId: 'session-1' };
  const parties = call?.record.direction === 'outbound' ? OUTBOUND : {};
  const vca = (change: Partial<Vca>): Vca => ({ ...world.event({ ...parties, ...change }), at });
  const turn = call?.record.turn ?? 0;
  const token = call?.state.lease?.token ?? 'none';
  const settled = {
    kind: 'step-settled',
    at,
    callId: 'call-1',
    index: call?.position.journal.length ?? 0,
    outcome: { ok: true, value: 'Ann' },
    ms: 5,
    attempts: 1,
    asked: null,
  } as const;
  const asked = { turn: turn + 1, eventId: 'event', event: '{}', sentAt: null };
  const posted = (outcome: PostOutcome): CallInput => ({ kind: 'post-settled', at, callId: 'call-1', outcome });
  const place = (id: string): PlaceRequested => ({
    ...{ kind: 'place', at, id, subAccountId: 'acme', flow: 'reminder', version: '1', from: '+6560000000', to: '+6590000001', params: {} },
    ...{ language: null, clientRequestId: 'request', placing: { validUntil: null, callRecording: null } },
  });
  return {
    'its first webhook': vca({ status: 'received' }),
    'an answer': vca({ echo: { kind: 'turn', turn }, digits: '1' }),
    'an answer, at the end of its budget': { ...vca({ echo: { kind: 'turn', turn }, digits: '1' }), at: at - 4_000 },
    'a webhook that is ahead': vca({ echo: { kind: 'turn', turn: turn + 4 } }),
    'a pause that is over': vca({ echo: { kind: 'retry', turn: turn + 1, tries: 1 }, digits: '9' }),
    'the last pause is over': vca({ echo: { kind: 'retry', turn: turn + 1, tries: world.context.settings.maxRetries }, digits: '9' }),
    'a summary': summaryOf({ ...name, at }),
    'a status': { kind: 'status', at, ...name, webhook: status },
    'a recording': { kind: 'recording', at, subAccountIds: ['acme'], sessionId: 'session-1', webhook: recording },
    'its step is done': { ...settled, token },
    'its step is done, and a turn waits for it': { ...settled, token, asked },
    'its step is done, and the turn that waited was held': { ...settled, token, asked: { ...asked, turn } },
    'its step is done, at an older place': { ...settled, token, index: settled.index - 1 },
    'a step of another lease is done': { ...settled, token: 'other' },
    'its step runs still': { kind: 'still-running', at, callId: 'call-1', token },
    'it is looked after': { kind: 'due', at, callId: 'call-1' },
    'it is due': { kind: 'due', at, callId: 'call-1' },
    'its end is asked for': { kind: 'end-requested', at, callId: 'call-1' },
    'it is placed': place('call-1'),
    'it is placed again': place('call-2'),
    'its post is answered': posted({ is: 'created', sessionId: 'session-1' }),
    'its post is answered without a session': posted({ is: 'created', sessionId: '' }),
    'its post is refused': posted({ is: 'refused', code: 'no', message: 'no such number', statusCode: -1002 }),
    'its post gets no answer': posted({ is: 'unknown', code: 'reset', message: 'reset' }),
    'onEnd has returned': { kind: 'end-told', at, callId: 'call-1', error: null },
    'onEnd has failed': { kind: 'end-told', at, callId: 'call-1', error: { thrown: new Error('down') } },
  };
}

const NOTHING = 'nothing changes';

/** A decision in a few words: the reply, what changes, what is ordered. */
function words({ reply, wait, change, orders }: Decision, before: Call | null, at: number): string {
  const replied = reply === null ? (wait === null ? [] : ['waits']) : 'outcome' in reply ? [reply.outcome] : [];
  const ordered = orders.map(({ kind }) => kind);
  if (change === null) return [...replied, NOTHING, ...ordered].join(', ');
  if (change.kind === 'inbox') return [...replied, change.pending ? 'kept until its call is known' : 'kept beside', ...ordered].join(', ');
  const { record, state } = change.call;
  const bound = record.sessionId !== (before?.record.sessionId ?? null) ? ['session bound'] : [];
  const taken = (change.commit.takes?.length ?? 0) > 0 ? ['takes what came before'] : [];
  const now = record.status === before?.record.status ? [] : [record.status];
  const entries = (change.commit.journal ?? []).map(({ data }) => shown(JSON.parse(data) as Entry));
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
  const end =
    summary === null || summary === was?.summary
      ? []
      : [summary.told ? 'told' : `${summary.applied ? 'completed' : 'end kept'}: ${summary.status}`];
  const claimed = change.commit.turn?.answer === null ? ['event kept'] : [];
  const post = placingOf(record) === placingOf(before?.record) ? [] : [`post ${placingOf(record) ?? 'over'}`];
  const due =
    record.dueAt === before?.record.dueAt
      ? []
      : [record.dueAt === null ? 'never due' : `due in ${Math.round((record.dueAt - at) / 1_000)} s`];
  const turn = record.turn === (before?.record.turn ?? -1) ? [] : [`turn ${record.turn}`];
  return (
    [...replied, ...now, ...bound, ...taken, ...entries, ...claimed, ...turn, ...leases, ...end, ...post, ...due, ...ordered].join(', ') ||
    'a commit'
  );
}

/** What a flow is told. */
function shown(entry: Entry): string {
  if ('ended' in entry) return 'the flow is told the end';
  const value = 'error' in entry ? entry.error.name : 'value' in entry ? entry.value : null;
  const outcome = typeof value === 'object' && value !== null && 'outcome' in value ? value.outcome : value;
  return `the flow is told ${JSON.stringify(outcome)}`;
}

describe('what a call does next', async () => {
  const world = await World.open([{ flow: desk, default: true }, reminder], { store: sharedStore() });
  const all = { ...(await standings(world)), ...(await placedStandings()) };
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
    // Who looks for what is due does not read what came before a session was known.
    const isDue =
      found.call === null || found.call.record.dueAt === null
        ? { ...found, inbox: [] }
        : {
            ...found,
            inbox: found.call.record.sessionId === null ? [] : found.inbox,
            call: { ...found.call, record: { ...found.call.record, dueAt: given.now } },
          };
    const cells = Object.entries(inputs(world, standing, given)).map(([what, input]) => {
      const decision = DECIDE[input.kind](what === 'it is due' ? isDue : found, input as never, given);
      return [what, words(decision, found.call, given.now)] as const;
    });
    const idle = cells.filter(([, does]) => does === NOTHING).map(([what]) => what);
    const table = [
      ...cells.filter(([, does]) => does !== NOTHING).map(([what, does]) => `${what}: ${does}`),
      `${NOTHING}: ${idle.join('; ')}`,
    ];
    expect(table).toMatchSnapshot();
  });
});
