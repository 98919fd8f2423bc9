import { isSpeakable } from '../callflow/speakable.ts';
import { capture, type Capture, type CaptureOptions, type CaptureShape } from '../effects/capture.ts';
import { go } from '../effects/go.ts';
import { now } from '../effects/now.ts';
import { currentRun } from '../flow/current-run.ts';
import type { Flow } from '../flow/effect.ts';
import { isAudio, type Prompt, promptParts, type Text } from '../flow/text.ts';
import type { Attempts } from './attempts.ts';
import { operator } from './branch.ts';
import { escalated, fillPrompt } from './prompts.ts';
import type { ActiveKeys } from './universal-keys.ts';

/** What a question makes of an answer: a value, or an event that costs an attempt, with the reason that is spoken. */
export type Reading<E extends string, V> =
  { readonly ok: true; readonly value: V } | { readonly ok: false; readonly event: E; readonly reason: Text | null };

/** A question, ready to be played. */
export interface Question<E extends string, V> {
  readonly prompt: Prompt;
  /** Prompts per event; where there are none, the reason and the main prompt are spoken. */
  readonly escalations: Readonly<Record<E, readonly Prompt[]>>;
  readonly keys: ActiveKeys;
  /** The capture that speaks `prompt`; `again`: it was asked before, and the author's `clientActionId` is used up. */
  readonly captureWith: (prompt: Prompt, again: boolean) => Capture;
  /** Whether `read` looks at the time. */
  readonly usesNow: boolean;
  /** What `digits` mean: null for silence, `''` for `#` alone. `at` is null where `usesNow` is false. */
  read(digits: string | null, at: Date | null): Reading<E, V>;
}

/**
 * Makes the captures of a question, all at the author's one line. That of the main prompt is made once and at once, so that what is wrong with it
 * is thrown there.
 */
export function captureMaker(
  main: Prompt,
  options: CaptureOptions,
  shape: CaptureShape,
  source?: string,
): (prompt: Prompt, again: boolean) => Capture {
  const first = capture(main, options, shape, source);
  return (prompt, again) => {
    if (again && first.clientActionId !== null) return capture(prompt, { ...options, clientActionId: null }, shape, first.source);
    return prompt === main ? first : capture(prompt, options, shape, first.source);
  };
}

/** How a question ended: with a value, or with the event that used up the attempts. */
export type Heard<E extends string, V> =
  { readonly answered: true; readonly value: V; readonly digits: string | null } | { readonly answered: false; readonly event: E };

/** Plays a question until it is answered or no attempt is left, universal keys included. `asked` is noted: a menu or question that is played again is asked again. */
export function* listen<E extends string, V>(
  question: Question<E, V>,
  attempts: Attempts<E>,
  asked: { before: boolean },
): Flow<Heard<E, V>> {
  let { prompt } = question;
  for (;;) {
    const asking = question.captureWith(prompt, asked.before);
    asked.before = true;
    const digits = yield* asking;
    const key = digits === null ? undefined : question.keys.get(digits === '' ? '#' : digits);
    if (key !== undefined) {
      const run = currentRun();
      if (key === 'back' || key === 'main') yield* go(key);
      if (key === 'operator' && run !== null) {
        yield* operator(run);
        attempts.reset();
      }
      ({ prompt } = question);
      continue;
    }
    const reading = question.read(digits, question.usesNow ? yield* now() : null);
    if (reading.ok) return { answered: true, value: reading.value, digits };
    if (!attempts.fail(reading.event)) return { answered: false, event: reading.event };
    prompt = nextPrompt(question, reading.event, attempts.of(reading.event), reading.reason);
  }
}

function nextPrompt<E extends string>(question: Question<E, unknown>, event: E, nth: number, reason: Text | null): Prompt {
  const instead = escalated(question.escalations[event], nth);
  if (instead !== null) return withReason(instead, reason) ?? question.prompt;
  return reason === null ? question.prompt : [reason, ...promptParts(question.prompt)];
}

/** A prompt with the reason in it. Silence has none: what would then be nothing at all is left out, and null where nothing is left. */
function withReason(prompt: Prompt, reason: Text | null): Prompt | null {
  const filled = promptParts(fillPrompt(prompt, 'reason', reason ?? ''));
  const heard = filled.filter(
    (part) => isAudio(part) || (typeof part === 'string' ? isSpeakable(part) : Object.values(part).every(isSpeakable)),
  );
  const last = heard.at(-1);
  if (last === undefined || isAudio(last)) return null;
  return heard.length === 1 ? last : heard;
}
