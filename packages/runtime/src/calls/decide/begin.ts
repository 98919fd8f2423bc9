/** How a call begins, and how it gets its session: with whatever came for that session before. */
import type { Call as FlowCall, CompiledFlow } from '@hookswitch/dsl';
import { maskWebhook } from '../../observe/redact.ts';
import type { CallRecord, InboxRow } from '../../store/store.ts';
import type { Call, Env, Found } from '../call.ts';
import type { Draft } from '../draft.ts';
import { Secrets } from '../hidden/secrets.ts';
import type { Summary } from '../input.ts';
import { initialState } from '../state.ts';
import { keepSummary } from './end.ts';

/** What is known of a call when it begins. */
export type CallFacts = Pick<
  FlowCall,
  'id' | 'direction' | 'sessionId' | 'subAccountId' | 'from' | 'to' | 'fromCountry' | 'toCountry' | 'language' | 'params'
> & { readonly legId: string | null; readonly clientRequestId: string | null };

/** Starts a flow for a new call. Nothing is stored before its first commit. */
export function begin(compiled: CompiledFlow, { legId, clientRequestId, ...facts }: CallFacts, env: Env): Call {
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
  };
  const state = initialState(call, legId);
  return { record, state, compiled, position: compiled.start(call), isAhead: false, broken: null, answered: null, secrets: Secrets.none };
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
  return { status, errorCode, webhook: maskWebhook(raw, { digits: 'mask', numbers: 'keep' }), summary: { ...input, webhook: fields } };
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
  draft.record({ sessionId, status: numbered }).state({ post: null, placing: null });
}
