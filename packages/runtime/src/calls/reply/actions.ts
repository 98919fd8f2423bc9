import { type Action, type CallflowResponse, checkCallflow, type Position, type Text } from '@hookswitch/dsl';
import type { Fallback } from '../settings.ts';

const HANGUP: Action = { action: 'hangup' };

/** A `say` per 3000 characters is the contract's limit; the fallback and hold texts of the settings are checked when the server starts. */
export function textIn(text: Text, language: string | null): string {
  if (typeof text === 'string') return text;
  const own = (name: string): string | undefined => (Object.hasOwn(text, name) ? text[name] : undefined);
  return own(language ?? '') ?? own('en') ?? Object.values(text)[0] ?? '';
}

/** What the caller hears when something has failed: the user's words, else at least a hang-up that breaks no rule. */
export function fallbackActions(fallback: Fallback, voice: string, language: string | null, source: string | null): readonly Action[] {
  const spoken: Action =
    fallback.audio === undefined
      ? { action: 'say', params: { text: textIn(fallback.text, language), voiceProfile: voice } }
      : { action: 'playFile', params: { fileUrl: textIn(fallback.audio, language) } };
  const last: Action =
    fallback.transferTo !== undefined && source !== null
      ? { action: 'makeCall', params: { source, destination: fallback.transferTo } }
      : HANGUP;
  return isValid([spoken, last]) ? [spoken, last] : isValid([last]) ? [last] : [HANGUP];
}

/** Why the settings' own words can't be spoken in one of their languages, though they are all that a caller hears then; null where they can. */
export function wordsBroken(fallback: Fallback, holdText: Text, voice: string): string | null {
  const { text, audio, transferTo } = fallback;
  for (const language of languagesOf(text, audio, holdText)) {
    const said: Action = { action: 'say', params: { text: textIn(text, language), voiceProfile: voice } };
    const played: Action[] = audio === undefined ? [] : [{ action: 'playFile', params: { fileUrl: textIn(audio, language) } }];
    const called: Action[] =
      transferTo === undefined ? [] : [{ action: 'makeCall', params: { source: transferTo, destination: transferTo } }];
    const broken = ruleBroken([said, ...played, ...called, listening(textIn(holdText, language), voice, 1_000)]);
    if (broken !== null) return broken;
  }
  return null;
}

function languagesOf(...texts: readonly (Text | undefined)[]): readonly (string | null)[] {
  return [null, ...new Set(texts.flatMap((text) => (typeof text === 'object' ? Object.keys(text) : [])))];
}

/** A hold: what the batch has not said yet, else `text`, as a capture of one digit that nobody reads. */
export function holdActions(unsent: readonly Action[], text: string, voice: string, listenFor: number): readonly Action[] {
  const last = unsent.at(-1);
  const spoken = last?.action === 'say' ? unsent.slice(0, -1) : unsent;
  const prompt = last?.action === 'say' ? last.params.text : text;
  return [...spoken, listening(prompt, last?.action === 'say' ? last.params.voiceProfile : voice, listenFor)];
}

/** A capture of one digit, whose answer is not used. */
export function listening(promptMessage: string, voiceProfile: string, listenFor: number): Action {
  return {
    action: 'sayAndCapture',
    params: {
      promptMessage,
      voiceProfile,
      successMessage: null,
      failureMessage: null,
      speed: 1,
      repetition: 1,
      completeOnHash: false,
      minDigits: 1,
      maxDigits: 1,
      // Less than the other one, as 8x8's guide wants it (U5).
      digitTimeout: listenFor - 1,
      overallTimeout: listenFor,
      noOfTries: 1,
    },
  };
}

/** Whether an answer dials: such a one is sent once, and never in place of another that was lost. */
export function dials(actions: readonly Action[]): boolean {
  return actions.some(({ action }) => action === 'makeCall');
}

/** What is said again of the first callflow of an outbound call: never the call itself. Where nothing else was sent with it, `hold` buys the time to go on. */
export function saidAgain(first: readonly Action[], hold: Action): readonly Action[] {
  const said = first.filter(({ action }) => action !== 'makeCall');
  return said.length === 0 ? [hold] : said;
}

/** The bytes of an answer. */
export function encode(actions: readonly Action[], clientActionId: string | null): string {
  const response: CallflowResponse = clientActionId === null ? { callflow: actions } : { clientActionId, callflow: actions };
  return JSON.stringify(response);
}

/** A hang-up, for whoever has nothing left to say. */
export function hangupAnswer(clientActionId: string | null = null): string {
  return encode([HANGUP], clientActionId);
}

/** The part of a batch that is sent next, and whether it is the last. */
export function nextPart(
  position: Position,
  cursor: number,
  delivery: 'callflow' | 'action',
): { readonly actions: readonly Action[]; readonly last: boolean } {
  const rest = position.actions.slice(cursor);
  if (delivery === 'callflow' || rest.length <= 1) return { actions: rest, last: true };
  return { actions: rest.slice(0, 1), last: false };
}

/** The voice of the last action that speaks, or null. */
export function lastVoice(actions: readonly Action[]): string | null {
  const voices = actions.map((action) =>
    action.action === 'say' || action.action === 'sayAndCapture' ? action.params.voiceProfile : null,
  );
  return voices.findLast((voice) => voice !== null) ?? null;
}

/** Milliseconds after which a capture at the end of a batch of several actions can end without digits at the earliest; null where that tells nothing. */
export function shortestSilence(actions: readonly Action[]): number | null {
  const last = actions.at(-1);
  if (actions.length < 2 || last?.action !== 'sayAndCapture') return null;
  const { digitTimeout, overallTimeout } = last.params;
  return Math.min(digitTimeout ?? 5_000, overallTimeout ?? 30_000);
}

/** Whether a VCA may be answered with these actions, errors only; null where it may. */
export function ruleBroken(actions: readonly Action[]): string | null {
  const error = checkCallflow({ callflow: actions }, { via: 'vca' }).find(({ severity }) => severity === 'error');
  return error === undefined ? null : `${error.code} at ${error.path}: ${error.message}`;
}

function isValid(actions: readonly Action[]): boolean {
  return ruleBroken(actions) === null;
}
