import { isHookswitchError } from '@hookswitch/dsl';
import type { HookCalls } from './hook-calls.ts';
import type { Hooks } from './options.ts';
import type { SessionName } from '../calls/input.ts';
import { sessionErrorOf } from '../calls/session-error.ts';
import type { CallsObserver } from '../calls/context.ts';
import type { CallRecord } from '../store/store.ts';
import { maskText } from '../observe/mask-text.ts';
import type { Metrics } from '../observe/telemetry.ts';
import type { SteadyLog } from '../observe/steady-log.ts';

/** Tells metrics, log and hooks what sessions do. */
export function createCallsObserver(log: SteadyLog, metrics: Metrics, hooks: Hooks, calls: HookCalls): CallsObserver {
  return {
    held: (call, turn) => {
      metrics.hold(call.flow);
      log.info({ ...lineOf(call), turn }, 'held: steps take longer than the budget');
    },
    fallback: (call, reason, error, session) => {
      metrics.fallback(reason);
      const why = error === null ? {} : { err: error };
      log.error({ ...lineOf(call), ...sessionLine(session), reason, ...why }, 'a caller hears the fallback');
      calls.call('onFallback', () => hooks.onFallback?.(call, reason, error));
    },
    duplicate: (call, turn) => {
      metrics.duplicate('vca');
      log.debug({ ...lineOf(call), turn }, 'a webhook came again');
    },
    diverged: (call, error) => {
      metrics.divergence(call.flow);
      log.error({ ...lineOf(call), err: error }, 'journal and code disagree');
      calls.call('onError', () => hooks.onError?.(error, call));
    },
    suspectedPerAction: (call) => {
      metrics.perActionSuspected(call.flow);
      log.warn(
        lineOf(call),
        'no digits came sooner than the capture can end: the platform seems to ask after each action; set delivery: "action"',
      );
    },
    oddDigits: (call, problem) => {
      metrics.oddDigits(problem);
      log.warn({ ...lineOf(call), problem }, 'the platform reports digits that the capture could not have delivered');
    },
    stepSettled: (call, step, ok, ms, attempts) => {
      metrics.step(step, ok ? 'ok' : 'failed', ms);
      log[ok ? 'debug' : 'warn']({ ...lineOf(call), step, ms, attempts }, ok ? 'step done' : 'step failed');
    },
    flowFailed: (call, error) => {
      log.error({ ...lineOf(call), err: error }, 'the flow threw');
      calls.call('onError', () => hooks.onError?.(error, call));
    },
    sessionFailed: (call, error, counted) => {
      const { errorCode, rule } = error;
      if (!counted) metrics.sessionError(String(errorCode ?? 'none'));
      log.error({ ...lineOf(call), rule, errorCode, err: error }, 'the session ended in an error');
      calls.call('onError', () => hooks.onError?.(error, call));
    },
    endFailed: (call, error) => {
      log.error({ ...lineOf(call), err: error }, 'onEnd failed; it is called again');
      calls.call('onError', () => hooks.onError?.(error, call));
    },
    storeFailed: (error) => {
      metrics.storeError(isHookswitchError(error) ? error.code : 'unknown');
      log.error({ err: error }, 'the store failed');
      calls.call('onError', () => hooks.onError?.(error, null));
    },
    logged: (call, { message, fields }) => {
      // An author may put what was pressed into a message; logs never show it.
      log.info({ ...lineOf(call), data: fields }, maskText(message, 'strict'));
    },
    resultRefused: (call, error) => {
      log.error({ ...lineOf(call), err: error }, 'what the flow returned is no result');
      calls.call('onError', () => hooks.onError?.(error, call));
    },
    tagged: (call, tags) => {
      for (const [name, value] of tags) metrics.tagged(call.flow, name, value);
    },
    counted: (call, ending, exit) => {
      metrics.ended(call.flow, call.flowVersion, ending);
      if (exit !== null) metrics.exit(call.flow, exit);
    },
    turnedAway: (call) => {
      metrics.turnedAway(call.flow);
      log.info(lineOf(call), 'a call was turned away: intake is closed');
    },
    warned: (call, message) => {
      log.warn(lineOf(call), message);
    },
    status: (webhook, call) => {
      calls.call('onStatus', () => hooks.onStatus?.(webhook, call));
    },
    recording: (webhook, call) => {
      calls.call('onRecording', () => hooks.onRecording?.(webhook, call));
    },
    unknownSession: (webhook) => {
      log.warn({ kind: webhook.kind, ...sessionLine(webhook) }, 'a webhook of a session that is not known');
      const error = sessionErrorOf({ ...webhook, errorMessage: webhook.errorMsg }, null);
      if (error !== null) {
        metrics.sessionError(String(error.errorCode ?? 'none'));
        log.error(
          { ...sessionLine(webhook), rule: error.rule, errorCode: error.errorCode },
          'a session that is not known ended in an error',
        );
      }
      calls.call('onUnknownSession', () => hooks.onUnknownSession?.(webhook));
    },
  };
}

/** What stands on a line that speaks of a session which is no call of ours. */
export function sessionLine(session: SessionName | null | undefined): Record<string, unknown> {
  return session == null ? {} : { subAccountId: session.subAccountId, sessionId: session.sessionId };
}

/** What stands on every line that speaks of a call. */
export function lineOf(call: CallRecord | null): Record<string, unknown> {
  return call === null ? {} : { call: call.id, flow: call.flow, site: call.site };
}
