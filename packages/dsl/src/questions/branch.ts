import { type Composite, inFrame } from '../effects/composite.ts';
import type { CurrentRun } from '../flow/current-run.ts';
import type { Flow } from '../flow/effect.ts';

/** How a branch ended: with its result, or left by the universal keys back or main for the menu that runs it. */
export type BranchEnd<R> = { readonly left: false; readonly result: R } | { readonly left: true };

const OPERATOR_PATH = ['operator'];

/**
 * A branch of a menu. The driver runs it in a frame of its own, which is where `go` is taken: it ends the branch (its `finally` blocks run) and says so;
 * `main` ends all branches up to the outermost one.
 */
export function branch<R>(start: () => Flow<R>): Composite<BranchEnd<R>> {
  return inFrame('branch', 'branch', start) as Composite<BranchEnd<R>>;
}

/** The flow's operator, as a branch of the menu or question whose key called it. Its sites are called `operator/…` wherever it was called. */
export function operator(run: CurrentRun): Composite<BranchEnd<unknown>> {
  return inFrame('operator', 'operator', () => {
    run.path = OPERATOR_PATH;
    return (run.options.operator as NonNullable<typeof run.options.operator>)(run.call);
  }) as Composite<BranchEnd<unknown>>;
}
