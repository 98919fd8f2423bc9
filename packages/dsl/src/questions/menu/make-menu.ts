import { checkedByMaker, checkOptions, type OptionChecks, parameterCheck } from '../../arguments/check-argument.ts';
import { PARAMETERS } from '../../callflow/parameters.ts';
import { type Composite, composite } from '../../effects/composite.ts';
import type { Flow } from '../../flow/effect.ts';
import { tracedLine } from '../../flow/source-line.ts';
import type { Prompt } from '../../flow/text.ts';
import { Attempts } from '../attempts.ts';
import { branch, type BranchEnd } from '../branch.ts';
import { captureMaker, listen, type Question } from '../listen.ts';
import { captureOptions, Plan, QUESTION_CHECKS } from '../plan.ts';
import type { ActiveKeys } from '../universal-keys.ts';
import { checkOptionValues, isBranch, type Options, startBranch } from './branch-option.ts';
import { keypadOf } from './keypad.ts';
import { MENU_EVENTS, type MenuEvent, type MenuOptions } from './menu-options.ts';

const { sayAndCapture } = PARAMETERS;

/** A check for every option of `menu`. */
export const MENU_CHECKS: OptionChecks<MenuOptions> = {
  ...QUESTION_CHECKS,
  noMatch: checkedByMaker,
  invalid: checkedByMaker,
  noOfTries: parameterCheck(sayAndCapture.noOfTries),
  failureMessage: checkedByMaker,
  completeOnHash: parameterCheck(sayAndCapture.completeOnHash),
};

/** Makes a menu, or, under another name, what is one at heart. `source` is the author's line. */
export function makeMenu(of: string, prompt: Prompt, options: unknown, settings: MenuOptions, source = tracedLine()): Composite<unknown> {
  checkOptions(of, settings, MENU_CHECKS);
  const plan = new MenuPlan(of, prompt, options, settings, source);
  return composite(of, () => play(plan));
}

/** What the caller chose: the option as it is written, and what it stands for. */
interface Chosen {
  readonly option: string;
  readonly leadsTo: unknown;
}

const NO_INPUT = { ok: false, event: 'noInput', reason: null } as const;

class MenuPlan extends Plan<MenuEvent, Chosen> {
  readonly #options: Options;
  readonly #labels: readonly string[];
  readonly #settings: MenuOptions;

  constructor(of: string, prompt: Prompt, options: unknown, settings: MenuOptions, source: string | undefined) {
    super(of, prompt, settings, MENU_EVENTS, source);
    checkOptionValues(of, options, settings.otherwise);
    this.#options = options;
    this.#labels = Object.keys(options);
    this.#settings = settings;
    this.question();
  }

  protected override make(keys: ActiveKeys): Question<MenuEvent, Chosen> {
    const keypad = keypadOf(this.of, this.#labels, keys);
    const { digitTimeout = null, overallTimeout = null, noOfTries = null, failureMessage = null, completeOnHash = null } = this.#settings;
    const entry = keypad.capture(this.of, { digitTimeout, overallTimeout, noOfTries, completeOnHash });
    // Named one by one: a second spread would cost more than all else of a menu.
    const { clientActionId, speed, repetition, voice, sensitive } = captureOptions(this.#settings);
    const capture = { id: this.id, ...entry, failureMessage, clientActionId, speed, repetition, voice, sensitive };
    const { noInput, noMatch, invalid } = this.escalations;
    return {
      prompt: this.prompt,
      escalations: { noInput, noMatch, invalid: invalid.length > 0 ? invalid : noMatch },
      keys,
      captureWith: captureMaker(this.prompt, capture, keypad.shapeWith(entry.completeOnHash), this.source),
      usesNow: false,
      read: (digits) => {
        if (digits === null) return NO_INPUT;
        const option = keypad.optionOf(digits);
        if (option === null) return { ok: false, event: keypad.eventOf(digits), reason: null };
        return { ok: true, value: { option, leadsTo: this.#options[option] } };
      },
    };
  }
}

function* play(plan: MenuPlan): Flow<unknown> {
  const asked = { before: false };
  for (;;) {
    const attempts = new Attempts(plan.limits);
    const heard = yield* listen(plan.question(), attempts, asked);
    const chosen = heard.answered ? heard.value.leadsTo : plan.otherwise(attempts, heard.event);
    if (!isBranch(chosen)) return chosen;
    const argument = heard.answered ? `options["${heard.value.option}"]` : 'otherwise';
    const keys = heard.answered ? heard.digits || '#' : '';
    const end: BranchEnd<unknown> = yield* branch(() => startBranch(plan.of, argument, chosen, keys));
    if (!end.left) return end.result;
  }
}
