import { FlowDefinitionError } from '../../errors/index.ts';
import { type CurrentRun, currentRun } from '../current-run.ts';
import { type Effect, type Flow, isEffect } from '../effect.ts';
import { InPlace } from './in-place.ts';

/** How a branch ended: with its result, or left by the universal keys back or main for the menu that runs it. */
export type BranchEnd<R> = { readonly left: false; readonly result: R } | { readonly left: true };

/** Where the operator stands among the open branches. No menu can be called so. */
const OPERATOR = '*operator';
const OPERATOR_PATH = ['operator'];
/** How often a branch that is left may go on after a `finally` block before that is taken for a fault. */
const MOST_RETURNS = 100;

/** Tells whether the flow's operator is being run: its key then does nothing, or operators would pile up. */
export function isOperating(run: CurrentRun): boolean {
  return run.branches.includes(OPERATOR);
}

/**
 * Runs a branch of the menu `site`, and is where `go` is taken: it closes the branch (its `finally` blocks run, what they speak and do is performed)
 * and says so. `main` is handed on to the outermost branch menu.
 *
 * Gives `undefined` after the branch was closed from outside and its `finally` blocks waited for something: JavaScript then resumes the generator
 * around a `yield*` as if the inner one had ended by itself, so callers in the framework test for it and end.
 */
export function* runBranch<R>(site: string, start: () => Flow<R>): Flow<BranchEnd<R> | undefined> {
  const run = currentRun();
  const outer = { path: run?.path ?? [], branches: run?.branches ?? [] };
  enter({ path: outer.path, branches: [...outer.branches, site] });
  let child: InPlace<R> | null = null;
  let left = false;
  try {
    child = new InPlace(start());
    let pulled = child.next();
    while (pulled.done !== true) {
      const effect = pulled.value;
      if (isEffect(effect) && effect.kind === 'go' && (effect.to === 'back' || outer.branches.length === 0)) {
        left = true;
        return { left };
      }
      let answer: unknown;
      try {
        answer = yield effect;
      } catch (error) {
        pulled = child.throw(error);
        continue;
      }
      pulled = child.next(answer);
    }
    return { left, result: pulled.value };
  } finally {
    try {
      if (child !== null) yield* close(child, left);
    } finally {
      enter(outer);
    }
  }
}

/** Runs the flow's operator as a branch of the menu or question whose key called it. Its sites are called `operator/…` wherever it was called. */
export function* runOperator(run: CurrentRun): Flow<BranchEnd<unknown> | undefined> {
  return yield* runBranch(OPERATOR, () => {
    run.path = OPERATOR_PATH;
    return (run.options.operator as NonNullable<typeof run.options.operator>)(run.call);
  });
}

/** Lets the `finally` blocks of `child` run and performs what they yield. */
function* close<R>(child: InPlace<R>, left: boolean): Flow {
  let pulled = child.return();
  for (let returns = 1; pulled.done !== true;) {
    // In a call that goes on, a `finally` block neither asks the caller nor ends the call; and a branch that goes on after its `finally`
    // blocks (see runBranch) is stopped at its next question.
    if (left && waitsForCaller(pulled.value)) {
      if (++returns > MOST_RETURNS)
        throw new FlowDefinitionError('A branch can not be left: a `finally` block in it asks the caller again and again.');
      pulled = child.return();
      continue;
    }
    let resume: 'next' | 'throw' | 'return' = 'return';
    let value: unknown;
    try {
      value = yield pulled.value;
      resume = 'next';
    } catch (error) {
      value = error;
      resume = 'throw';
    } finally {
      if (resume === 'return') yield* close(child, false);
    }
    pulled = resume === 'next' ? child.next(value) : child.throw(value);
  }
}

function waitsForCaller(effect: Effect): boolean {
  return isEffect(effect) && (effect.kind === 'capture' || effect.kind === 'bridge' || effect.kind === 'hangup' || effect.kind === 'go');
}

function enter({ path, branches }: { readonly path: readonly string[]; readonly branches: readonly string[] }): void {
  const run = currentRun();
  if (run === null) return;
  run.path = path;
  run.branches = branches;
}
