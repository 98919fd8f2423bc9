import type { HookCalls } from './hook-calls.ts';
import type { Hooks } from './options.ts';
import type { Clock } from '../clock.ts';
import type { WebhookObserver } from '../webhook/plugin.ts';
import type { Metrics } from '../observe/telemetry.ts';
import type { SteadyLog } from '../observe/steady-log.ts';
import { seldom } from '../observe/seldom.ts';

/** What a webhook observer works with. */
export interface WebhookObserverOptions {
  readonly clock: Clock;
  readonly log: SteadyLog;
  readonly metrics: Metrics;
  readonly hooks: Hooks;
  readonly calls: HookCalls;
}

/** Tells metrics, log and hooks what comes in. */
export function createWebhookObserver({ clock, log, metrics, hooks, calls }: WebhookObserverOptions): WebhookObserver {
  const mayLog = seldom(clock);
  return {
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
    number: (webhook) => {
      calls.call('onNumberUpdate', () => hooks.onNumberUpdate?.(webhook));
    },
  };
}
