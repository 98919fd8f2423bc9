import type { SayAndCaptureAction } from '../callflow/actions.ts';
import type { CaptureBehaviour } from './capture-behaviour.ts';

/** The parameters of a `sayAndCapture`, complete: what was absent or null has its default. Times in ms. */
export interface CaptureParams {
  readonly promptMessage: string;
  readonly successMessage: string | null;
  readonly failureMessage: string | null;
  readonly speed: number;
  readonly repetition: number;
  readonly completeOnHash: boolean;
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly digitTimeout: number;
  readonly overallTimeout: number;
  readonly noOfTries: number;
}

const DEFAULTS = {
  guide: { noOfTries: 3, overallTimeout: 30_000, maxDigits: 25 },
  schema: { noOfTries: 1, overallTimeout: 5_000, maxDigits: 1 },
} as const;

/** 8x8 states no default for digitTimeout; this is what `capture` sends. */
const DIGIT_TIMEOUT = 5_000;

/** Completes `params` with the defaults that `behaviour` names. Values are taken as they are: the rules of callflows are checked elsewhere. */
export function completeCaptureParams(params: SayAndCaptureAction['params'], behaviour: CaptureBehaviour): CaptureParams {
  const defaults = DEFAULTS[behaviour.defaults];
  const overallTimeout = params.overallTimeout ?? defaults.overallTimeout;
  return {
    promptMessage: params.promptMessage,
    successMessage: params.successMessage ?? null,
    failureMessage: params.failureMessage ?? null,
    speed: params.speed ?? 1,
    repetition: params.repetition ?? 1,
    completeOnHash: params.completeOnHash ?? true,
    minDigits: params.minDigits ?? 1,
    maxDigits: params.maxDigits ?? defaults.maxDigits,
    digitTimeout: params.digitTimeout ?? Math.min(DIGIT_TIMEOUT, overallTimeout),
    overallTimeout,
    noOfTries: params.noOfTries ?? defaults.noOfTries,
  };
}
