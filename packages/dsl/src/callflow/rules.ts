import { PARAMETER_RULES } from './parameter-rules.ts';
import type { RuleText } from './rule.ts';
import { SESSION_RULES } from './session-rules.ts';

const TABLE = { ...SESSION_RULES, ...PARAMETER_RULES };

/** The stable code of a callflow rule. */
export type CallflowRuleCode = keyof typeof TABLE;

/** A rule of the callflow contract with its code. */
export interface CallflowRule extends RuleText {
  readonly code: CallflowRuleCode;
}

/**
 * Every rule of a callflow by its code: what `checkCallflow` and the makers of effects hold a callflow to. Ranges and defaults are in `parameters.ts`.
 *
 * A destination list (`-1011`) is judged inside one `makeCall`: 8x8 allows two `makeCall` with different destinations, the second being the bridge.
 */
export const CALLFLOW_RULES: Readonly<Record<CallflowRuleCode, CallflowRule>> = Object.freeze(
  Object.fromEntries(
    Object.entries(TABLE).map(([code, text]) => [code, Object.freeze({ code: code as CallflowRuleCode, ...text })]),
  ) as Record<CallflowRuleCode, CallflowRule>,
);
