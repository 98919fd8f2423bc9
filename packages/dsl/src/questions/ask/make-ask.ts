import { checkPlainFunction } from '../../arguments/at-once.ts';
import { type ArgumentCheck, argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import { type Composite, composite } from '../../effects/composite.ts';
import { now } from '../../effects/now.ts';
import type { Flow } from '../../flow/effect.ts';
import { tracedLine } from '../../flow/source-line.ts';
import type { Prompt } from '../../flow/text.ts';
import { Attempts } from '../attempts.ts';
import { captureMaker, listen, type Question } from '../listen.ts';
import { checkOtherwise, isBranch, startBranch } from '../menu/branch-option.ts';
import { captureOptions, Plan, QUESTION_CHECKS } from '../plan.ts';
import type { ActiveKeys } from '../universal-keys.ts';
import { digits } from '../validators/digits.ts';
import { isValidator, type Validator } from '../validators/validator.ts';
import { ASK_EVENTS, type AskConfirmation, type AskEvent, type AskOptions } from './ask-options.ts';
import { Entry, keysBeside } from './entry.ts';
import { confirmationOf, type Confirmed, readBack } from './read-back.ts';

const SUFFIX = '-confirm';
const MAX_NAME = 64;
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

const CHECKS: OptionChecks<AskOptions> = {
  ...QUESTION_CHECKS,
  validate: checkValidator,
  confirm: checkedByMaker,
  tooShort: checkedByMaker,
  tooLong: checkedByMaker,
  invalid: checkedByMaker,
  examples: checkExamples,
};

/** Makes a question. */
export function makeAsk(prompt: Prompt, options: AskOptions): Composite<unknown> {
  checkOptions('ask', options, CHECKS);
  const plan = new AskPlan(prompt, options);
  return composite('ask', () => play(plan));
}

class AskPlan extends Plan<AskEvent, unknown> {
  readonly validator: Validator<unknown>;
  readonly confirmation: AskConfirmation | null;
  readonly #options: AskOptions;

  constructor(prompt: Prompt, options: AskOptions) {
    checkOtherwise('ask', options.otherwise);
    super('ask', prompt, options, ASK_EVENTS, tracedLine());
    this.validator = options.validate ?? digits(1, 25);
    this.confirmation = confirmationOf(options.confirm);
    this.#options = { ...options, sensitive: options.sensitive ?? this.validator.sensitive };
    this.question();
    this.#checkConfirmation();
  }

  protected override make(active: ActiveKeys, at: Date | null): Question<AskEvent, unknown> {
    const { keys, examples, digitTimeout = null, overallTimeout = null, sensitive } = this.#options;
    const entry = new Entry(this.validator, keysBeside(this.validator, active, keys ?? {}));
    const { clientActionId, speed, repetition, voice } = captureOptions(this.#options);
    const taken = entry.capture({ digitTimeout, overallTimeout });
    const capture = { id: this.id, ...taken, clientActionId, speed, repetition, voice, sensitive: sensitive === true };
    const shape = entry.shape(at ?? NO_TIME, examples ?? [], sensitive === true);
    return {
      prompt: this.prompt,
      escalations: this.escalations,
      keys: entry.keys,
      captureWith: captureMaker(this.prompt, capture, shape, this.source),
      usesNow: this.validator.usesNow,
      read: (answer, now) => entry.read(answer, now ?? NO_TIME),
    };
  }

  /** Asks whether an entry is right. */
  readBack(confirmation: AskConfirmation, entry: string, value: unknown): Composite<Confirmed> {
    const { keys, sensitive, voice = null, speed = null } = this.#options;
    const { reasons, star } = this.validator;
    const settings = { id: `${this.id}${SUFFIX}`, keys: keys ?? {}, sensitive: sensitive === true, voice, speed };
    return readBack(confirmation, { entry, value, star: star ?? 'star', reasons }, settings, this.source);
  }

  #checkConfirmation(): void {
    if (this.confirmation === null) return;
    if (this.id.length + SUFFIX.length > MAX_NAME) {
      const says = {
        says: `must leave room for "${SUFFIX}"`,
        came: 'a longer name',
        fix: `Use ${MAX_NAME - SUFFIX.length} characters at most.`,
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
    const heard = yield* listen(plan.question(plan.validator.usesNow ? yield* now() : null), attempts, asked);
    if (!heard.answered) return yield* giveUp(plan, attempts, heard.event);
    if (plan.confirmation === null) return heard.value;
    const confirmed: Confirmed = yield* plan.readBack(plan.confirmation, heard.digits ?? '', heard.value);
    if (confirmed === 'right') return heard.value;
    if (!attempts.fail('again') || confirmed === 'none') return yield* giveUp(plan, attempts, 'again');
  }
}

function* giveUp(plan: AskPlan, attempts: Attempts<AskEvent>, last: AskEvent): Flow<unknown> {
  const otherwise = plan.otherwise(attempts, last);
  return isBranch(otherwise) ? yield* startBranch('ask', 'otherwise', otherwise, '') : otherwise;
}
