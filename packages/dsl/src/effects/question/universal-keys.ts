import { describeValue, describeWord } from '../../callflow/describe-value.ts';
import { didYouMean } from '../../callflow/near-miss.ts';
import { argumentError, maskedName } from '../check-argument.ts';
import type { CurrentRun } from '../current-run.ts';
import type { UniversalKeys } from '../define-flow.ts';
import { isKeys, whyNotKeys } from './phone-key.ts';

/** What universal keys do. */
export const UNIVERSAL_KEYS = ['repeat', 'operator', 'back', 'main'] as const satisfies readonly (keyof UniversalKeys)[];
export type UniversalKey = (typeof UNIVERSAL_KEYS)[number];

/** Universal keys of one menu or question: in place of the flow's, or null to switch one off. */
export type OwnKeys = { readonly [K in UniversalKey]?: string | null };

/** The universal keys that work in one menu or question: keys to meaning. */
export type ActiveKeys = ReadonlyMap<string, UniversalKey>;

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
