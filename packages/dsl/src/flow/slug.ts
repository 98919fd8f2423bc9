import { isAudio, type Prompt, type Text } from './text.ts';

const MAX_LENGTH = 40;
const MAX_KNOWN = 5_000;
/** Makers run again in every replay. */
const known = new Map<string, string>();

/**
 * What stands for the name of a capture, menu or question without `id`: what it is, and a slug of the first text of its prompt, e.g. `menu-welcome`. At most 56 characters.
 * Texts in other scripts, which would all have one slug, are told apart by a hash.
 */
export function slugOf(what: string, prompt: Prompt): string {
  const text = firstText(prompt);
  const key = `${what} ${text}`;
  let slug = known.get(key);
  if (slug === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    slug = [what, words(text), isAscii(text) ? '' : hash(text).toString(36)].filter(Boolean).join('-');
    known.set(key, slug);
  }
  return slug;
}

/** FNV-1a, 32 bit: a stable number for a text; not for secrets. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

function firstText(prompt: Prompt): string {
  if (typeof prompt === 'string') return prompt;
  // Array.isArray does not narrow readonly arrays.
  const parts = (Array.isArray(prompt) ? prompt : [prompt]) as readonly Exclude<Prompt, readonly unknown[]>[];
  const text = parts.find((part): part is Text => !isAudio(part)) ?? '';
  return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-|-$/g, '');
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7F]/.test(text);
}
