import type { Secrets } from './secrets.ts';

/** What stands in place of what is sealed, of what was erased when the call ended, and of what speaks of it. */
export const HIDDEN = '•••';

/** JSON as it is kept: each text and number in it that speaks of a secret, and each name of a field that does, is hidden. */
export function withoutSecrets(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string' || typeof value === 'number') return secrets.areIn(value) ? HIDDEN : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, secrets));
  const fields = Object.entries(value).map(([name, one]) => [secrets.areIn(name) ? HIDDEN : name, withoutSecrets(one, secrets)] as const);
  return Object.fromEntries(fields);
}
