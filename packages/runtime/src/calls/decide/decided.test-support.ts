import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../../payloads/webhook.ts';
import type { Call, Decision, Env } from '../call.ts';
import { World } from '../calls.test-support.ts';
import type { CallInput, PlaceRequested, PostOutcome, Vca } from '../input.ts';
import { DECIDE } from './decide.ts';
import { NO_OVERRIDES } from '../overrides.ts';
import { broken, desk, greeter, mute, reminder, SECRET } from './flows.test-support.ts';
import { hiddenStandings, otherFlows } from './other-standings.test-support.ts';
import { placedStandings } from './placed-standings.test-support.ts';
import { OUTBOUND, sharedStore, type Standing, standings, summaryOf } from './standings.test-support.ts';

const recording = { kind: 'vru', status: 'UPLOAD_COMPLETED', recordingId: 'r', durationSeconds: 3, raw: {} } as RecordingWebhook;
const status = { kind: 'vcs', callStatus: 'CALL_CONNECTED', sipCode: 200, raw: {} } as CallStatusWebhook;

/** Deeper than JSON is kept. */
const DEEP = { dtmf: '48151623', in: JSON.parse(`${'['.repeat(50)}${']'.repeat(50)}`) as unknown };

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
  return {
    'its first webhook': vca({ status: 'received' }),
    'an answer': vca({ echo: { kind: 'turn', turn }, digits: '1' }),
    'an answer, at the end of its budget': { ...vca({ echo: { kind: 'turn', turn }, digits: '1' }), at: at - 4_000 },
    silence: vca({ echo: { kind: 'turn', turn }, legId: 'leg-3', leg: null }),
    'silence, at no time': vca({ echo: { kind: 'turn', turn }, sentAt: null }),
    'more keys than were asked for': vca({ echo: { kind: 'turn', turn }, digits: '1'.repeat(26) }),
    'the secret, once more': vca({ echo: { kind: 'turn', turn }, digits: SECRET }),
    'an answer that its author named': vca({ echo: { kind: 'given', id: 'mine' }, digits: '1' }),
    'an answer that nobody named': vca({ echo: { kind: 'given', id: 'constructor' }, digits: '1' }),
    'a pause after what its author named': vca({ echo: { kind: 'given-retry', id: 'mine', tries: 1 }, digits: '9' }),
    'a pause before the last turn': vca({ echo: { kind: 'retry', turn: Math.max(0, turn - 1), tries: 1 }, digits: '9' }),
    'a webhook that is ahead': vca({ echo: { kind: 'turn', turn: turn + 4 } }),
    'a pause that is over': vca({ echo: { kind: 'retry', turn: turn + 1, tries: 1 }, digits: '9' }),
    'the last pause is over': vca({ echo: { kind: 'retry', turn: turn + 1, tries: world.context.settings.maxRetries }, digits: '9' }),
    'a summary': summaryOf({ ...name, at }),
    'a summary of an error': summaryOf({ ...name, at }, { status: 'ERROR', errorCode: -2003, errorMessage: `not ${SECRET}` }),
    'a summary that is nested deeply': summaryOf({ ...name, at }, { webhook: { kind: 'vss', raw: DEEP } as SessionSummaryWebhook }),
    'a summary of a failure': summaryOf({ ...name, at }, { status: 'FAILED' }),
    'a status': { kind: 'status', at, ...name, webhook: status },
    'a recording': { kind: 'recording', at, subAccountIds: ['main', 'acme'], sessionId: 'session-1', webhook: recording },
    'its step is done': { ...settled, token },
    'its step is done, and a turn waits for it': { ...settled, token, asked },
    'its step is done, and the turn that waited was held': { ...settled, token, asked: { ...asked, turn } },
    'its step has failed': { ...settled, token, outcome: { ok: false, error: { name: 'NoAccount', message: `no account ${SECRET}` } } },
    'its step is done, at an older place': { ...settled, token, index: settled.index - 1 },
    'a step of another lease is done': { ...settled, token: 'other' },
    'its step runs still': { kind: 'still-running', at, callId: 'call-1', token },
    'a step of another lease runs still': { kind: 'still-running', at, callId: 'call-1', token: 'other' },
    'it is looked after': { kind: 'due', at, callId: 'call-1' },
    'it is due': { kind: 'due', at, callId: 'call-1' },
    'its end is asked for': { kind: 'end-requested', at, callId: 'call-1' },
    'it is placed': placeRequested(at, 'call-1'),
    'it is placed again': placeRequested(at, 'call-2'),
    'its post is answered': posted({ is: 'created', sessionId: 'session-1' }),
    'its post is answered without a session': posted({ is: 'created', sessionId: '' }),
    'its post is refused': posted({ is: 'refused', code: 'no', message: 'no such number', statusCode: -1002 }),
    'its post gets no answer': posted({ is: 'unknown', code: 'reset', message: 'reset' }),
    'a signal': { kind: 'signal', at, callId: 'call-1', name: 'paid', value: { amount: 5 }, text: '{"amount":5}', key: 'k', digest: 'd' },
    'onEnd has returned': { kind: 'end-told', at, callId: 'call-1', error: null },
    'onEnd has failed': { kind: 'end-told', at, callId: 'call-1', error: { thrown: new Error('down') } },
  };
}

function placeRequested(at: number, id: string, flow = 'reminder'): PlaceRequested {
  return {
    ...{ kind: 'place', at, id, subAccountId: 'acme', flow, version: '1', from: '+6560000000', to: '+6590000001', params: {} },
    ...{ language: null, clientRequestId: 'request', placing: { validUntil: null, callRecording: null } },
  };
}

/** Calls that are placed, of which nobody knows yet. */
function placements(at: number): Readonly<Record<string, CallInput>> {
  return {
    'a call is placed that begins to speak': placeRequested(at, 'call-3', 'greeter'),
    'a call is placed in a language': { ...placeRequested(at, 'call-3', 'greeter'), language: 'zh' },
    'a call is placed that has nothing to say': placeRequested(at, 'call-3', 'mute'),
    'a call is placed that fails': placeRequested(at, 'call-3', 'broken'),
    'a call is placed from no number': { ...placeRequested(at, 'call-3', 'greeter'), from: 'nobody' },
    'a call is placed of no flow': placeRequested(at, 'call-3', 'nobody'),
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
  const world = await World.open([{ flow: desk, default: true }, reminder, greeter, mute, broken], { store: sharedStore() });
  const all = { ...(await standings(world)), ...(await hiddenStandings()), ...(await otherFlows()), ...(await placedStandings()) };
  const { context } = world;
  const surroundings: Env = {
    now: world.clock.now(),
    flowTime: null,
    flowSettings: null,
    settings: context.settings,
    flows: context.flows,
    overrides: NO_OVERRIDES,
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
  const possible = { ...inputs(world, standing, given), ...(found.call === null ? placements(given.now) : {}) };
  return Object.entries(possible).map(([what, input]) => {
    const decision = DECIDE[input.kind](what === 'it is due' ? isDue : found, input as never, given);
    return { what, decision, before: found.call, now: given.now };
  });
}

/** Cells as lines: all to which the same happens are one. */
export function grouped(cells: readonly (readonly [what: string, does: string])[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const [what, does] of cells) lines.set(does, [...(lines.get(does) ?? []), what]);
  return [...lines].map(([does, whats]) => `${whats.join(' / ')}: ${does}`);
}
