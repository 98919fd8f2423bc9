/**
 * How a call begins and gets its session, with whatever came for that session before; and what follows of itself once its flow has moved: a step is ordered, a call
 * completed, a post made, a turn answered. Every input that moves a flow ends here.
 */
import { type Call as FlowCall, type CompiledFlow, type Step, stepFailure, type StepOutcome } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import { SealKeyMissingError } from '../../errors/seal-key-missing-error.ts';
import { StepLeftError } from '../../errors/step-left-error.ts';
import { maskDigitsOf } from '../../observe/redact.ts';
import type { CallRecord, InboxRow } from '../../store/store.ts';
import type { Call, Env, Found, Order, Reply } from '../call.ts';
import type { Draft } from '../draft.ts';
import { Secrets } from '../hidden/secrets.ts';
import type { TurnRequest, Summary } from '../input.ts';
import type { ClosedIntake } from '../overrides.ts';
import { isUnplaced } from '../placing.ts';
import { respond } from '../reply/answers.ts';
import { type Lease, USUAL_STATE } from '../state.ts';
import { complete, giveEnd, keepSummary } from './end.ts';
import { postOrRefuse } from './post.ts';
import { takeKept, timeOut } from './waits.ts';

/** How often a step is taken over from processes that have left it. Then it has failed: it may be what ends them. */
export const MAX_TAKEOVERS = 3;

/** What is known of a call when it begins. */
export type CallFacts = Pick<
  FlowCall,
  'id' | 'direction' | 'sessionId' | 'subAccountId' | 'from' | 'to' | 'fromCountry' | 'toCountry' | 'language' | 'params'
> & { readonly legId: string | null; readonly clientRequestId: string | null };

/** Starts a flow for a new call, or turns it away where intake is closed. Nothing is stored before its first commit. */
export function begin(
  compiled: CompiledFlow,
  { legId, clientRequestId, ...facts }: CallFacts,
  env: Env,
  closed: ClosedIntake | null = null,
): Call {
  const call = Object.freeze({ startedAt: env.flowTime ?? env.now, ...facts }) as FlowCall;
  const { id, direction, sessionId, subAccountId, from, to } = facts;
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
    startedAt: env.now,
    seenAt: env.now,
    endedAt: null,
    dueAt: null,
    clientRequestId,
    state: '',
    tags: {},
    result: null,
    counted: false,
  };
  const { fromCountry, toCountry, language, params } = call;
  const state = { ...USUAL_STATE, fromCountry, toCountry, language, params, legId };
  return {
    record,
    state,
    compiled,
    position: closed === null ? compiled.start(call) : compiled.start(call, { says: closed.says }),
    isAhead: false,
    broken: null,
    answered: null,
    secrets: Secrets.none,
    kept: [],
    placing: null,
  };
}

/** The rows that a commit takes which gives a call its session. */
export function pendingOf({ inbox }: Found): Found['inbox'] {
  return inbox.filter(({ pending }) => pending);
}

/** Takes what came for the session before: true when it is over already. */
export function takeEarly(draft: Draft, found: Found): boolean {
  const row = pendingOf(found).find(({ kind }) => kind === 'summary');
  if (row === undefined) return false;
  // Its error was counted when it came.
  keepSummary(draft, fromEarly(row), true);
  return true;
}

/** A summary of a session that is not known yet, as its row keeps it: digits masked, for it may stand at a sensitive site. */
interface EarlySummary {
  readonly status: string;
  readonly errorCode: number | null;
  readonly webhook: unknown;
  readonly summary: Omit<Summary, 'at' | 'webhook'> & { readonly webhook: Omit<Summary['webhook'], 'raw'> };
}

/** What is kept of it; the same for each delivery. */
export function toEarly({ at: _, webhook: { raw, ...fields }, ...input }: Summary): EarlySummary {
  const { status, errorCode } = input;
  return { status, errorCode, webhook: maskDigitsOf(raw), summary: { ...input, webhook: fields } };
}

/** The same as a row that nobody has taken. */
export function toEarlyRow(summary: Summary): Found['inbox'][number] {
  const { subAccountId, sessionId, at } = summary;
  return { subAccountId, sessionId, kind: 'summary', digest: '', at, data: JSON.stringify(toEarly(summary)), pending: true };
}

function fromEarly({ at, data }: Pick<InboxRow, 'at' | 'data'>): Summary {
  const { webhook, summary } = JSON.parse(data) as EarlySummary;
  return { ...summary, at, webhook: { ...summary.webhook, raw: webhook } };
}

/** Gives a placed call its session: its post needs no answer any more. */
export function bind(draft: Draft, sessionId: string): void {
  const { status } = draft.call.record;
  const numbered = status === 'failed' ? 'failed' : draft.call.state.endRequested ? 'ending' : 'live';
  // It is known now what came of its post.
  const { error } = draft.call.state;
  draft.record({ sessionId, status: numbered }).state({ error: status === 'unknown' ? null : error });
}

/**
 * Goes on from where the flow stands now. `asked` is the turn that waits, if any; `left` the lease of whoever has left the step that is waited for. Gives the answer
 * to the turn, or null where there is none yet.
 */
export function onward(draft: Draft, asked: TurnRequest | null, left: Lease | null = null): Reply | null {
  if (draft.call.state.summary !== null) giveEnd(draft);
  if (draft.call.position.wait === 'signal') takeKept(draft);
  const { position, state, record } = draft.call;
  if (position.wait === 'step') {
    const takeovers = left === null ? 0 : (left.takeovers ?? 0) + 1;
    const token = state.lease !== null && left === null ? state.lease.token : String(record.revision);
    draft.state({ lease: { token, until: draft.env.now + draft.env.settings.lease, takeovers } });
    draft.order(stepOrder(draft.call, draft.env, asked));
    return null;
  }
  const { lease } = state;
  draft.state({ lease: null });
  if (state.summary !== null) {
    complete(draft);
    return null;
  }
  if (draft.call.placing !== null && isUnplaced(draft.call.record)) {
    if (!postOrRefuse(draft)) return null;
    // Whoever ran the steps before tidies up, too, under the same lease.
    if (left === null) draft.state({ lease });
    return onward(draft, null);
  }
  // A hold may have answered the turn meanwhile: then the batch waits for the next one.
  if (asked === null || asked.turn !== record.turn + 1) return null;
  return position.wait === 'signal' && timeOut(draft) ? onward(draft, asked) : respond(draft, asked);
}

/**
 * The session is over: the flow is told, does what is left, and the call is completed. A step that was begun runs to its end first, under its key (`left` is the lease of
 * whoever has left it): it may be done already. Where a step was given up, nothing of the call is begun again.
 */
export function finish(draft: Draft, left: Lease | null): void {
  const { position, record } = draft.call;
  const isGivenUp = left === null && position.wait === 'step' && record.revision > 1;
  if (isHopeless(left) || isGivenUp) {
    const error = left === null ? null : { code: 'internal', message: messageOf(stepLeft(draft.call, left)) };
    complete(draft, error);
    return;
  }
  // A step that was not begun yet never is.
  if (left === null) giveEnd(draft, true);
  onward(draft, null, left);
}

/** The order to run the step that a call waits for. */
export function stepOrder(call: Call, env: Env, asked: TurnRequest | null): Order {
  const { record, position, state } = call;
  const effect = position.effect as Step<unknown>;
  const { token = '', takeovers = 0 } = state.lease ?? {};
  return {
    kind: 'run-step',
    call: record,
    token,
    index: position.journal.length,
    key: position.stepKey ?? '',
    site: position.site,
    effect,
    // What a flow still does when its caller has gone is not to be cut short.
    abortable: state.summary === null && !position.uninterruptible,
    refused: refused(effect, takeovers, env),
    asked,
  };
}

/** The outcome of a step that must not run: its result could not be sealed, or too many processes have died while they ran it. Null for a step that may run. */
function refused({ name, sensitive }: Step<unknown>, takeovers: number, { canSeal }: Env): StepOutcome | null {
  if (sensitive && !canSeal) return failed(new SealKeyMissingError(null));
  return takeovers > MAX_TAKEOVERS ? failed(new StepLeftError(name, takeovers)) : null;
}

/** A step that has failed with what was thrown. */
export function failed(error: unknown): StepOutcome {
  return { ok: false, error: stepFailure(error) };
}

/** Whether not even the failure of a step that is left over and over could be saved: nothing of this call is begun again. */
export function isHopeless(left: Lease | null): boolean {
  return (left?.takeovers ?? 0) > MAX_TAKEOVERS;
}

/** Why such a call ends. */
export function stepLeft({ position }: Call, left: Lease): StepLeftError {
  return new StepLeftError(position.site, left.takeovers ?? 0);
}

/** How long what is due of a call stays with those who have its code, ms. Then they are taken to be gone, as when a deploy was taken back. */
const LEFT_TO_OTHERS = 60_000;

/**
 * Whether others have to see to what is due of a call: it began on a newer version than this server has, as happens while servers are replaced one by one.
 * Its webhooks are answered with a hold meanwhile, for the next one may reach such a server.
 */
export function isLeftToOthers({ isAhead, record }: Call, { now }: Env): boolean {
  return isAhead && record.dueAt !== null && now < record.dueAt + LEFT_TO_OTHERS;
}
