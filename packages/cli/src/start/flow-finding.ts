import { verify } from '@hookswitch/dsl';
import type { HookswitchConfig } from '../config/define-config.ts';
import { displaySource } from '../load/locate-failure.ts';
import type { LoadedFlow } from '../load/load-flows.ts';

/** A flow that `hookswitch check` refuses. */
export interface FlowFinding {
  readonly flow: string;
  readonly version: string;
  readonly errors: number;
  /** The first error. */
  readonly code: string;
  readonly message: string;
  /** File, line and column of the first error as the user would write them, else the flow's file, else its site. */
  readonly place: string;
}

/** Explores every path of a flow as `hookswitch check` does. Null where that accepts it; warnings alone are accepted. */
export function findingOf({ flow, file }: LoadedFlow, { afterBridge = 'unknown' }: HookswitchConfig, cwd: string): FlowFinding | null {
  const errors = verify(flow, { afterBridge }).problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return null;
  const { code, message, source, site } = first;
  const place = displaySource(source, cwd) ?? file ?? `"${site}"`;
  return { flow: flow.name, version: flow.options.version, errors: errors.length, code, message, place };
}
