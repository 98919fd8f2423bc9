/** What a flow leaves of its call besides what was said: its tags and its result, as they are kept. */
import type { FlowModule, Position, TagValue } from '@hookswitch/dsl';
import type { CallRecord } from '../store/store.ts';
import type { Secrets } from './hidden/secrets.ts';
import { withoutSecrets } from './hidden/without-secrets.ts';

type Tagged = Pick<FlowModule['options'], 'tags'>;

/** What a flow has noted on the way from one position to the next. */
interface Noted {
  readonly tags: CallRecord['tags'];
  /** JSON; null where it has not returned on that way. */
  readonly result: string | null;
  /** Why that is no result. */
  readonly error: unknown;
}

/**
 * What a flow has noted since `before`; null where it has just begun. What was set before is left as it is stored: it may have been another version of the code that set it.
 * What speaks of a secret is hidden; a text of the author's own, from which a tag chooses, never does.
 */
export function notedSince(
  before: Position | null,
  { tags, result, resultError }: Position,
  { tags: declared }: Tagged,
  secrets: Secrets,
): Noted {
  const known = before?.tags ?? {};
  const kinds = (declared?.kinds ?? {}) as Readonly<Record<string, unknown>>;
  const set = Object.entries(tags).filter(([name, value]) => !Object.hasOwn(known, name) || known[name] !== value);
  const kept = set.map(
    ([name, value]) => [name, Array.isArray(kinds[name]) ? value : (withoutSecrets(value, secrets) as TagValue)] as const,
  );
  const hasReturned = result !== null && (before?.result ?? null) === null;
  return {
    tags: Object.fromEntries(kept),
    result: hasReturned ? JSON.stringify(withoutSecrets(result, secrets)) : null,
    error: (before?.resultError ?? null) === null ? resultError : null,
  };
}

/** Those of a call's tags that its flow has metrics of. */
export function measuredTags(
  { tags }: Pick<CallRecord, 'tags'>,
  declared: Tagged['tags'],
): readonly (readonly [name: string, value: string])[] {
  return (declared?.metrics ?? []).flatMap((name) => (Object.hasOwn(tags, name) ? [[name, String(tags[name])] as const] : []));
}
