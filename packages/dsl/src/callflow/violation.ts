import type { Severity } from './rule.ts';
import { CALLFLOW_RULES, type CallflowRuleCode } from './rules.ts';

/** One broken rule of a callflow. */
export interface Violation {
  /** Stable; see `CALLFLOW_RULES`. */
  readonly code: CallflowRuleCode;
  /** An error is never sent; a warning is sent and logged. */
  readonly severity: Severity;
  /** 8x8's own status code for it (`-1003`), or null where 8x8 publishes none. */
  readonly statusCode: number | null;
  /** JSON path of what breaks the rule, e.g. `$.callflow[0].params.maxDigits`; keys that are unknown stand in it without their digits. */
  readonly path: string;
  /** A short description of what came, never its content. */
  readonly came: string;
  /** Where, what the rule says, what came and what to do, in one line. */
  readonly message: string;
  /** What to do, the near miss named. */
  readonly fix: string;
  /** Section of the 8x8 Voice contract or number of the unknown (`U5`) that the rule comes from. */
  readonly source: string;
}

/** Describes that the rule `code` is broken at `path`. `hint` is a sentence put before the rule's own fix. */
export function violation(code: CallflowRuleCode, path: string, came: string, hint = ''): Violation {
  const { severity, statusCode, says, fix: todo, source } = CALLFLOW_RULES[code];
  const fix = hint + todo;
  return { code, severity, statusCode, path, came, message: `${path} ${says}; got ${came}. ${fix}`, fix, source };
}
