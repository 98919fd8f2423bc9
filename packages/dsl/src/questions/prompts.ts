import { argumentError } from '../arguments/check-argument.ts';
import { checkedPrompt } from '../flow/check-text.ts';
import { type Audio, isAudio, type Prompt, promptParts, type Text } from '../flow/text.ts';
import { fill } from './fill.ts';

/**
 * What is spoken instead of the main prompt after a failed attempt: one text, or a list of prompts of which the first is for the first time
 * that the event happens, and the last for all further times.
 */
export type Escalation = Text | Audio | readonly Prompt[];

/** Options of a question: what is spoken after each of its events. */
export type Escalations<E extends string> = { readonly [K in E]?: Escalation | null };

/**
 * The prompts of an event, in order, checked and frozen; empty where none are given.
 *
 * @throws EffectArgumentError as `capture` does for its prompt.
 */
export function escalationPrompts(effect: string, argument: string, given: Escalation | null | undefined): readonly Prompt[] {
  if (given === null || given === undefined) return [];
  if (!Array.isArray(given)) return [checkedPrompt(effect, argument, given)];
  if (given.length > 0) return (given as readonly Prompt[]).map((prompt, index) => checkedPrompt(effect, `${argument}[${index}]`, prompt));
  const says = { says: 'must have a prompt for the first time', came: 'an empty list', fix: 'Leave it out to hear the main prompt again.' };
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
}

/** The prompts of every event; a question without an option for one has none. Throws as `escalationPrompts` does. */
export function escalations<E extends string>(
  effect: string,
  options: Escalations<E>,
  events: readonly E[],
): Readonly<Record<E, readonly Prompt[]>> {
  return Object.fromEntries(events.map((event) => [event, escalationPrompts(effect, event, options[event])])) as Record<
    E,
    readonly Prompt[]
  >;
}

/** The prompt for the `nth` time, from 1; the last one is used again. Null where there is none. */
export function escalated(prompts: readonly Prompt[], nth: number): Prompt | null {
  return prompts[Math.min(nth, prompts.length) - 1] ?? null;
}

/** `prompt` with `value` in place of `{name}` in all its texts. */
export function fillPrompt(prompt: Prompt, name: string, value: Text): Prompt {
  const parts = promptParts(prompt).map((part) => (isAudio(part) ? part : fill(part, name, value)));
  return parts.length === 1 ? (parts[0] as Text | Audio) : parts;
}
