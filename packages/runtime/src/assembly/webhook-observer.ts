import type { HookCalls } from './hook-calls.ts';
import type { Hooks } from './options.ts';
import type { Clock } from '../clock.ts';
import { callTimeline, sessionTimeline } from '../session/call-timeline.ts';
import { sessionErrorOf } from '../session/session-error.ts';
import type { SubAccounts } from '../webhook/sub-accounts.ts';
import type { CallRecord, Store, StoredCall } from '../store/store.ts';
import type { Webhook } from '../webhook/parse/webhook.ts';
import type { Noted, WebhookObserver } from '../webhook/plugin.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { SteadyLog } from '../observe/steady-log.ts';
import { maskWebhook } from '../observe/redact.ts';
import { seldom } from '../observe/seldom.ts';
import { sessionLine } from './session-observer.ts';
import { type TimelineEvent, toTimelineRow } from '../observe/timeline.ts';

/** What a webhook observer works with. */
export interface WebhookObserverOptions {
  readonly store: Store;
  readonly subAccounts: SubAccounts;
  readonly clock: Clock;
  /** Milliseconds without webhooks after which a session is closed. */
  readonly idle: number;
  readonly log: SteadyLog;
  readonly metrics: Metrics;
  readonly hooks: Hooks;
  readonly calls: HookCalls;
}

/** Puts webhooks that are no turns on the timeline of their call, and tells metrics, log and hooks. */
export function createWebhookObserver({
  store,
  subAccounts,
  clock,
  idle,
  log,
  metrics,
  hooks,
  calls,
}: WebhookObserverOptions): WebhookObserver {
  const mayLog = seldom(clock);
  /** Keeps an event, and calls `tell` for the first one of its kind and content: webhooks may come again. */
  const note = async (webhook: Webhook, event: TimelineEvent, tell: (call: CallRecord | null) => void): Promise<Noted> => {
    const { subAccountId, sessionId } = { sessionId: null, ...webhook };
    const known = sessionId === null ? null : await find(subAccountId, sessionId);
    const call = known?.call ?? null;
    const place = call?.id ?? (subAccountId === null || sessionId === null ? null : sessionTimeline(subAccountId, sessionId));
    if (place !== null) {
      const row = toTimelineRow(clock.now(), event);
      const rows = call === null ? await store.timeline(place) : await callTimeline(store, call);
      if (rows.some(({ kind, data }) => kind === row.kind && data === row.data)) return 'duplicate';
      await store.append(place, [row]);
    }
    if (call !== null) await store.touch(call.id, clock.now(), clock.now() + idle);
    tell(call);
    return 'stored';
  };
  // 8x8's own sample of a recording names no subaccount.
  const find = async (subAccountId: string | null, sessionId: string): Promise<StoredCall | null> => {
    for (const owner of subAccountId === null ? subAccounts.all : [subAccountId]) {
      const found = await store.load({ subAccountId: owner, sessionId });
      if (found !== null) return found;
    }
    return null;
  };
  const masked = (webhook: Webhook): unknown => maskWebhook(webhook.raw, { digits: 'mask', numbers: 'keep' });

  return {
    received: (kind, outcome, ms) => {
      metrics.webhook(kind, outcome);
      if (kind !== 'vca' && outcome === 'duplicate') metrics.duplicate(kind);
      if (kind === 'vca') metrics.turn(outcome, ms);
    },
    refused: (reason, address) => {
      metrics.webhook('unknown', 'refused');
      const leftOut = mayLog(reason);
      if (leftOut === null) return;
      const more = leftOut === 0 ? {} : { leftOut };
      log.warn({ reason, address, ...more }, 'a webhook was refused: it does not seem to come from 8x8');
    },
    unreadable: (webhook, error) => {
      if (webhook === null) log.warn({ err: error }, 'a webhook could not be read, or not be kept');
      else {
        const { kind, reason, missing, eventType, subAccountId, sessionId } = webhook;
        log.warn({ kind, reason, missing, eventType, subAccountId, sessionId }, 'a webhook was not understood');
      }
    },
    foreign: (webhook) => {
      metrics.foreignSubAccount(webhook.kind);
      const why = 'a webhook names a subaccount that is not configured: set HOOKSWITCH_SUBACCOUNT_ID, or register its webhooks elsewhere';
      log.warn({ kind: webhook.kind, subAccountId: webhook.subAccountId }, why);
    },
    status: (webhook) =>
      note(webhook, { kind: 'status', status: webhook.callStatus, sipCode: webhook.sipCode, webhook: masked(webhook) }, (call) => {
        calls.call('onStatus', () => hooks.onStatus?.(webhook, call));
      }),
    recording: (webhook) => {
      const { status, recordingId, durationSeconds } = webhook;
      return note(webhook, { kind: 'recording', status, recordingId, seconds: durationSeconds }, (call) => {
        calls.call('onRecording', () => hooks.onRecording?.(webhook, call));
      });
    },
    number: (webhook) => {
      calls.call('onNumberUpdate', () => hooks.onNumberUpdate?.(webhook));
    },
    unknownSession: async (webhook) => {
      log.warn({ kind: webhook.kind, ...sessionLine(webhook) }, 'a webhook of a session that is not known');
      await note(webhook, { kind: 'summary', status: webhook.status, errorCode: webhook.errorCode, webhook: masked(webhook) }, () => {
        const error = sessionErrorOf({ ...webhook, errorMessage: webhook.errorMsg }, null);
        if (error !== null) {
          metrics.sessionError(String(error.errorCode ?? 'none'));
          log.error(
            { ...sessionLine(webhook), rule: error.rule, errorCode: error.errorCode },
            'a session that is not known ended in an error',
          );
        }
        calls.call('onUnknownSession', () => hooks.onUnknownSession?.(webhook));
      });
    },
  };
}
