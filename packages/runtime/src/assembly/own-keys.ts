import { didYouMean } from '@hookswitch/dsl';

/** The keys of a plain object; null for anything else. */
export function ownKeys(value: unknown): readonly string[] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : null;
}

/** The problem with the first key that is not known, with its near miss; null when all are. */
export function unknownKey(keys: readonly string[], known: readonly string[]): string | null {
  const key = keys.find((candidate) => !known.includes(candidate));
  return key === undefined ? null : `has no key ${JSON.stringify(key)}. ${didYouMean(key, known)}Known are ${known.join(', ')}`;
}
