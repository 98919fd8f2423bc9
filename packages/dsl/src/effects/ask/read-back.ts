import { describeValue } from '../../callflow/describe-value.ts';
import { PARAMETERS } from '../../callflow/parameters.ts';
import { atOnce, checkPlainFunction } from '../at-once.ts';
import { argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../check-argument.ts';
import { checkedText } from '../check-text.ts';
import type { Composite } from '../composite.ts';
import { makeMenu, type MenuEvent } from '../menu/make-menu.ts';
import { phrase, type Phrases } from '../phrases.ts';
import type { AttemptOptions } from '../question/attempts.ts';
import { fill } from '../question/fill.ts';
import { type Escalation, escalationPrompts, fillPrompt } from '../question/prompts.ts';
import type { OwnKeys } from '../question/universal-keys.ts';
import type { Prompt, Text } from '../text.ts';

/** How an entry is read back. */
export interface AskConfirmation<T = unknown> {
  /**
   * What is asked: `{entry}` stands for the entry, read one by one. Or a function of the value, which is pure: `(date) => 'You said …'`.
   * It must name the keys: 1 if it is right, 2 to enter it again. @default the phrase `readBack`
   */
  readonly prompt?: Text | ((value: T) => Text) | null;
  /** How often the caller may try to say whether it is right. @default 3 */
  readonly attempts?: AttemptOptions<MenuEvent> | null;
  /** Prompts after silence and after other keys, as in `menu`; `{entry}` in a text stands for the entry. @default the prompt again */
  readonly noInput?: Escalation | null;
  readonly noMatch?: Escalation | null;
}

/** What came of a read-back. */
export type Confirmed = 'right' | 'again' | 'none';

const AT_PROMPT = {
  code: 'HS_EFFECT_ARGUMENT',
  effect: 'ask: confirm',
  argument: 'prompt',
  fix: 'Write it like (value) => `You said ${value}.`',
} as const;
const CHECKS: OptionChecks<AskConfirmation> = {
  prompt: (effect, argument, prompt) => {
    if (typeof prompt === 'function') checkPlainFunction(prompt, { ...AT_PROMPT, effect, argument });
    else checkedText(effect, argument, prompt, PARAMETERS.sayAndCapture.promptMessage);
  },
  attempts: checkedByMaker,
  noInput: checkedByMaker,
  noMatch: checkedByMaker,
};

/** The confirmation of a question, checked; null where there is none. */
export function confirmationOf(confirm: unknown): AskConfirmation | null {
  if (confirm === undefined || confirm === null || confirm === false) return null;
  if (confirm === true) return {};
  if (typeof confirm !== 'object') {
    const says = { says: 'must be true, false or an object', came: describeValue(confirm), fix: 'Write confirm: true.' };
    throw argumentError('HS_EFFECT_ARGUMENT', 'ask', 'confirm', says);
  }
  checkOptions('ask: confirm', confirm as AskConfirmation, CHECKS);
  return confirm as AskConfirmation;
}

/** The menu that asks whether `entry` is right. */
export function readBack(
  confirmation: AskConfirmation,
  { entry, value, star, reasons }: { entry: string; value: unknown; star: 'point' | 'star'; reasons: Phrases },
  settings: {
    readonly id: string;
    readonly keys: OwnKeys;
    readonly sensitive: boolean;
    readonly voice: string | null;
    readonly speed: number | null;
  },
  source?: string,
): Composite<Confirmed> {
  const { prompt, attempts = null } = confirmation;
  const said = spelled(entry, phrase(star, reasons));
  const asked = typeof prompt === 'function' ? wordsOf(prompt(value)) : (prompt ?? phrase('readBack', reasons));
  const prompts = (event: 'noInput' | 'noMatch'): readonly Prompt[] | null => {
    const given = escalationPrompts('ask: confirm', event, confirmation[event]);
    return given.length === 0 ? null : given.map((one) => fillPrompt(one, 'entry', said));
  };
  const options = { ...settings, attempts, noInput: prompts('noInput'), noMatch: prompts('noMatch'), otherwise: 'none' };
  return makeMenu('confirm', fill(asked, 'entry', said), { 1: 'right', 2: 'again' }, options, source) as Composite<Confirmed>;
}

/** The words that a function gave: a text that can be spoken. */
function wordsOf(words: unknown): Text {
  return checkedText(AT_PROMPT.effect, AT_PROMPT.argument, atOnce(words, AT_PROMPT), PARAMETERS.sayAndCapture.promptMessage);
}

/** `12*5` as `1, 2, point, 5`. */
function spelled(entry: string, star: Text): Text {
  return fill([...entry].map((key) => (key === '*' ? '{star}' : key)).join(', '), 'star', star);
}
