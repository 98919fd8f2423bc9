import { argumentError } from '../arguments/check-argument.ts';
import { describeWord } from '../callflow/describe-value.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { withDeepStacks } from '../flow/source-line.ts';
import type { Chart, Explored, ExploreLimit } from './chart.ts';
import { explore, type ExploreOptions, MAX_ANSWERS } from './explore.ts';
import { flowArgument } from './flow-argument.ts';
import { AFTER_BRIDGE, type AfterBridge, type Inspection, type Problem, type Subject } from './problem.ts';
import { inspectAfterBridge } from './problems/after-bridge.ts';
import { inspectCallflows } from './problems/callflow.ts';
import { inspectDeadEnds } from './problems/dead-ends.ts';
import { inspectExamples } from './problems/examples.ts';
import { inspectFailures } from './problems/failures.ts';
import { inspectFinally } from './problems/finally.ts';
import { inspectLoops } from './problems/loops.ts';
import { inspectOptions } from './problems/options.ts';
import { inWorld } from './problems/other-world.ts';
import { EXPLORED_WORLD, inspectReplays } from './problems/replays.ts';
import { inspectResults } from './problems/results.ts';
import { inspectSettings } from './problems/settings.ts';
import { inspectSignals } from './problems/signals.ts';
import { inspectSilence } from './problems/silence.ts';
import { inspectSiteNames } from './problems/site-names.ts';
import { inspectTags } from './problems/tags.ts';
import { SiteSources } from './site-sources.ts';
import type { Reached } from './witness.ts';

/** How far `verify` looks (the options of `explore` that don't change what is found), and at which platform. */
export interface VerifyOptions extends Omit<ExploreOptions, 'onReached' | 'traced'> {
  /** What the platform does after a bridge while the caller stays; see `AfterBridge`. @default 'asks' */
  readonly afterBridge?: AfterBridge;
}

/** What `verify` found, and how far it looked. */
export interface Verification {
  /** Errors first; each kind in the order in which it was found. The same flow gives the same list. */
  readonly problems: readonly Problem[];
  readonly explored: Explored;
  /** True where there is no error; there may be warnings. */
  readonly ok: boolean;
  /** What was explored. */
  readonly chart: Chart;
}

const INSPECTIONS: readonly ((subject: Subject) => Inspection)[] = [
  inspectFailures,
  inspectFinally,
  inspectLoops,
  inspectSilence,
  inspectDeadEnds,
  inspectReplays,
  inspectCallflows,
  inspectSiteNames,
  inspectOptions,
  inspectExamples,
  inspectSignals,
  inspectAfterBridge,
  inspectResults,
  inspectTags,
  inspectSettings,
];

/**
 * Explores a flow and tells what callers would trip over: callflows that 8x8 refuses, loops that need no caller, menus that silence never leaves,
 * dead ends, exceptions, clean-up that may be lost, names that clash, and a clock or randomness in the flow. Steps are never called; their examples stand in.
 *
 * Synchronous and pure, but for one thing: while the flow runs, `Date` and `Math.random` are others, and are put back after it.
 *
 * @throws FlowDefinitionError for anything but a flow.
 */
export function verify<P>(flow: FlowModule<P>, { afterBridge = 'asks', ...options }: VerifyOptions = {}): Verification {
  checkAfterBridge(afterBridge);
  const subject: Subject = {
    flow: flowArgument('verify', flow),
    sources: new SiteSources(),
    maxAnswers: options.maxAnswers ?? MAX_ANSWERS,
    afterBridge,
  };
  const inspections = INSPECTIONS.map((inspect) => inspect(subject));
  const onReached = (reached: Reached): void => {
    subject.sources.add(reached);
    for (const inspection of inspections) inspection.reached?.(reached);
  };
  const chart = withDeepStacks(() => inWorld(EXPLORED_WORLD, () => explore(subject.flow, { ...options, traced: true, onReached })));
  const found = inspections.flatMap((inspection) => [...inspection.finish(chart)]);
  const limits = new Set([...chart.explored.limits, ...inspections.flatMap((inspection) => [...(inspection.limits ?? [])])]);
  found.push(...truncation(chart, limits));
  const problems = (['error', 'warning'] as const).flatMap((severity) => found.filter((problem) => problem.severity === severity));
  return { problems, explored: chart.explored, ok: problems[0]?.severity !== 'error', chart };
}

function checkAfterBridge(value: AfterBridge): void {
  if (AFTER_BRIDGE.includes(value)) return;
  const says = { says: `must be ${AFTER_BRIDGE.join(', ')}`, came: describeWord(value), fix: 'Leave it out for asks.' };
  throw argumentError('HS_EFFECT_ARGUMENT', 'verify', 'afterBridge', says);
}

const CHECK_OPTIONS: Readonly<Record<ExploreLimit, string>> = { maxAnswers: '--max-answers', maxDepth: '--max-depth' };

/** Where the search was cut short, what was not found is not known. */
function truncation({ explored: { answers }, flow }: Chart, limits: ReadonlySet<ExploreLimit>): readonly Problem[] {
  return [...limits].map((limit) => ({
    code: 'HS_VERIFY_TRUNCATED',
    severity: 'warning',
    site: 'idle',
    path: [],
    message: `Flow "${flow}" was not explored to its end: the search was cut short by ${limit} after ${answers} answers. Raise it with \`hookswitch check ${CHECK_OPTIONS[limit]}\` or verify(flow, { ${limit}: … }), or look at the flow's parts one by one.`,
    source: null,
  }));
}
