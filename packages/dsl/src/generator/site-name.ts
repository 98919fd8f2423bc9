import type { Awaited } from '../effects/primitive.ts';
import { EffectArgumentError } from '../errors/index.ts';
import { slugOf } from '../flow/slug.ts';
import type { Prompt } from '../flow/text.ts';

/** Names that the machine keeps for itself, and the one that can't be the key of an object. */
const RESERVED_SITES: ReadonlySet<string> = new Set(['idle', 'ended', 'failed', 'closed', 'uncharted', '__proto__']);

/** The error of an effect whose site has such a name; null for any other. */
export function reservedSite(site: string, { kind }: { readonly kind: string }): EffectArgumentError | null {
  if (!RESERVED_SITES.has(site)) return null;
  const message = `${kind}: "${site}" is a name that the machine keeps for itself; choose another.`;
  return new EffectArgumentError('HS_EFFECT_ARGUMENT', message, `${kind}.id`);
}

/** The site of an effect that waits: its `id`, else a slug of kind and prompt, prefixed by the sub-flow path. */
export function siteName(path: readonly string[], effect: Awaited): string {
  const leaf = leafName(effect);
  return path.length === 0 ? leaf : `${path.join('/')}/${leaf}`;
}

function leafName(effect: Awaited): string {
  switch (effect.kind) {
    case 'capture':
      return effect.id ?? captureName(effect.prompt);
    case 'bridge':
      // Never made of the number: sites stand in logs, metrics and URLs.
      return effect.id ?? 'bridge';
    case 'step':
      return effect.name;
    case 'waitFor':
      return effect.id ?? effect.name;
    case 'settings':
      return 'settings';
  }
}

/** A prompt without letters or digits leaves the dash: journals of running calls have that name. */
function captureName(prompt: Prompt): string {
  const slug = slugOf('capture', prompt);
  return slug === 'capture' ? 'capture-' : slug;
}
