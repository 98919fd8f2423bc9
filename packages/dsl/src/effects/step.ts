import { describeValue } from '../callflow/describe-value.ts';
import {
  type ArgumentCheck,
  argumentError,
  checkBoolean,
  checkOptions,
  integerCheck,
  maskedName,
  type OptionChecks,
} from './check-argument.ts';
import { type EffectBase, makeEffect } from './effect.ts';
import { jsonLoss } from './json-loss.ts';
import { checkName } from './name.ts';

/** What a step's function is called with. */
export interface StepContext {
  /** Aborts when the step times out or the caller has gone. */
  readonly signal: AbortSignal;
  /** `callId:journalIndex`: the same for every attempt, process and replay. Hand it to the service that you call. */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** Options of `step`. Timeouts and retries are the runtime's; the dsl's own default calls the function once. */
export interface StepOptions<R> {
  /** Milliseconds for one attempt, 1..300000. @default 10000 */
  readonly timeout?: number | null;
  /** How often it is tried again after a failure, 0..10. @default 2 */
  readonly retries?: number | null;
  /** Results by name, for exploration and diagrams, e.g. `{ found: { name: 'Ann' }, missing: null }`. */
  readonly examples?: Readonly<Record<string, R>> | null;
  /** Gives the result of a step that failed for good, instead of the error that would be thrown into the flow. */
  readonly onError?: ((error: { readonly name: string; readonly message: string }) => R) | null;
  /** The result is encrypted in the journal and masked in exports. @default false */
  readonly sensitive?: boolean | null;
}

/** Does something in the outside world; see `step`. */
export interface Step<R> extends EffectBase<'step', R> {
  readonly name: string;
  // Method syntax on purpose: results may be narrower.
  run(context: StepContext): R | Promise<R>;
  readonly timeout: number;
  readonly retries: number;
  readonly examples: Readonly<Record<string, R>> | null;
  readonly onError: ((error: { readonly name: string; readonly message: string }) => R) | null;
  readonly sensitive: boolean;
}

const checkFunction: ArgumentCheck = (effect, argument, value) => {
  if (typeof value === 'function') return;
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
    says: 'must be a function',
    came: value instanceof Promise ? 'a promise' : describeValue(value),
    fix: 'Hand over the function itself, e.g. () => crm.find(account), not what it gives back.',
  });
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
const OPTIONS: OptionChecks<StepOptions<any>> = {
  timeout: integerCheck(1, 300_000, ' (milliseconds)', 'Leave it out for 10 seconds.'),
  retries: integerCheck(0, 10, '', 'Leave it out for two retries.'),
  examples: checkExamples,
  onError: checkFunction,
  sensitive: checkBoolean,
};

/**
 * The only door to the outside world: calls `run` once per call and remembers its result, which must be JSON.
 *
 * @throws EffectArgumentError at once, when an argument is wrong. What `run` throws comes back as `StepFailedError` at the `yield*`.
 */
export function step<R>(name: string, run: (context: StepContext) => R | Promise<R>, options: StepOptions<R> = {}): Step<R> {
  checkName('step', 'name', name);
  checkFunction('step', 'run', run);
  checkOptions('step', options, OPTIONS);
  return makeEffect<Step<R>>({
    kind: 'step',
    name,
    run,
    timeout: options.timeout ?? 10_000,
    retries: options.retries ?? 2,
    examples: options.examples ?? null,
    onError: options.onError ?? null,
    sensitive: options.sensitive ?? false,
  });
}
