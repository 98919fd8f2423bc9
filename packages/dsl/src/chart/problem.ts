import type { FlowModule } from '../flow/flow-options.ts';
import type { Chart, ExploreLimit } from './chart.ts';
import type { SiteSources } from './site-sources.ts';
import type { Reached } from './witness.ts';

/** What `verify` can find. */
export const VERIFY_CODES = [
  'HS_VERIFY_CALLFLOW',
  'HS_VERIFY_FLOW_THROWS',
  'HS_VERIFY_FINALLY',
  'HS_VERIFY_STEP_UNCAUGHT',
  'HS_VERIFY_LOOP',
  'HS_VERIFY_SILENCE',
  'HS_VERIFY_DEAD_END',
  'HS_VERIFY_REPLAY',
  'HS_VERIFY_SITE_TWICE',
  'HS_VERIFY_DYNAMIC_PROMPT',
  'HS_VERIFY_OPTION',
  'HS_VERIFY_STEP_EXAMPLES',
  'HS_VERIFY_VALIDATOR_EXAMPLES',
  'HS_VERIFY_SIGNAL_EXAMPLES',
  'HS_VERIFY_HOLD',
  'HS_VERIFY_AFTER_BRIDGE',
  'HS_VERIFY_TAG_UNSET',
  'HS_VERIFY_SETTINGS_UNREAD',
  'HS_VERIFY_RESULT',
  'HS_VERIFY_TRUNCATED',
] as const;
export type VerifyCode = (typeof VERIFY_CODES)[number];

/** Something about a flow that a caller, or whoever changes the flow next, would trip over. */
export interface Problem {
  /** Stable; `docs/errors.md` says what to do about each. */
  readonly code: VerifyCode;
  /** An error breaks calls; a warning may be meant, or hides something from exploration. */
  readonly severity: 'error' | 'warning';
  /** The site, or `idle`, `ended`, `failed`, `closed`. */
  readonly site: string;
  /** Labels that lead there: keys, `silence`, outcomes, names of examples. */
  readonly path: readonly string[];
  /** Where, what came, and what to do. */
  readonly message: string;
  /** The author's line, as `file:line:column`, where it is known. */
  readonly source: string | null;
}

/** What looks for one kind of problem in an explored flow. */
export interface Inspection {
  /** Called at each place that exploration reaches. */
  readonly reached?: (reached: Reached) => void;
  /** Called once, when all was explored. */
  readonly finish: (chart: Chart) => Iterable<Problem>;
  /** Limits that kept it from finding out, known after `finish`. */
  readonly limits?: ReadonlySet<ExploreLimit>;
}

/**
 * What the platform does when the second party of a bridge has gone and the caller stays: it asks what comes next (`asks`), it ends the session (`ends`),
 * or nobody has tried yet (`unknown`). 8x8's documents contradict each other (U7).
 */
export const AFTER_BRIDGE = ['asks', 'ends', 'unknown'] as const;
export type AfterBridge = (typeof AFTER_BRIDGE)[number];

/** What an inspection knows besides what is reached. */
export interface Subject {
  readonly flow: FlowModule;
  readonly sources: SiteSources;
  /** How many answers may be given to find out whether one loop ends. */
  readonly maxAnswers: number;
  /** What the platform does after a bridge. */
  readonly afterBridge: AfterBridge;
}
