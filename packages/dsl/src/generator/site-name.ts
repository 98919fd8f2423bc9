import type { Bridge } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { Step } from '../effects/step.ts';
import type { Prompt } from '../effects/text.ts';
import { EffectArgumentError } from '../errors/index.ts';

/** Names that the machine keeps for itself, and the one that can't be the key of an object. */
const RESERVED_SITES: ReadonlySet<string> = new Set(['idle', 'ended', 'failed', 'closed', 'uncharted', '__proto__']);

/** The error of an effect whose site has such a name; null for any other. */
export function reservedSite(site: string, { kind }: { readonly kind: string }): EffectArgumentError | null {
  if (!RESERVED_SITES.has(site)) return null;
  const message = `${kind}: "${site}" is a name that the machine keeps for itself; choose another.`;
  return new EffectArgumentError('HS_EFFECT_ARGUMENT', message, `${kind}.id`);
}

const SLUG_LENGTH = 40;
const CACHE_SIZE = 5_000;
const slugs = new Map<string, string>();

/** The site of an effect that waits: its `id`, else a slug of kind and prompt, prefixed by the sub-flow path. */
export function siteName(path: readonly string[], effect: Capture | Bridge | Step<unknown>): string {
  const leaf = leafName(effect);
  return path.length === 0 ? leaf : `${path.join('/')}/${leaf}`;
}

function leafName(effect: Capture | Bridge | Step<unknown>): string {
  switch (effect.kind) {
    case 'capture':
      return effect.id ?? slugOf(firstText(effect.prompt));
    case 'bridge':
      // Never made of the number: sites stand in logs, metrics and URLs.
      return effect.id ?? 'bridge';
    case 'step':
      return effect.name;
  }
}

function firstText(prompt: Prompt): string {
  if (typeof prompt === 'string') return prompt;
  if (Array.isArray(prompt)) {
    const text = (prompt as readonly Exclude<Prompt, readonly unknown[]>[]).find((part) => typeof part === 'string' || !('audio' in part));
    return text === undefined ? '' : firstText(text);
  }
  return Object.values(prompt)[0] ?? '';
}

function slugOf(text: string): string {
  const known = slugs.get(text);
  if (known !== undefined) return known;
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_LENGTH)
    .replace(/^-|-$/g, '');
  // Texts in other scripts would all become the same slug; their hash tells them apart.
  const name = /[^\x00-\x7F]/.test(text) ? ['capture', words, hash(text).toString(36)].filter(Boolean).join('-') : `capture-${words}`;
  if (slugs.size >= CACHE_SIZE) slugs.clear();
  slugs.set(text, name);
  return name;
}

/** FNV-1a, 32 bit: a stable number for a text; not for secrets. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
