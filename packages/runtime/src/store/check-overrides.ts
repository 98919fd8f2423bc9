import { StoreArgumentError } from '../errors/store-argument-error.ts';
import { MAX_KEY } from './max-key.ts';
import type { OverrideChange } from './override-row.ts';

const MAX_NAME = 64;
const MAX_VALUE = 20_000;
const MAX_REASON = 500;

/** Throws `StoreArgumentError` for no change, for two of one setting, and for texts that are too long. */
export function checkOverrides(changes: readonly OverrideChange[]): void {
  if (changes.length === 0) throw new StoreArgumentError('changeOverrides', 'has nothing to change.');
  const tooLong = (key: string, text: string | null | undefined, most: number): void => {
    if ((text?.length ?? 0) > most) throw new StoreArgumentError(`changeOverrides.${key}`, `has more than ${most} characters.`);
  };
  const seen = new Set<string>();
  for (const { scope, name, to } of changes) {
    tooLong('scope', scope, MAX_KEY);
    tooLong('name', name, MAX_NAME);
    tooLong('value', to?.value, MAX_VALUE);
    tooLong('label', to?.label, MAX_NAME);
    tooLong('reason', to?.reason, MAX_REASON);
    const key = JSON.stringify([scope, name]);
    if (seen.has(key)) throw new StoreArgumentError('changeOverrides', 'changes one setting twice.');
    seen.add(key);
  }
}
