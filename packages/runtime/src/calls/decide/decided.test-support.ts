import type { CallStatusWebhook, RecordingWebhook } from '../../payloads/webhook.ts';
import type { Call, Decision, Env } from '../call.ts';
import { World } from '../calls.test-support.ts';
import type { CallInput, PlaceRequested, PostOutcome, Vca } from '../input.ts';
import { DECIDE } from './decide.ts';
import { desk, OUTBOUND, placedStandings, reminder, sharedStore, type Standing, standings, summaryOf } from './standings.test-support.ts';

const recording = { kind: 'vru', status: 'UPLOAD_COMPLETED', recordingId: 'r', durationSeconds: 3, raw: {} } as RecordingWebhook;
const status = { kind: 'vcs', callStatus: 'CALL_CONNECTED', sipCode: 200, raw: {} } as CallStatusWebhook;

/** What can happen to a call, by its name. */
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

/** What is decided of a call when something happens to it. */
export interface Decided {
  readonly what: string;
  readonly decision: Decision;
  readonly before: Call | null;
  readonly now: number;
}

/** Each standing by its name, with a function that decides all inputs. */
export async function allStandings(): Promise<readonly (readonly [string, () => readonly Decided[]])[]> {
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
  return Object.entries(all).map(([where, standing]) => [where, () => decideAll(world, standing, surroundings)] as const);
}

function decideAll(world: World, standing: Standing, surroundings: Env): readonly Decided[] {
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
  return Object.entries(inputs(world, standing, given)).map(([what, input]) => {
    const decision = DECIDE[input.kind](what === 'it is due' ? isDue : found, input as never, given);
    return { what, decision, before: found.call, now: given.now };
  });
}
