import { argumentError } from '../../arguments/check-argument.ts';
import { isGenerator, mayGiveGenerator, notGeneratorFunction } from '../../arguments/generator-function.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import { laterKind } from '../../callflow/kind-of-value.ts';
import type { Effect, Flow } from '../../flow/effect.ts';

/** One way out of a menu: a generator function, or a function that gives a generator, called with the keys that were pressed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
export type Branch<R> = (keys: string) => Generator<Effect, R, any>;

/** Tells a branch from a value. */
export function isBranch(value: unknown): value is Branch<unknown> {
  return typeof value === 'function';
}

/** The options of a menu, as they are written. */
export type Options = Readonly<Record<string, unknown>>;

/**
 * Throws `HS_MENU_OPTIONS` where there are no options, and `HS_MENU_BRANCH` unless they are all values or all branches,
 * and for functions and objects that are neither: an async function, a class, a generator, a promise, nothing at all.
 */
export function checkOptionValues(effect: string, options: unknown, otherwise: unknown): asserts options is Options {
  const wrong = typeof options !== 'object' || options === null || Array.isArray(options);
  const values = wrong ? [] : Object.values(options);
  if (values.length === 0) {
    throw argumentError('HS_MENU_OPTIONS', effect, 'options', {
      says: 'must be an object from keys to what they mean',
      came: wrong ? describeValue(options) : 'an empty one',
      fix: "Write it like { 1: 'billing', 2: 'agent' }.",
    });
  }
  const branches = values.some(isBranch);
  for (const [option, value] of Object.entries(options as Options)) checkOption(effect, `options["${option}"]`, value, branches);
  checkOtherwise(effect, otherwise);
}

/** Throws `HS_MENU_BRANCH` for an `otherwise` that is neither a value nor a branch. */
export function checkOtherwise(effect: string, otherwise: unknown): void {
  if (otherwise !== undefined) checkOption(effect, 'otherwise', otherwise, isBranch(otherwise));
}

function checkOption(effect: string, argument: string, value: unknown, branches: boolean): void {
  if (branches && mayGiveGenerator(value)) return;
  if (!branches && value !== undefined && laterKind(value) === null) return;
  const { came, fix } = notGeneratorFunction(value);
  const says = branches ? 'must be a generator function, as other options of this menu are' : 'must be a value, or a generator function';
  throw argumentError('HS_MENU_BRANCH', effect, argument, { says, came, fix });
}

/** Calls a branch. Throws `HS_MENU_BRANCH` where that gives no generator. */
export function startBranch(effect: string, argument: string, branch: Branch<unknown>, keys: string): Flow<unknown> {
  const started: unknown = branch(keys);
  if (isGenerator(started)) return started as Flow<unknown>;
  const { came } = notGeneratorFunction(started);
  throw argumentError('HS_MENU_BRANCH', effect, argument, {
    says: 'must give a generator when it is called',
    came,
    fix: 'Write function* in place of function, or give back what a generator function gives.',
  });
}
