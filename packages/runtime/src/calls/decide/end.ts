/** How a call ends: its summary is kept, given to the flow once no step is outstanding, and what the flow still does is done; then it is completed and told. */
import { maskWebhook } from '../../observe/redact.ts';
import type { Env } from '../call.ts';
import { type Draft, hidesDigits, shownText } from '../draft.ts';
import type { Summary } from '../input.ts';
import { measuredTags } from '../noted.ts';
import { sessionErrorOf } from '../session-error.ts';
import { idleSummary, type KeptSummary } from '../state.ts';
import { forgetKept } from './waits.ts';

/** How long `onEnd` may take, and, as long as one process tells it, no other one does. Milliseconds. */
export const END_HOOK_TIMEOUT = 30_000;
const TELLING = END_HOOK_TIMEOUT + 5_000;
/** Levels of a summary that are kept. */
const MAX_DEPTH = 40;
/** Pauses after `onEnd` has failed: doubled each time. */
const FIRST_PAUSE = 5_000;
const MAX_PAUSE = 600_000;

/** Keeps the summary of a session. `counted`: it came before anybody knew the session, and its error was counted then. */
export function keepSummary(draft: Draft, summary: Summary, counted = false): void {
  draft
    .state({ summary: { ...keptSummary(draft, summary), ...(counted ? { counted } : {}) } })
    .record({ status: 'ending', seenAt: draft.env.now });
}

/** Closes a session of which nothing has been heard for too long. */
export function keepIdle(draft: Draft): void {
  draft.state({ summary: idleSummary(draft.env.now) }).record({ status: 'ending', seenAt: draft.env.now });
}

/** What is kept of a summary. Nobody knows all that platforms put into one, so digits are masked where they may not be stored. */
function keptSummary(draft: Draft, { status, endedAt, errorCode, errorMessage, bridge, webhook }: Summary): KeptSummary {
  const { call, env } = draft;
  const isMasked = call.state.sealed || hidesDigits(call);
  return {
    status,
    at: endedAt ?? env.now,
    errorCode,
    errorMessage: errorMessage === null ? null : shownText(call, errorMessage),
    bridge,
    raw: isMasked || isDeep(webhook.raw) ? maskWebhook(webhook.raw, { digits: isMasked ? 'mask' : 'keep', numbers: 'keep' }) : webhook.raw,
    applied: false,
    told: false,
  };
}

/** Whether it is nested so deeply that not all of it can be kept as JSON. No summary of 8x8's is. */
function isDeep(raw: unknown): boolean {
  let level: readonly unknown[] = [raw];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value): readonly unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}

/**
 * Gives the flow the end of its session, once. While a step is outstanding, only together with its outcome (`settling`): the entry of the end would give the step
 * another place in the journal, and with it another idempotency key for whoever takes over.
 */
export function giveEnd(draft: Draft, settling = false): void {
  const { state, position } = draft.call;
  const { summary } = state;
  if (summary === null || position.ending || (position.wait === 'step' && !settling)) return;
  draft.advance({ type: 'SESSION_ENDED', at: draft.time, ...(summary.bridge === null ? {} : { bridge: summary.bridge }) });
}

/** Completes the record, and erases what is sensitive in the same commit: nobody comes back to a call that is complete. Then `onEnd` is told. */
export function complete(draft: Draft, error: { readonly code: string; readonly message: string } | null = null): void {
  const { state, position, record, broken } = draft.call;
  const { summary, sealed } = state;
  if (summary === null) return;
  const { now } = draft.env;
  const problem = sessionErrorOf(summary, state.sentVoice ?? state.acceptedVoice);
  const threw = broken === null ? position.error : null;
  // Where its caller has heard the fallback for it.
  const isReported = state.error?.code === 'flow-error' || state.error?.code === 'divergence';
  if (problem !== null) {
    const message = shownText(draft.call, problem.message);
    draft
      .state({ error: state.error ?? { code: problem.code, message } })
      .row({ kind: 'error', code: problem.errorCode, rule: problem.rule, message })
      .note({ kind: 'session-failed', error: problem, counted: summary.counted === true });
  }
  if (error !== null) draft.state({ error });
  if (threw != null && !isReported) draft.note({ kind: 'flow-failed', error: threw });
  const measured = measuredTags(record, draft.call.compiled.flow.options.tags);
  if (measured.length > 0) draft.note({ kind: 'tagged', tags: measured });
  const failed = threw != null || draft.call.state.error !== null || summary.status === 'FAILED';
  // Nobody waits for them any longer.
  forgetKept(draft);
  if (sealed || broken !== null) draft.erase();
  draft
    .state({
      summary: { ...summary, applied: true, raw: sealed || broken !== null ? null : summary.raw },
      lease: null,
      tellAfter: tellingUntil(draft.env),
    })
    // Our own clock: what is kept, and for how long, must not depend on the platform's.
    .record({ status: record.status === 'cancelled' ? 'cancelled' : failed ? 'failed' : 'ended', endedAt: now })
    .order({ kind: 'tell-end', call: draft.call });
}

/** Until then the process that completes a call is the only one that calls `onEnd` for it; later any process may that finds the call due. */
export function tellingUntil({ now }: Env): number {
  return now + TELLING;
}

/** How long after its `endFailures`-th failure `onEnd` is called again. It is called until it returns, or the call is pruned. */
export function pauseAfter(endFailures: number): number {
  return Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** endFailures);
}
