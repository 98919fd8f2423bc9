import { kill } from './kill.ts';
import type { Scenario } from './scenario.ts';

/** All scenarios, by the name that `--only` takes. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = { kill };
