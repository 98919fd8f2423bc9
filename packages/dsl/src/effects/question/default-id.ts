import { isAudio, type Prompt, type Text } from '../text.ts';
import { promptParts } from './prompts.ts';

const LONGEST = 40;

/**
 * The name of a menu or question without `id`: made of its main prompt, so that all its prompts ask at one site. At most 56 characters.
 * Texts in other scripts are told apart by a hash.
 */
export function defaultId(effect: string, prompt: Prompt): string {
  const text = promptParts(prompt).find((part) => !isAudio(part)) as Text | undefined;
  const words = typeof text === 'string' ? text : (Object.values(text ?? {})[0] ?? '');
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  const other = /[^\x00-\x7F]/.test(words) ? fingerprint(words) : '';
  return [effect, slug, other].filter(Boolean).join('-');
}

/** FNV-1a, 32 bit, in base 36. */
function fingerprint(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}
