import type { Action, BridgeOutcome, BridgeResult, Entry } from '@hookswitch/dsl';
import { type ErasedEntry, isErased } from '../calls/hidden/erase-entry.ts';
import { bridgeResultOf } from '../payloads/bridge-result.ts';
import { parseWebhook } from '../payloads/parse-webhook.ts';
import type { TurnRow } from '../store/store.ts';

const OUTCOMES = {
  answered: 'answered, and over',
  busy: 'busy',
  'no-answer': 'not answered',
  declined: 'declined',
  failed: 'failed',
} as const satisfies Partial<Record<BridgeOutcome, string>>;

/** What is known of the turn before. */
interface Before {
  /** The last action of its answer, `hidden` where that is sealed; null at the beginning. */
  readonly asked: Action['action'] | 'hidden' | null;
  readonly isOutbound: boolean;
  readonly legId: string | null;
}

/** What a webhook brought, in words, as the webhook itself tells it. */
export function broughtBy(row: TurnRow, event: unknown, { asked, isOutbound, legId }: Before): string {
  if (row.turn === 0) return isOutbound && row.eventId === null ? 'Call placed' : 'Call received';
  const parsed = parseWebhook(event, 'vca');
  if (!parsed.ok || parsed.webhook.kind !== 'vca') return 'Callflow done';
  const { dtmf, callStatus } = parsed.webhook;
  if (callStatus === 'CALL_RECEIVED') return 'Call received';
  if (asked === 'makeCall') return bridged(bridgeResultOf(parsed.webhook, legId));
  if (asked === 'hangup') return 'Asked again after the end';
  if (dtmf.digits !== null) return pressed(dtmf.digits);
  // Masked keys are no keys any more, but their number says enough.
  const masked = /"dtmf":\s*"(•+)/i.exec(row.event)?.[1];
  if (masked !== undefined) return pressed(masked);
  return asked === 'sayAndCapture' ? 'Nothing pressed' : 'Callflow done';
}

/** What the journal says that was brought; null where it says less than the webhook. */
export function answeredWith(entry: Entry | ErasedEntry): string | null {
  if (isErased(entry)) return pressed('•'.repeat(entry.length ?? 4));
  if (!('value' in entry)) return null;
  const { value } = entry;
  if (typeof value === 'string') return pressed(value);
  if (value === null || value === undefined) return 'Nothing pressed';
  return isBridgeResult(value) ? bridged(value) : null;
}

function pressed(keys: string): string {
  return `Pressed ${keys === '' ? '#' : keys}`;
}

function bridged(result: BridgeResult | undefined): string {
  if (result === undefined || result.outcome === 'unknown') return 'Bridge over';
  const { outcome, duration } = result;
  return `Bridge ${OUTCOMES[outcome]}${outcome === 'answered' && duration !== null ? ` after ${duration} s` : ''}`;
}

function isBridgeResult(value: unknown): value is BridgeResult {
  const { outcome } = (typeof value === 'object' && value !== null ? value : {}) as { readonly outcome?: unknown };
  return typeof outcome === 'string' && (outcome === 'unknown' || Object.hasOwn(OUTCOMES, outcome));
}
