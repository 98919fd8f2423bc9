import { checkPlainFunction } from '../arguments/at-once.ts';
import {
  type ArgumentCheck,
  argumentError,
  checkBoolean,
  checkOptions,
  integerCheck,
  maskedName,
  type OptionChecks,
} from '../arguments/check-argument.ts';
import { jsonLoss } from '../arguments/json-loss.ts';
import type { IfJson } from '../arguments/json-type.ts';
import { checkName } from '../arguments/name.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { functionKind } from '../callflow/kind-of-value.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** What a step's function is called with. */
export interface StepContext {
  /** Aborts when the step times out, or when the caller has gone, unless the step is in an `uninterruptible` block. */
  readonly signal: AbortSignal;
  /** `callId:journalIndex`: the same for every attempt, process and replay. Hand it to the service that you call. */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** Why a step failed for good: name and message of what its function threw. */
export interface StepFailure {
  readonly name: string;
  readonly message: string;
}

/** Options of `step`: `R` is what its function gives, `E` what `onError` gives. Timeouts and retries are the runtime's; the dsl's own default calls the function once. */
export interface StepOptions<R, E = never> {
  /** Milliseconds for one attempt, 1..300000. @default 10000 */
  readonly timeout?: number | null;
  /** How often it is tried again after a failure, 0..10. @default 2 */
  readonly retries?: number | null;
  /** Results by name, for exploration and diagrams, e.g. `{ found: { name: 'Ann' }, missing: null }`. */
  readonly examples?: Readonly<Record<string, NoInfer<R | E | NothingIn<R>>>> | null;
  /**
   * Gives the result of a step that failed for good, instead of the error that would be thrown into the flow: JSON, and at once. Called once
   * for each step that failed; its result is kept in the journal, and what it throws comes back as `StepFailedError`. Where it reads the error, and `examples` hold what it gives, its parameter needs a type: `(error: StepFailure) => …`.
   */
  readonly onError?: ((error: StepFailure) => NoInfer<R> | E) | null;
  /** The result is encrypted in the journal and masked in exports. @default false */
  readonly sensitive?: boolean | null;
}

/** A step that gives nothing may have null for an example of that. */
type NothingIn<R> = void extends R ? null : never;

/** Does something in the outside world; see `step`. */
export interface Step<R> extends Effect<'step', R> {
  readonly name: string;
  // Method syntax on purpose: results may be narrower.
  run(context: StepContext): R | Promise<R>;
  readonly timeout: number;
  readonly retries: number;
  readonly examples: Readonly<Record<string, R>> | null;
  readonly onError: ((error: StepFailure) => R) | null;
  readonly sensitive: boolean;
}

/** The function of a step may be asynchronous; a generator would never run. */
const checkRun: ArgumentCheck = (effect, argument, value) => {
  if (functionKind(value) === 'an async function' || functionKind(value) === 'a function') return;
  const says = typeof value === 'function' ? 'must be a function, async or not' : 'must be a function';
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
    says,
    came: describeValue(value),
    fix: 'Hand over the function itself, e.g. () => crm.find(account), not what it gives back.',
  });
};

const checkOnError: ArgumentCheck = (effect, argument, value) => {
  checkPlainFunction(value, { code: 'HS_EFFECT_ARGUMENT', effect, argument, fix: "Write it like () => 'failed', or (error) => null." });
};

const checkExamples: ArgumentCheck = (effect, argument, value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const says = {
      says: 'must be an object of results by name',
      came: describeValue(value),
      fix: "Write it like { found: { name: 'Ann' }, missing: null }.",
    };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
  }
  for (const [name, example] of Object.entries(value)) {
    const loss = jsonLoss(example);
    if (loss === null) continue;
    throw argumentError('HS_EFFECT_ARGUMENT', effect, `${argument}.${maskedName(name)}`, {
      says: `must be JSON, as the step's result must, down to ${loss.path}`,
      came: loss.came,
      fix: 'Use plain data: texts, finite numbers, true, false, null, lists and objects.',
    });
  }
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the checks are the same for every kind of result
const OPTIONS: OptionChecks<StepOptions<any, any>> = {
  timeout: integerCheck(1, 300_000, ' (milliseconds)', 'Leave it out for 10 seconds.'),
  retries: integerCheck(0, 10, '', 'Leave it out for two retries.'),
  examples: checkExamples,
  onError: checkOnError,
  sensitive: checkBoolean,
};

/**
 * The only door to the outside world: calls `run` once per call and remembers its result, which must be JSON. The result's type is that of `run`,
 * and of `onError` where there is one; `examples` are held to it.
 *
 * @throws EffectArgumentError at once, when an argument is wrong. What `run` throws comes back as `StepFailedError` at the `yield*`.
 */
// `Open` is never given: see IfJson.
export function step<R, const E = never, Open = never>(
  name: string,
  run: ((context: StepContext) => R | Promise<R>) & IfJson<R, Open>,
  options: StepOptions<R, E> & { readonly onError?: IfJson<E, Open> | null } = {},
): Step<R | E> {
  checkName('step', 'name', name);
  checkRun('step', 'run', run);
  checkOptions('step', options, OPTIONS);
  return makeEffect<Step<R | E>>({
    kind: 'step',
    name,
    run,
    timeout: options.timeout ?? 10_000,
    retries: options.retries ?? 2,
    examples: (options.examples as Step<R | E>['examples'] | undefined) ?? null,
    onError: options.onError ?? null,
    sensitive: options.sensitive ?? false,
  });
}
