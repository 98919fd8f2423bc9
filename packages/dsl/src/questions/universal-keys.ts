import { argumentError } from '../arguments/check-argument.ts';
import type { CurrentRun } from '../flow/current-run.ts';
import { keysProblem, UNIVERSAL_KEYS, type UniversalKey } from '../flow/universal-keys.ts';

/** Universal keys of one menu or question: in place of the flow's, or null to switch one off. */
export type OwnKeys = { readonly [K in UniversalKey]?: string | null };

/** The universal keys that work in one menu or question: keys to meaning. */
export type ActiveKeys = ReadonlyMap<string, UniversalKey>;

/** Throws `HS_KEYS_INVALID` for what can't be the `keys` of a menu or question. */
export function checkOwnKeys(effect: string, own: unknown): void {
  const problem = keysProblem(own);
  if (problem !== null) throw argumentError('HS_KEYS_INVALID', effect, problem.argument, problem);
}

/**
 * The universal keys that work where a menu or question is played: its own, else the flow's. `back` and `main` work inside a branch only:
 * those of the flow are left out elsewhere, a menu's own are an error, as is `operator` in a flow that has none.
 */
export function activeKeys(effect: string, own: OwnKeys, run: CurrentRun | null): ActiveKeys {
  const active = new Map<string, UniversalKey>();
  if (run === null) return active;
  const flow = run.options.keys;
  for (const name of UNIVERSAL_KEYS) {
    const key = own[name] === undefined ? flow[name] : own[name];
    if (key === null || key === undefined) continue;
    const declared = typeof own[name] === 'string';
    if (!works(effect, name, declared, run)) continue;
    const other = active.get(key);
    if (other !== undefined) {
      throw argumentError('HS_KEYS_INVALID', effect, `keys.${name}`, {
        says: 'must be a key of its own',
        came: `that of ${other}`,
        fix: `Choose another, or switch that one off with keys: { ${other}: null }.`,
      });
    }
    active.set(key, name);
  }
  return active;
}

function works(effect: string, name: UniversalKey, declared: boolean, run: CurrentRun): boolean {
  switch (name) {
    case 'repeat':
      return true;
    case 'operator':
      if (run.options.operator !== null) return !run.operating;
      if (!declared) return false;
      throw argumentError('HS_KEYS_INVALID', effect, 'keys.operator', {
        says: 'must lead somewhere',
        came: `flow "${run.options.name}" without an operator`,
        fix: 'Give defineFlow an `operator`.',
      });
    case 'back':
    case 'main':
      if (run.branches > 0) return true;
      if (!declared) return false;
      throw argumentError('HS_KEYS_OUTSIDE_BRANCH', effect, `keys.${name}`, {
        says: 'needs the branch of a menu around it, for that is what it leaves',
        came: 'none',
        fix: `Make this ${effect} inside a generator function that is an option of another menu: menu(…, { 1: billing }).`,
      });
  }
}
