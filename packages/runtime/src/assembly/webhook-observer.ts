import type { FastifyBaseLogger } from 'fastify';
import type { Hooks } from './options.ts';
import type { Clock } from '../clock.ts';
import { sessionTimeline } from '../session/call-timeline.ts';
import type { SubAccounts } from '../webhook/sub-accounts.ts';
import type { CallRecord, Store, StoredCall } from '../store/store.ts';
import type { Webhook } from '../webhook/parse/webhook.ts';
import type { WebhookObserver } from '../webhook/plugin.ts';
import type { Metrics } from '../observe/metrics.ts';
import { maskWebhook } from '../observe/redact.ts';
import { sessionLine } from './session-observer.ts';
import { type TimelineEvent, toTimelineRow } from '../observe/timeline.ts';

/** What a webhook observer works with. */
export interface WebhookObserverOptions {
  readonly store: Store;
  readonly subAccounts: SubAccounts;
  readonly clock: Clock;
  /** Milliseconds without webhooks after which a session is closed. */
  readonly idle: number;
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly hooks: Hooks;
}

/** Puts webhooks that are no turns on the timeline of their call, and tells metrics, log and hooks. */
export function createWebhookObserver({ store, subAccounts, clock, idle, log, metrics, hooks }: WebhookObserverOptions): WebhookObserver {
  const note = async (webhook: Webhook, event: TimelineEvent): Promise<CallRecord | null> => {
    const { subAccountId, sessionId } = { sessionId: null, ...webhook };
    if (sessionId === null) return null;
    const known = await find(subAccountId, sessionId);
    const place = known?.call.id ?? (subAccountId === null ? null : sessionTimeline(subAccountId, sessionId));
    if (place !== null) await store.append(place, [toTimelineRow(clock.now(), event)]);
    if (known !== null) await store.touch(known.call.id, clock.now(), clock.now() + idle);
    return known?.call ?? null;
  };
  // 8x8's own sample of a recording names no subaccount.
  const find = async (subAccountId: string | null, sessionId: string): Promise<StoredCall | null> => {
    for (const owner of subAccountId === null ? subAccounts.all : [subAccountId]) {
      const found = await store.load({ subAccountId: owner, sessionId });
      if (found !== null) return found;
    }
    return null;
  };
  const tell = async (name: keyof Hooks, task: () => void | Promise<void> | undefined): Promise<void> => {
    try {
      await task();
    } catch (error) {
      log.error({ err: error, hook: name }, 'a hook failed');
    }
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
      log.warn({ reason, address }, 'a webhook was refused: it does not seem to come from 8x8');
    },
    unreadable: (webhook, error) => {
      if (webhook === null) log.warn({ err: error }, 'a webhook could not be read, or not be kept');
      else {
        const { kind, reason, missing, eventType, subAccountId, sessionId } = webhook;
        log.warn({ kind, reason, missing, eventType, subAccountId, sessionId }, 'a webhook was not understood');
      }
    },
    status: async (webhook) => {
      const event: TimelineEvent = { kind: 'status', status: webhook.callStatus, sipCode: webhook.sipCode, webhook: masked(webhook) };
      const call = await note(webhook, event);
      await tell('onStatus', () => hooks.onStatus?.(webhook, call));
    },
    recording: async (webhook) => {
      const { status, recordingId, durationSeconds } = webhook;
      const call = await note(webhook, { kind: 'recording', status, recordingId, seconds: durationSeconds });
      await tell('onRecording', () => hooks.onRecording?.(webhook, call));
    },
    number: (webhook) => tell('onNumberUpdate', () => hooks.onNumberUpdate?.(webhook)),
    unknownSession: async (webhook) => {
      log.warn({ kind: webhook.kind, ...sessionLine(webhook) }, 'a webhook of a session that is not known');
      await note(webhook, { kind: 'summary', status: webhook.status, errorCode: webhook.errorCode, webhook: masked(webhook) });
      await tell('onUnknownSession', () => hooks.onUnknownSession?.(webhook));
    },
  };
}
