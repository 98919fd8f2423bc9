import { maskedName } from '../arguments/check-argument.ts';
import { describeValue, describeWord } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import type { UniversalKeys } from './flow-options.ts';
import { isKeys, whyNotKeys } from './phone-key.ts';

/** What universal keys do. */
export const UNIVERSAL_KEYS = ['repeat', 'operator', 'back', 'main'] as const satisfies readonly (keyof UniversalKeys)[];
export type UniversalKey = (typeof UNIVERSAL_KEYS)[number];

/** What is wrong, in the words of `argumentError`. */
export interface KeysProblem {
  readonly argument: string;
  readonly says: string;
  readonly came: string;
  readonly fix: string;
}

/** What is wrong with a set of universal keys; null where nothing is. */
export function keysProblem(keys: unknown): KeysProblem | null {
  if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) {
    return { argument: 'keys', says: 'must be an object', came: describeValue(keys), fix: "Write it like { repeat: '*' }." };
  }
  const seen = new Map<string, string>();
  for (const [name, key] of Object.entries(keys) as [string, unknown][]) {
    const argument = `keys.${maskedName(name)}`;
    if (!isUniversalKey(name)) {
      const fix = `${didYouMean(name, UNIVERSAL_KEYS)}There are: ${UNIVERSAL_KEYS.join(', ')}.`;
      return { argument, says: 'is no universal key', came: describeWord(name), fix };
    }
    if (key === null || key === undefined) continue;
    if (!isKeys(key)) return { argument, says: 'must be what a caller can key in', came: describeValue(key), fix: whyNotKeys(key) };
    const other = seen.get(key);
    if (other !== undefined) return { argument, says: 'must be a key of its own', came: `that of ${other}`, fix: 'Choose another.' };
    seen.set(key, name);
  }
  return null;
}

function isUniversalKey(name: string): name is UniversalKey {
  return (UNIVERSAL_KEYS as readonly string[]).includes(name);
}
