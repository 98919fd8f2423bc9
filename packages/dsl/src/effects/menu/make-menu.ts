import { PARAMETERS } from '../../callflow/parameters.ts';
import { checkBoolean, checkedByMaker, checkOptions, type OptionChecks, parameterCheck } from '../check-argument.ts';
import { checkedPrompt } from '../check-text.ts';
import { checkActionId } from '../client-action-id.ts';
import { type Composite, composite } from '../composite.ts';
import { currentRun } from '../current-run.ts';
import type { Flow } from '../effect.ts';
import type { MenuOptions } from '../menu.ts';
import { checkName } from '../name.ts';
import { type AttemptLimits, attemptLimits, Attempts } from '../question/attempts.ts';
import { branch, type BranchEnd } from '../question/branch.ts';
import { defaultId } from '../question/default-id.ts';
import { captureMaker, listen, type Question } from '../question/listen.ts';
import { noAnswer } from '../question/no-answer.ts';
import { type Place, placeOf, samePlace } from '../question/place.ts';
import { escalationPrompts } from '../question/prompts.ts';
import { activeKeys, checkOwnKeys } from '../question/universal-keys.ts';
import { tracedLine } from '../source-line.ts';
import type { Prompt } from '../text.ts';
import { checkOptionValues, isBranch, type Options, startBranch } from './branch-option.ts';
import { type Keypad, keypadOf } from './keypad.ts';

/** What can go wrong in a menu: silence, keys that lead nowhere, an entry that no option could be (too short, too long, or `#` alone). */
export const MENU_EVENTS = ['noInput', 'noMatch', 'invalid'] as const;
export type MenuEvent = (typeof MENU_EVENTS)[number];

const { sayAndCapture } = PARAMETERS;
/** A check for every option of `menu`. */
export const MENU_CHECKS: OptionChecks<MenuOptions> = {
  id: checkName,
  otherwise: checkedByMaker,
  attempts: checkedByMaker,
  noInput: checkedByMaker,
  noMatch: checkedByMaker,
  invalid: checkedByMaker,
  keys: (effect, _argument, keys) => checkOwnKeys(effect, keys),
  digitTimeout: parameterCheck(sayAndCapture.digitTimeout),
  overallTimeout: parameterCheck(sayAndCapture.overallTimeout),
  noOfTries: parameterCheck(sayAndCapture.noOfTries),
  failureMessage: checkedByMaker,
  completeOnHash: parameterCheck(sayAndCapture.completeOnHash),
  clientActionId: checkActionId,
  speed: parameterCheck(sayAndCapture.speed),
  repetition: parameterCheck(sayAndCapture.repetition),
  voice: parameterCheck(sayAndCapture.voiceProfile),
  sensitive: checkBoolean,
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

/** A menu whose arguments are checked. */
class MenuPlan {
  readonly of: string;
  readonly id: string;
  readonly limits: AttemptLimits<MenuEvent>;
  readonly otherwise: unknown;
  readonly #source: string | undefined;
  readonly #prompt: Prompt;
  readonly #options: Options;
  readonly #labels: readonly string[];
  readonly #settings: MenuOptions;
  readonly #escalations: Question<MenuEvent, Chosen>['escalations'];
  #made: { readonly place: Place; readonly question: Question<MenuEvent, Chosen> } | null = null;

  constructor(of: string, prompt: Prompt, options: unknown, settings: MenuOptions, source: string | undefined) {
    this.#source = source;
    const noMatch = escalationPrompts(of, 'noMatch', settings.noMatch);
    const invalid = escalationPrompts(of, 'invalid', settings.invalid);
    this.of = of;
    this.#prompt = checkedPrompt(of, 'prompt', prompt);
    checkOptionValues(of, options, settings.otherwise);
    this.#options = options;
    this.#labels = Object.keys(options);
    this.id = settings.id ?? defaultId(of, this.#prompt);
    this.limits = attemptLimits(of, settings.attempts, MENU_EVENTS);
    this.otherwise = settings.otherwise;
    this.#settings = settings;
    this.#escalations = {
      noInput: escalationPrompts(of, 'noInput', settings.noInput),
      noMatch,
      invalid: invalid.length > 0 ? invalid : noMatch,
    };
    this.question();
  }

  /** The menu as it is where it is played: with the universal keys that work there. */
  question(): Question<MenuEvent, Chosen> {
    const place = placeOf(currentRun());
    if (this.#made === null || !samePlace(this.#made.place, place)) {
      const universal = activeKeys(this.of, this.#settings.keys ?? {}, currentRun());
      this.#made = { place, question: this.#question(keypadOf(this.of, this.#labels, universal)) };
    }
    return this.#made.question;
  }

  #question(keypad: Keypad): Question<MenuEvent, Chosen> {
    const { digitTimeout = null, overallTimeout = null, speed = null, repetition = null, voice = null, sensitive = null } = this.#settings;
    const { noOfTries = null, failureMessage = null, completeOnHash = null, clientActionId = null } = this.#settings;
    const entry = keypad.capture(this.of, { digitTimeout, overallTimeout, noOfTries, completeOnHash });
    const capture = { id: this.id, ...entry, failureMessage, clientActionId, speed, repetition, voice, sensitive };
    return {
      prompt: this.#prompt,
      escalations: this.#escalations,
      keys: keypad.universal,
      captureWith: captureMaker(this.#prompt, capture, keypad.shapeWith(entry.completeOnHash), this.#source),
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
  const { of, id, otherwise } = plan;
  const asked = { before: false };
  for (;;) {
    const attempts = new Attempts(plan.limits);
    const heard = yield* listen(plan.question(), attempts, asked);
    if (!heard.answered && otherwise === undefined) throw noAnswer(of, id, attempts.total, heard.event);
    const chosen = heard.answered ? heard.value.leadsTo : otherwise;
    if (!isBranch(chosen)) return chosen;
    const argument = heard.answered ? `options["${heard.value.option}"]` : 'otherwise';
    const keys = heard.answered ? heard.digits || '#' : '';
    const end: BranchEnd<unknown> = yield* branch(() => startBranch(of, argument, chosen, keys));
    if (!end.left) return end.result;
  }
}
