/** Answers that need no call and no store: for webhooks that no call stands behind, and for turns that can't be taken here and now. */
import type { Answer } from '../call.ts';
import type { Vca } from '../input.ts';
import type { SessionSettings } from '../settings.ts';
import { encodeGivenRetryId, encodeRetryId, TRANSFERRED } from './action-id.ts';
import { dials, encode, fallbackActions, listening, textIn } from './actions.ts';

/** The fallback. */
export function looseFallback(settings: SessionSettings, vca: Vca | null): Answer {
  const source = vca === null ? null : vca.direction === 'inbound' ? vca.to : vca.from;
  const actions = fallbackActions(settings.fallback, settings.voice, null, source);
  return { body: encode(actions, dials(actions) ? TRANSFERRED : null), outcome: 'fallback' };
}

/**
 * A capture that nobody reads buys time, and says which answer is missing. Null where the caller was asked to wait `maxRetries` times: then there is the fallback.
 * `tried`: how often the caller was asked.
 */
export function askAgain(settings: SessionSettings, { status, echo }: Vca, tried = triesOf(echo)): Answer | null {
  const turn = status === 'received' ? 0 : echo?.kind === 'retry' ? echo.turn : echo?.kind === 'turn' ? echo.turn + 1 : 1;
  const tries = tried + 1;
  if (tries > settings.maxRetries) return null;
  const action = listening(textIn(settings.holdText, null), settings.voice, settings.holdFor);
  const isNamed = echo?.kind === 'given' || echo?.kind === 'given-retry';
  return { body: encode([action], isNamed ? encodeGivenRetryId(echo.id, tries) : encodeRetryId(turn, tries)), outcome: 'retried' };
}

/** How often a caller was asked to wait for this turn. */
export function triesOf(echo: Vca['echo']): number {
  return echo?.kind === 'retry' || echo?.kind === 'given-retry' ? echo.tries : 0;
}
