import { describeValue } from '../../callflow/describe-value.ts';
import { PARAMETERS } from '../../callflow/parameters.ts';
import type { AskOptions } from '../ask.ts';
import { checkPlainFunction } from '../at-once.ts';
import {
  type ArgumentCheck,
  argumentError,
  checkBoolean,
  checkedByMaker,
  checkOptions,
  type OptionChecks,
  parameterCheck,
} from '../check-argument.ts';
import { checkedPrompt } from '../check-text.ts';
import { checkActionId } from '../client-action-id.ts';
import { type Composite, composite } from '../composite.ts';
import { currentRun } from '../current-run.ts';
import type { Flow } from '../effect.ts';
import { checkOtherwise, isBranch, startBranch } from '../menu/branch-option.ts';
import { checkName } from '../name.ts';
import { now } from '../now.ts';
import { type AttemptLimits, attemptLimits, Attempts } from '../question/attempts.ts';
import { defaultId } from '../question/default-id.ts';
import { captureMaker, listen, type Question } from '../question/listen.ts';
import { noAnswer } from '../question/no-answer.ts';
import { type Place, placeOf, samePlace } from '../question/place.ts';
import { escalationPrompts } from '../question/prompts.ts';
import { activeKeys, checkOwnKeys } from '../question/universal-keys.ts';
import { tracedLine } from '../source-line.ts';
import type { Prompt } from '../text.ts';
import { digits } from '../validators/digits.ts';
import { isValidator, type Validator } from '../validators/validator.ts';
import { Entry, type EntryEvent, keysBeside } from './entry.ts';
import { type AskConfirmation, type Confirmed, confirmationOf, readBack } from './read-back.ts';

export type { AskConfirmation } from './read-back.ts';

/** What can cost an attempt at a question: an entry that is not taken, or one that the caller does not confirm (`again`). */
const ASK_EVENTS = ['noInput', 'tooShort', 'tooLong', 'invalid', 'again'] as const;
export type AskEvent = (typeof ASK_EVENTS)[number];

const SUFFIX = '-confirm';
const MOST_NAME = 64;
/** For validators that don't look at the time. */
const NO_TIME = new Date(0);

const checkValidator: ArgumentCheck = (effect, argument, validator) => {
  if (isValidator(validator)) {
    const fix = "What has to ask the outside world is a step after the question: yield* step('name', …).";
    for (const name of ['check', 'examples'] as const)
      checkPlainFunction(validator[name], { code: 'HS_ASK_VALIDATOR', effect, argument: `${argument}.${name}`, fix });
    return;
  }
  const fix =
    typeof validator === 'function' ? 'Wrap the function: custom((digits) => …).' : 'Write it like digits(8) or custom((digits) => …).';
  throw argumentError('HS_ASK_VALIDATOR', effect, argument, { says: 'must be a validator', came: describeValue(validator), fix });
};

const checkExamples: ArgumentCheck = (effect, argument, examples) => {
  if (Array.isArray(examples) && examples.every((entry) => typeof entry === 'string' && /^[0-9*]{1,25}$/.test(entry))) return;
  const says = {
    says: 'must be a list of entries, each of 1 to 25 keys',
    came: describeValue(examples),
    fix: 'Silence and # are always tried.',
  };
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
};

const { sayAndCapture } = PARAMETERS;
const CHECKS: OptionChecks<AskOptions> = {
  id: checkName,
  validate: checkValidator,
  confirm: checkedByMaker,
  otherwise: checkedByMaker,
  attempts: checkedByMaker,
  noInput: checkedByMaker,
  tooShort: checkedByMaker,
  tooLong: checkedByMaker,
  invalid: checkedByMaker,
  keys: (effect, _argument, keys) => checkOwnKeys(effect, keys),
  examples: checkExamples,
  sensitive: checkBoolean,
  digitTimeout: parameterCheck(sayAndCapture.digitTimeout),
  overallTimeout: parameterCheck(sayAndCapture.overallTimeout),
  clientActionId: checkActionId,
  speed: parameterCheck(sayAndCapture.speed),
  repetition: parameterCheck(sayAndCapture.repetition),
  voice: parameterCheck(sayAndCapture.voiceProfile),
};

/** Makes a question. */
export function makeAsk(prompt: Prompt, options: AskOptions): Composite<unknown> {
  checkOptions('ask', options, CHECKS);
  const plan = new AskPlan(prompt, options);
  return composite('ask', () => play(plan));
}

/** A question whose arguments are checked. */
class AskPlan {
  readonly id: string;
  readonly limits: AttemptLimits<AskEvent>;
  readonly validator: Validator<unknown>;
  readonly confirmation: AskConfirmation | null;
  readonly otherwise: unknown;
  readonly #source = tracedLine();
  readonly #prompt: Prompt;
  readonly #options: AskOptions;
  readonly #escalations: Question<AskEvent, unknown>['escalations'];

  #made: { readonly place: Place; readonly question: Question<AskEvent, unknown> } | null = null;

  constructor(prompt: Prompt, options: AskOptions) {
    const prompts = (event: EntryEvent): readonly Prompt[] => escalationPrompts('ask', event, options[event]);
    checkOtherwise('ask', options.otherwise);
    this.#prompt = checkedPrompt('ask', 'prompt', prompt);
    this.#options = options;
    this.id = options.id ?? defaultId('ask', this.#prompt);
    this.limits = attemptLimits('ask', options.attempts, ASK_EVENTS);
    this.validator = options.validate ?? digits(1, 25);
    this.confirmation = confirmationOf(options.confirm);
    this.otherwise = options.otherwise;
    this.#escalations = {
      noInput: prompts('noInput'),
      tooShort: prompts('tooShort'),
      tooLong: prompts('tooLong'),
      invalid: prompts('invalid'),
      again: [],
    };
    this.question(NO_TIME);
    this.#checkConfirmation();
  }

  /** The question as it is where it is asked: with the universal keys that work there, and what exploration tries at that time. */
  question(at: Date): Question<AskEvent, unknown> {
    const place = placeOf(currentRun());
    if (this.validator.usesNow || this.#made === null || !samePlace(this.#made.place, place)) {
      this.#made = { place, question: this.#question(at) };
    }
    return this.#made.question;
  }

  #question(at: Date): Question<AskEvent, unknown> {
    const { keys, examples, digitTimeout = null, overallTimeout = null, speed = null, repetition = null, voice = null } = this.#options;
    const own = keys ?? {};
    const entry = new Entry(this.validator, keysBeside(this.validator, activeKeys('ask', own, currentRun()), own));
    const capture = {
      id: this.id,
      ...entry.capture({ digitTimeout, overallTimeout }),
      speed,
      repetition,
      voice,
      sensitive: this.#sensitive,
      clientActionId: this.#options.clientActionId ?? null,
    };
    return {
      prompt: this.#prompt,
      escalations: this.#escalations,
      keys: entry.keys,
      captureWith: captureMaker(this.#prompt, capture, entry.shape(at, examples ?? [], this.#sensitive), this.#source),
      usesNow: this.validator.usesNow,
      read: (answer, now) => entry.read(answer, now ?? NO_TIME),
    };
  }

  /** Asks whether an entry is right. */
  readBack(confirmation: AskConfirmation, entry: string, value: unknown): Composite<Confirmed> {
    const { keys, voice = null, speed = null } = this.#options;
    const { reasons, star } = this.validator;
    const settings = { id: `${this.id}${SUFFIX}`, keys: keys ?? {}, sensitive: this.#sensitive, voice, speed };
    return readBack(confirmation, { entry, value, star: star ?? 'star', reasons }, settings, this.#source);
  }

  get #sensitive(): boolean {
    return this.#options.sensitive ?? this.validator.sensitive;
  }

  #checkConfirmation(): void {
    if (this.confirmation === null) return;
    if (this.id.length + SUFFIX.length > MOST_NAME) {
      const says = {
        says: `must leave room for "${SUFFIX}"`,
        came: 'a longer name',
        fix: `Use ${MOST_NAME - SUFFIX.length} characters at most.`,
      };
      throw argumentError('HS_EFFECT_ARGUMENT', 'ask', 'id', says);
    }
    // Made once, so that what is wrong with it is thrown at the author's line; what a function would say shows only with a value.
    const { prompt } = this.confirmation;
    this.readBack(typeof prompt === 'function' ? { ...this.confirmation, prompt: null } : this.confirmation, '1', null);
  }
}

function* play(plan: AskPlan): Flow<unknown> {
  const attempts = new Attempts(plan.limits);
  const asked = { before: false };
  for (;;) {
    const heard = yield* listen(plan.question(plan.validator.usesNow ? yield* now() : NO_TIME), attempts, asked);
    if (!heard.answered) return yield* giveUp(plan, attempts, heard.event);
    if (plan.confirmation === null) return heard.value;
    const confirmed: Confirmed = yield* plan.readBack(plan.confirmation, heard.digits ?? '', heard.value);
    if (confirmed === 'right') return heard.value;
    if (!attempts.fail('again') || confirmed === 'none') return yield* giveUp(plan, attempts, 'again');
  }
}

function* giveUp({ id, otherwise }: AskPlan, attempts: Attempts<AskEvent>, event: AskEvent): Flow<unknown> {
  if (otherwise === undefined) throw noAnswer('ask', id, attempts.total, event);
  return isBranch(otherwise) ? yield* startBranch('ask', 'otherwise', otherwise, '') : otherwise;
}
