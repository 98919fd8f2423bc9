import { checkOverrides } from '../check-overrides.ts';
import type { OverrideChange, OverrideRow, Overrides as Kept } from '../override-row.ts';

/** The overrides of the in-memory store. */
export class Overrides {
  revision = 0;
  readonly #rows = new Map<string, OverrideRow>();

  all(): Kept {
    const rows = [...this.#rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
    return { revision: this.revision, rows };
  }

  change(changes: readonly OverrideChange[]): 'changed' | 'conflict' {
    checkOverrides(changes);
    const isOld = ({ scope, name, expected }: OverrideChange): boolean => (this.#rows.get(key(scope, name))?.version ?? 0) !== expected;
    if (changes.some(isOld)) return 'conflict';
    this.revision++;
    for (const { scope, name, to } of changes) {
      if (to === null) this.#rows.delete(key(scope, name));
      else this.#rows.set(key(scope, name), { scope, name, ...to, version: this.revision });
    }
    return 'changed';
  }
}

/** In the order of scopes, then of names: no text has a character before U+0000. */
function key(scope: string, name: string): string {
  return `${scope}\u0000${name}`;
}
