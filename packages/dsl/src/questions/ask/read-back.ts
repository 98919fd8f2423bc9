import { atOnce, checkPlainFunction } from '../../arguments/at-once.ts';
import { argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import { PARAMETERS } from '../../callflow/parameters.ts';
import type { Composite } from '../../effects/composite.ts';
import { checkedText } from '../../flow/check-text.ts';
import { phrase } from '../../flow/phrase.ts';
import type { Phrases } from '../../flow/phrases.ts';
import type { Prompt, Text } from '../../flow/text.ts';
import { fill } from '../fill.ts';
import { makeMenu } from '../menu/make-menu.ts';
import { escalationPrompts, fillPrompt } from '../prompts.ts';
import type { OwnKeys } from '../universal-keys.ts';
import type { AskConfirmation } from './ask-options.ts';

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
