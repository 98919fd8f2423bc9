/** The actions of what is said beside a flow's own words: holds, fallbacks, pauses. */
import { type Action, checkCallflow, type Text } from '@hookswitch/dsl';
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

/** What is said again of the first callflow of an outbound call: never the call itself. Where nothing else was sent with it, `hold` buys the time to go on. */
export function saidAgain(first: readonly Action[], hold: Action): readonly Action[] {
  const said = first.filter(({ action }) => action !== 'makeCall');
  return said.length === 0 ? [hold] : said;
}

function isValid(actions: readonly Action[]): boolean {
  return checkCallflow({ callflow: actions }, { via: 'vca' }).every(({ severity }) => severity !== 'error');
}
