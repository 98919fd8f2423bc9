/** Answers that need no call and no store: for webhooks that no call stands behind, and for turns that can't be taken here and now. */
import type { Action, Text } from '@hookswitch/dsl';
import type { Answer } from '../call.ts';
import type { Vca } from '../input.ts';
import type { Fallback, SessionSettings } from '../settings.ts';
import { fallbackActions, listening, textIn } from './actions.ts';
import { dials, encode, encodeGivenRetryId, encodeRetryId, problemOf, TRANSFERRED } from './answers.ts';

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

/** A hang-up, for whoever has nothing left to say. */
export function hangupAnswer(clientActionId: string | null = null): string {
  return encode([{ action: 'hangup' }], clientActionId);
}

/** Why the settings' own words can't be spoken in one of their languages, though they are all that a caller hears then; null where they can. */
export function wordsBroken(fallback: Fallback, holdText: Text, voice: string): string | null {
  const { text, audio, transferTo } = fallback;
  for (const language of languagesOf(text, audio, holdText)) {
    const said: Action = { action: 'say', params: { text: textIn(text, language), voiceProfile: voice } };
    const played: Action[] = audio === undefined ? [] : [{ action: 'playFile', params: { fileUrl: textIn(audio, language) } }];
    const called: Action[] =
      transferTo === undefined ? [] : [{ action: 'makeCall', params: { source: transferTo, destination: transferTo } }];
    const broken = problemOf([said, ...played, ...called, listening(textIn(holdText, language), voice, 1_000)]);
    if (broken !== null) return broken;
  }
  return null;
}

function languagesOf(...texts: readonly (Text | undefined)[]): readonly (string | null)[] {
  return [null, ...new Set(texts.flatMap((text) => (typeof text === 'object' ? Object.keys(text) : [])))];
}
