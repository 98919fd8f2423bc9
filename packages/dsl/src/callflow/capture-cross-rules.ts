import type { CallflowRuleCode } from './rules.ts';

/** The parameters of a capture that bind each other, as they came; undefined or null where not given. */
export interface BoundParams {
  readonly completeOnHash?: unknown;
  readonly minDigits?: unknown;
  readonly maxDigits?: unknown;
  readonly digitTimeout?: unknown;
  readonly overallTimeout?: unknown;
}

/** A rule that binds two parameters of a capture. */
export interface CrossRule {
  readonly code: CallflowRuleCode;
  /** The parameter to which it points. */
  readonly parameter: keyof BoundParams;
  /** Says what came where the rule is broken; null where it is obeyed. Values that are wrong by themselves break other rules only. */
  readonly broken: (params: BoundParams) => string | null;
}

const above = (one: unknown, other: unknown): boolean => typeof one === 'number' && typeof other === 'number' && one > other;
const missing = (value: unknown): boolean => value === undefined || value === null;

/** How the parameters of a capture bind each other, on the wire and in the options of `capture` alike. */
export const CAPTURE_CROSS_RULES: readonly CrossRule[] = [
  {
    code: 'HS_CALLFLOW_MAX_DIGITS_REQUIRED',
    parameter: 'maxDigits',
    broken: ({ minDigits, maxDigits }) => (!missing(minDigits) && missing(maxDigits) ? 'minDigits alone' : null),
  },
  {
    code: 'HS_CALLFLOW_MAX_DIGITS_REQUIRED_WITHOUT_HASH',
    parameter: 'maxDigits',
    broken: ({ completeOnHash, maxDigits }) => (completeOnHash === false && missing(maxDigits) ? 'completeOnHash alone' : null),
  },
  {
    code: 'HS_CALLFLOW_MIN_ABOVE_MAX_DIGITS',
    parameter: 'minDigits',
    broken: ({ minDigits, maxDigits }) => (above(minDigits, maxDigits) ? 'a larger number' : null),
  },
  {
    code: 'HS_CALLFLOW_OVERALL_TIMEOUT_REQUIRED',
    parameter: 'overallTimeout',
    broken: ({ digitTimeout, overallTimeout }) => (!missing(digitTimeout) && missing(overallTimeout) ? 'digitTimeout alone' : null),
  },
  {
    code: 'HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT',
    parameter: 'digitTimeout',
    broken: ({ digitTimeout, overallTimeout }) => (above(digitTimeout, overallTimeout) ? 'a longer time' : null),
  },
];
