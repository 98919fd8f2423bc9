import { checkBoolean, checkedByMaker, checkOptions, integerCheck, type OptionChecks } from '../arguments/check-argument.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Chart } from './chart.ts';
import { flowArgument } from './flow-argument.ts';
import { sampleCalls } from './sample-calls.ts';
import { Search } from './search.ts';
import { walk } from './walks.ts';
import { findWaysOut } from './ways-out.ts';
import type { Reached } from './witness.ts';

/** The default of `maxAnswers`. */
export const MAX_ANSWERS = 100_000;

/** How far exploration looks. */
export interface ExploreOptions {
  /** Calls to start with. @default the ordinary call and one for each of the flow's examples */
  readonly calls?: readonly Call[];
  /**
   * How often a site may stand on one path: a loop is run round until then, which finds what ends it after some rounds.
   * Where nothing else leads to the end of the call, it is run round as long as the flow's own `limits` allow. @default 100
   */
  readonly maxVisits?: number;
  /** Answers on one path. @default 2000 */
  readonly maxDepth?: number;
  /** Answers in all, those of replays included. @default 100000 */
  readonly maxAnswers?: number;
  /** Random walks after the search: they end after this many in a row that found nothing new. 0 for none. @default 60 */
  readonly quietWalks?: number;
  /** Seed of the walks. @default 42 */
  readonly seed?: number;
  /** Called at each place that is reached, for those who look for problems. */
  readonly onReached?: (reached: Reached) => void;
  /** Note the author's lines on effects; slower. @default false */
  readonly traced?: boolean;
}

const OPTIONS: OptionChecks<ExploreOptions> = {
  calls: checkedByMaker,
  maxVisits: integerCheck(1, 1_000, '', 'Leave it out for 100.'),
  maxDepth: integerCheck(1, 1_000_000, '', 'Leave it out for 2000.'),
  maxAnswers: integerCheck(1, 1_000_000_000, '', 'Leave it out for 100000.'),
  quietWalks: integerCheck(0, 1_000_000, '', 'Leave it out for 60.'),
  seed: integerCheck(0, 0xffff_ffff, '', 'Any will do; one seed finds the same each time.'),
  onReached: checkedByMaker,
  traced: checkBoolean,
};

/**
 * Explores a flow over every class of answer: breadth first, merged by site; each loop that is found is run round until it ends, or many times;
 * then seeded random walks look for what only longer histories show. Steps are never called; their examples stand in.
 *
 * @throws FlowDefinitionError for anything but a flow; EffectArgumentError for options that it does not have, or out of their range.
 */
export function explore<P>(flow: FlowModule<P>, options: ExploreOptions = {}): Chart {
  const subject = flowArgument('explore', flow);
  checkOptions('explore', options, OPTIONS);
  const maxAnswers = options.maxAnswers ?? MAX_ANSWERS;
  const seed = options.seed ?? 42;
  const search = new Search(subject, {
    maxVisits: options.maxVisits ?? 100,
    maxDepth: options.maxDepth ?? 2_000,
    maxAnswers,
    traced: options.traced ?? false,
    onReached: options.onReached ?? null,
  });
  const calls = options.calls ?? sampleCalls(subject);
  for (const call of calls) search.from(call);
  const walks = walk(search, calls, { quiet: options.quietWalks ?? 60, seed });
  findWaysOut(subject, search, { maxAnswers, seed });
  return search.chart({ calls: calls.length, walks });
}
