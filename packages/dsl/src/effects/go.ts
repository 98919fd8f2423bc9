import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Leaves the branch that is running: `back` to the menu around it, `main` to the outermost one. Yielded by menus for their universal keys; the branch menu takes it. */
export interface Go extends Effect<'go', never> {
  readonly to: 'back' | 'main';
}

/** Closes the running branch (its `finally` blocks run) and plays the enclosing branch menu again; `main` plays the outermost one. */
export function go(to: 'back' | 'main'): Go {
  return makeEffect<Go>({ kind: 'go', to });
}
