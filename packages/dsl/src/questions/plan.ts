import { checkBoolean, checkedByMaker, type OptionChecks, parameterCheck } from '../arguments/check-argument.ts';
import { checkName } from '../arguments/name.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import type { CaptureOptions } from '../effects/capture.ts';
import { checkActionId } from '../effects/client-action-id.ts';
import { NoAnswerError } from '../errors/index.ts';
import { checkedPrompt } from '../flow/check-text.ts';
import { currentRun } from '../flow/current-run.ts';
import { slugOf } from '../flow/slug.ts';
import type { Prompt } from '../flow/text.ts';
import { type AttemptLimits, attemptLimits, type AttemptOptions, type Attempts } from './attempts.ts';
import type { Question } from './listen.ts';
import { type Place, placeOf, samePlace } from './place.ts';
import { type Escalation, escalations, type Escalations } from './prompts.ts';
import { type ActiveKeys, activeKeys, checkOwnKeys, type OwnKeys } from './universal-keys.ts';

/** Options that menus and questions share. `E` are the events that cost an attempt, `W` is the type of `otherwise`. */
export interface QuestionOptions<E extends string, W = unknown> {
  /** The site's name: letters, digits, `-` and `_`; 64 at most. @default made of the prompt */
  readonly id?: string | null;
  /** What happens when no attempt is left: an answer, or a generator function that gives one. @default a `NoAnswerError`, which the flow's `goodbye` answers */
  readonly otherwise?: W;
  /** How often the caller may try: `4` in all, `{ noInput: 5 }` after silence and 3 for all else, `{ total: 4, noInput: 2 }` for a bound on both. 1..100 each. @default 3 */
  readonly attempts?: AttemptOptions<E> | null;
  /** Spoken instead of the main prompt after silence: the first for the first time, the last for all further times. @default the main prompt */
  readonly noInput?: Escalation | null;
  /** Universal keys in place of the flow's; null switches one off. */
  readonly keys?: OwnKeys | null;
  /** Milliseconds between two keys, ≥ 1. */
  readonly digitTimeout?: number | null;
  /** Milliseconds for the whole entry, ≥ 1. */
  readonly overallTimeout?: number | null;
  /** The wire's `clientActionId` of the callflow that asks for the first time, sent unchanged; each id once in a call. Further attempts have the server's own. @default the server's own */
  readonly clientActionId?: string | null;
  /** 0.5..2.0. @default 1 */
  readonly speed?: number | null;
  /** How often the prompt is spoken: 1, 2 or 3. @default 1 */
  readonly repetition?: number | null;
  /** @default the flow's voice for the language that is spoken */
  readonly voice?: string | null;
  /** What is keyed in is masked in stored bodies and encrypted in the journal. @default false */
  readonly sensitive?: boolean | null;
}

const { sayAndCapture } = PARAMETERS;

/** A check for each of them. */
export const QUESTION_CHECKS: OptionChecks<QuestionOptions<string>> = {
  id: checkName,
  otherwise: checkedByMaker,
  attempts: checkedByMaker,
  noInput: checkedByMaker,
  keys: (effect, _argument, keys) => checkOwnKeys(effect, keys),
  digitTimeout: parameterCheck(sayAndCapture.digitTimeout),
  overallTimeout: parameterCheck(sayAndCapture.overallTimeout),
  clientActionId: checkActionId,
  speed: parameterCheck(sayAndCapture.speed),
  repetition: parameterCheck(sayAndCapture.repetition),
  voice: parameterCheck(sayAndCapture.voiceProfile),
  sensitive: checkBoolean,
};

/**
 * A menu or question whose arguments are checked. It may be made once and played in many calls, so that it holds nothing of a call: what depends on the place where it is played
 * is made there. What its entries are is for its kind to say.
 */
export abstract class Plan<E extends string, V> {
  readonly of: string;
  readonly id: string;
  readonly limits: AttemptLimits<E>;
  readonly prompt: Prompt;
  /** The author's line, where the flow is traced. */
  readonly source: string | undefined;
  /** What is spoken in place of the prompt after each event. */
  readonly escalations: Question<E, V>['escalations'];
  readonly #otherwise: unknown;
  readonly #keys: OwnKeys;
  #made: { readonly place: Place; readonly question: Question<E, V> } | null = null;

  constructor(of: string, prompt: Prompt, options: QuestionOptions<E> & Escalations<E>, events: readonly E[], source: string | undefined) {
    this.of = of;
    this.prompt = checkedPrompt(of, 'prompt', prompt);
    this.id = options.id ?? slugOf(of, this.prompt);
    this.limits = attemptLimits(of, options.attempts, events);
    this.source = source;
    this.escalations = escalations(of, options, events);
    this.#otherwise = options.otherwise;
    this.#keys = options.keys ?? {};
  }

  /** The question as it is where it is played; `at`: and when, for one that looks at the time. */
  question(at: Date | null = null): Question<E, V> {
    const run = currentRun();
    const place = placeOf(run);
    if (at !== null || this.#made === null || !samePlace(this.#made.place, place)) {
      this.#made = { place, question: this.make(activeKeys(this.of, this.#keys, run), at) };
    }
    return this.#made.question;
  }

  /** The question with the universal keys that work where it is played. */
  protected abstract make(keys: ActiveKeys, at: Date | null): Question<E, V>;

  /** What stands for an answer where no attempt is left: `otherwise`. Throws `NoAnswerError` where there is none. */
  otherwise(attempts: Attempts<E>, last: E): unknown {
    if (this.#otherwise !== undefined) return this.#otherwise;
    // While a flow is ended nobody answers, and what catches this error (the flow's `goodbye`) is no clean-up.
    currentRun()?.doubt();
    throw new NoAnswerError(this.of, this.id, attempts.total, last);
  }
}

/** The options of a question that its captures take as they are. */
export function captureOptions({
  speed = null,
  repetition = null,
  voice = null,
  sensitive = null,
  clientActionId = null,
}: QuestionOptions<string>): Required<Pick<CaptureOptions, 'speed' | 'repetition' | 'voice' | 'sensitive' | 'clientActionId'>> {
  return { speed, repetition, voice, sensitive, clientActionId };
}
