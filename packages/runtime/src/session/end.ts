import type { Entry } from '@hookswitch/dsl';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { maskWebhook } from '../observe/redact.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import { isSealed, type Sealer, type SealPlace } from '../security/seal.ts';
import { isLeftToOthers } from './ahead.ts';
import { ERASED, eraseEntry } from './erase-entry.ts';
import type { Commit, JournalRow, TurnRow } from '../store/store.ts';
import type { SessionSummaryEvent } from './events.ts';
import { hidesDigits, type LiveCall, shownText } from './live-call.ts';
import { endIfOver, isHopeless, newLease, startWork } from './perform.ts';
import type { CallRegistry } from './registry.ts';
import type { Summary } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { sessionErrorOf } from './session-error.ts';
import { tellEnd, tellingUntil } from './tell-end.ts';

const MOST_RACES = 20;

/** Keeps the summary of a session, and says of which call in the end, and whether it is the first one. */
export async function storeSummary(
  context: SessionContext,
  registry: CallRegistry,
  first: LiveCall,
  event: SessionSummaryEvent,
): Promise<{ readonly call: LiveCall; readonly isFirst: boolean }> {
  let call = first;
  for (let races = 0; ; races++) {
    try {
      return { call, isFirst: await keepSummary(context, call, event) };
    } catch (error) {
      if (!(error instanceof CallChangedError) || races >= MOST_RACES) throw error;
      const { lease } = call.state;
      const caughtUp = call.work !== null && lease !== null && (await call.exclusive(() => call.catchUp(lease.token)));
      if (!caughtUp) registry.drop(call);
      const { subAccountId, sessionId } = event;
      // A call that was never saved may have lost its session to another process, under another id.
      call = (await registry.find({ id: call.record.id })) ?? (await registry.find({ subAccountId, sessionId })) ?? call;
    }
  }
}

/** The same as long as nobody else changes the call, and `unless` does not hold. Throws `CallChangedError`. */
export function keepSummary(
  context: SessionContext,
  call: LiveCall,
  event: SessionSummaryEvent,
  unless: () => boolean = () => false,
): Promise<boolean> {
  return call.exclusive(async () => {
    if (call.state.summary !== null || unless()) return false;
    const seenAt = context.clock.now();
    await call.commit({
      state: { summary: summaryOf(context, call, event) },
      record: { status: 'ending', seenAt, sessionId: call.record.sessionId ?? event.sessionId },
    });
    return true;
  });
}

/** What is kept of a summary. Nobody knows all that platforms put into one, so digits are masked where they may not be stored. */
function summaryOf(context: SessionContext, call: LiveCall, event: SessionSummaryEvent): Summary {
  return {
    status: event.status,
    at: event.at ?? context.clock.now(),
    errorCode: event.errorCode,
    errorMessage: event.errorMessage === null ? null : shownText(call, event.errorMessage),
    bridge: event.bridge,
    raw: call.state.sealed || hidesDigits(call) ? maskWebhook(event.raw, { digits: 'mask', numbers: 'keep' }) : event.raw,
    ...(event.counted === true ? { counted: true } : {}),
    applied: false,
    told: false,
  };
}

/**
 * Gives a stored summary to the flow: a running step's signal aborts, `finally` blocks run, the call is completed, `onEnd` is told. Safe to call again at any time;
 * resolves when it is done, or when somebody else's lease stands in the way (the sweeper comes back).
 */
export async function applyEnd(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  let next: EndStep;
  let isMine = false;
  const completed = (): void => {
    isMine = true;
  };
  do {
    call.work?.gone.abort();
    await call.work?.done;
    next = await call.exclusive(() => beginEnd(context, registry, call, completed));
  } while (next === 'wait');
  if (next === 'tell' || isMine) await tellEnd(context, call);
  registry.drop(call);
}

/** What is left of an end: steps that run here to be waited for, `onEnd` to be told, or nothing that could be done here and now. */
type EndStep = 'wait' | 'tell' | 'nothing';

async function beginEnd(context: SessionContext, registry: CallRegistry, call: LiveCall, completed: () => void): Promise<EndStep> {
  const { summary, lease, tellAfter } = call.state;
  if (summary === null) return 'nothing';
  // The summary came again meanwhile: its steps are run by whoever was first.
  if (call.work !== null) return 'wait';
  if (summary.applied) {
    if (summary.told || tellAfter > context.clock.now()) return 'nothing';
    await call.commit({ state: { tellAfter: tellingUntil(context) } });
    return 'tell';
  }
  if (lease !== null && lease.until > context.clock.now() && context.store.shared) return 'nothing';
  if (isLeftToOthers(context, call)) return 'nothing';
  if (isHopeless(lease)) {
    await complete(context, call);
    return 'tell';
  }
  // A step that was begun runs to its end first, under its key: whoever had it may have done it already.
  if (lease === null || call.position.wait !== 'step') endIfOver(context, call);
  if (call.position.wait !== 'step') {
    await complete(context, call);
    return 'tell';
  }
  const own = newLease(context, lease);
  await call.commit({ state: { lease: own } });
  startWork(context, registry, call, own, () => complete(context, call).then(completed));
  return 'wait';
}

/** Completes the record, and erases what is sensitive in the same moment: nobody comes back to a call that is complete. */
async function complete(context: SessionContext, call: LiveCall): Promise<void> {
  const { summary, error, sealed } = call.state;
  if (summary === null) return;
  const problem = sessionErrorOf(summary, call.state.sentVoice ?? call.state.acceptedVoice);
  const isCancelled = call.record.status === 'cancelled';
  const failed =
    problem !== null || error !== null || call.position.error !== null || summary.status === 'ERROR' || summary.status === 'FAILED';
  const rewrite = sealed ? await erasure(context, call) : undefined;
  await call.commit({
    state: {
      ...(problem === null ? {} : { error: error ?? { code: problem.code, message: shownText(call, problem.message) } }),
      summary: { ...summary, applied: true, raw: sealed ? null : summary.raw },
      lease: null,
      tellAfter: tellingUntil(context),
    },
    // Our own clock: what is kept, and for how long, must not depend on the platform's.
    record: { status: isCancelled ? 'cancelled' : failed ? 'failed' : 'ended', endedAt: context.clock.now() },
    ...(problem === null
      ? {}
      : {
          timeline: [
            toTimelineRow(context.clock.now(), {
              kind: 'error',
              code: problem.errorCode,
              rule: problem.rule,
              message: shownText(call, problem.message),
            }),
          ],
        }),
    ...(rewrite === undefined ? {} : { rewrite }),
  });
  if (problem !== null) context.observer.sessionFailed(call.record, problem, summary.counted === true);
  if (call.position.error !== null) context.observer.flowFailed(call.record, call.position.error);
}

/** What sealed rows are to become: the session is over, nobody needs to replay it. */
async function erasure(context: SessionContext, call: LiveCall): Promise<NonNullable<Commit['rewrite']>> {
  const { id } = call.record;
  // Only what the store has can be rewritten.
  await call.commit();
  const stored = await context.store.load({ id });
  return erasedRows(context.sealer, id, stored?.journal ?? [], await context.store.turns(id));
}

/** What sealed rows are replaced by when a session is over. */
export function erasedRows(
  sealer: Sealer,
  callId: string,
  journal: readonly JournalRow[],
  turns: readonly TurnRow[],
): NonNullable<Commit['rewrite']> {
  const sealed = journal.filter((row) => isSealed(row.data));
  const answered = turns.filter((row) => row.answer !== null && isSealed(row.answer));
  return {
    journal: sealed.map((row) => ({ ...row, data: erased(sealer, row.data, { callId, index: row.index }) })),
    turns: answered.map((row) => ({ ...row, answer: ERASED })),
  };
}

/** What is left of a sealed entry: where and when something was answered, and its length; less where its key is gone. */
function erased(sealer: Sealer, data: string, place: SealPlace): string {
  try {
    return JSON.stringify(eraseEntry(JSON.parse(sealer.open(data, place)) as Entry));
  } catch {
    return ERASED;
  }
}
