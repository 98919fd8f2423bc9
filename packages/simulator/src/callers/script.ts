import { phoneKeys } from '@hookswitch/dsl/testing';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { AMOUNT, checkOption } from '../check-option.ts';
import type { Caller } from './caller.ts';
import { ScriptRun, type Heard, type ScriptStep } from './script-run.ts';

/** Options of `press`. */
export interface PressOptions {
  /** Milliseconds between the beginning of listening and the first key. @default how long this caller thinks */
  readonly after?: number;
  /** Milliseconds between two keys. @default 150 */
  readonly gap?: number;
  /** Presses while the prompt is still spoken, `after` ms (0 by default) after it began. @default false */
  readonly interrupt?: boolean;
}

/** A caller that does one thing after the other. Immutable: each verb gives a new script. After the last step it stays on the line, quietly. */
export interface Script extends Caller {
  /** Presses these keys when the platform next listens: each `press` is for one prompt, or for one more try of it. Throws `PhoneKeyError` for what isn't a key. */
  press(keys: string, options?: PressOptions): Script;
  /** Lets the next prompt go by without a key: one prompt, or one try of it. */
  stayQuiet(): Script;
  /** Goes on when this was heard, however much is heard before. */
  waitFor(what: Heard): Script;
  /** The next things that are heard must be these, else the call counts as wrong and the caller hangs up. */
  expectHears(...what: readonly Heard[]): Script;
  /** Lets time pass, ms. */
  wait(ms: number): Script;
  /** Hangs up, after so many ms. */
  hangUp(options?: { readonly after?: number }): Script;
  /** The same script under a name for reports. */
  named(name: string): Script;
}

function script(name: string, steps: readonly ScriptStep[]): Script {
  const then = (...more: readonly ScriptStep[]): Script => script(name, [...steps, ...more]);
  return {
    name,
    begin(line) {
      const run = new ScriptRun(line, steps);
      return (event) => run.on(event);
    },
    press(keys, options = {}) {
      const { after = null, gap = 150, interrupt = false } = options;
      if (after !== null) checkOption('press.after', AMOUNT, after);
      checkOption('press.gap', AMOUNT, gap);
      if (keys === '') throw new SimulatorOptionError('press', 'needs at least one key; for no key at all use stayQuiet().');
      return then({ kind: 'press', keys: phoneKeys(keys), after, gap, interrupt });
    },
    stayQuiet: () => then({ kind: 'stayQuiet' }),
    waitFor: (what) => then({ kind: 'waitFor', what }),
    expectHears: (...what) => then(...what.map((one) => ({ kind: 'expectHears', what: one }) as const)),
    wait(ms) {
      checkOption('wait', AMOUNT, ms);
      return then({ kind: 'wait', ms });
    },
    hangUp(options = {}) {
      checkOption('hangUp.after', AMOUNT, options.after ?? 0);
      return then({ kind: 'wait', ms: options.after ?? 0 }, { kind: 'hangUp' });
    },
    named: (newName) => script(newName, steps),
  };
}

/**
 * Where every script begins.
 *
 * ```ts
 * caller.expectHears('Welcome').press('1').waitFor(/transfer/).hangUp()
 * ```
 */
export const caller: Script = script('script', []);
