import type { RunDetails } from 'fast-check';
import { FlowDefinitionError } from '../../errors/index.ts';
import { isFlow } from '../../flow/define-flow.ts';
import type { FlowModule, FlowResult } from '../../flow/flow-options.ts';
import type { AnySettingValues, Settings } from '../../flow/settings.ts';
import { CallDriver, compiledOnce, type SettingsDesk } from '../call-driver.ts';
import { callOf, settingsOf, type StartCallOptions } from '../call-options.ts';
import { DEFAULT_CAPTURE_BEHAVIOUR } from '../capture-behaviour.ts';
import { CallOptionError } from '../errors/call-option-error.ts';
import { SentenceFalseError } from '../errors/sentence-false-error.ts';
import { choicesOf, type FastCheck, loadFastCheck } from './fast-check.ts';
import type { Choice } from './choice.ts';
import { sentenceBroken } from './counterexample.ts';
import { checkEveryCallOptions, type EveryCallOptions } from './options.ts';
import { Guide } from './guide.ts';
import { type PlayedCall, playChoices } from './play-choices.ts';
import type { RandomCall } from './random-call.ts';
import { callStarts, changedOf } from './starts.ts';

/** What must be true of every call: it throws, or gives false, where it is not. */
export type Sentence<R = unknown> = (call: RandomCall<R>) => unknown;

/** What `forEveryCall` has seen. */
export interface EveryCallResult {
  /** How many calls were made. */
  readonly calls: number;
  /** How many of them came to each site: a sentence about a site where none came says nothing. */
  readonly reached: Readonly<Record<string, number>>;
}

/**
 * Makes random calls of a flow, and looks whether `sentence` is true of each when it is over. Half of them are led to some site first; then callers press what is declared, now and then anything or nothing, take their time, and hang up wherever the flow waits;
 * steps come to their examples or fail, bridges end in every way. A call that breaks the rule is made as short as it can be, and shown as keys, as a conversation and as a test.
 * So is one in which the flow throws, 8x8 would refuse a callflow, or, in the modes `replayed` and `restored`, a replay differs.
 *
 * ```ts
 * await forEveryCall(support, (call) => {
 *   const before = call.until('agent');
 *   if (before !== null) expect(before.steps).toContainEqual(expect.objectContaining({ name: 'check-pin', value: true }));
 * });
 * ```
 *
 * @throws SentenceBrokenError for a call that breaks the rule; FastCheckMissingError; CallOptionError for options that it does not have.
 */
export async function forEveryCall<P, R>(
  flow: FlowModule<P, R>,
  sentence: Sentence<FlowResult<R>>,
  options: EveryCallOptions<P> = {},
): Promise<EveryCallResult> {
  const subject = flow as unknown as FlowModule;
  if (!isFlow(subject))
    throw new FlowDefinitionError('forEveryCall: expected what defineFlow returns. Write: await forEveryCall(flow, (call) => …).');
  if (typeof sentence !== 'function')
    throw new CallOptionError(
      'sentence',
      'forEveryCall: expected a function of a call that is over. Write: await forEveryCall(flow, (call) => …).',
    );
  checkEveryCallOptions(options as EveryCallOptions);
  const fc = await loadFastCheck();
  const starts = callStarts(flow, options);
  const { mode = 'live', platform, runs = 100, deeds = 40, seed, path, endOnFailure = false, steps = {} } = options;
  const modes = { ...(mode === 'live' ? {} : { mode }), ...(platform === undefined ? {} : { platform }) };
  const calls = await Promise.all(starts.map((start) => callOf(flow, { ...start, ...modes })));
  const compiled = compiledOnce(subject);
  const sites = [...compiled.chart.sites.values()];
  const given = starts.map((start) => settingsOf(flow, start.settings));
  const play: Play = (start, goal, choices) => {
    const guide = new Guide(sites[goal - sites.length]?.witness.entries ?? []);
    // A way that was led depends on the settings that were read on it.
    const desk: SettingsDesk = (position) => {
      const guided = guide.next(position);
      return { values: guided !== null && 'value' in guided ? (guided.value as AnySettingValues) : (given[start] ?? {}) };
    };
    return playChoices({
      guide,
      driver: new CallDriver(subject, calls[start] as (typeof calls)[number], mode, compiled, 'every-call', desk),
      behaviour: { ...DEFAULT_CAPTURE_BEHAVIOUR, ...platform },
      choices,
      results: steps,
    });
  };
  const reached: Record<string, number> = Object.create(null) as Record<string, number>;
  const property = fc.asyncProperty(
    fc.nat({ max: starts.length - 1 }),
    // Below the number of sites for none: half of the calls are led to one of them, the others go where chance leads.
    fc.nat({ max: 2 * sites.length }),
    choicesOf(fc, deeds),
    async (start, goal, choices) => {
      const played = await play(start, goal, choices);
      for (const site of new Set(played.call.sites)) reached[site] = (reached[site] ?? 0) + 1;
      await judge(sentence as Sentence, played);
    },
  );
  const replay = { ...(seed === undefined ? {} : { seed }), ...(path === undefined ? {} : { path }) };
  const details = await fc.check(property, { numRuns: runs, endOnFailure, ...replay });
  if (!details.failed) return { calls: details.numRuns, reached };
  await reportFailure(fc, details, {
    flow: flow.name,
    starts: starts.map((start) => ({ ...start, ...modes })),
    settings: subject.options.settings,
    play,
    sentence: sentence as Sentence,
  });
  return { calls: details.numRuns, reached };
}

async function judge(sentence: Sentence, { call, trouble }: PlayedCall): Promise<void> {
  if (trouble !== null) throw trouble as Error;
  if ((await sentence(call)) === false) throw new SentenceFalseError();
}

/** Plays a call that begins in one of these ways, and is led to one of the sites or to none. */
type Play = (start: number, goal: number, choices: readonly Choice[]) => Promise<PlayedCall>;

/** What is needed to make the call again that breaks the rule. */
interface Failing {
  readonly flow: string;
  readonly starts: readonly StartCallOptions<unknown>[];
  readonly settings: Settings | null;
  readonly play: Play;
  readonly sentence: Sentence;
}

async function reportFailure(
  fc: FastCheck,
  details: RunDetails<[start: number, goal: number, choices: Choice[]]>,
  { flow, starts, settings, play, sentence }: Failing,
): Promise<void> {
  const { counterexample, counterexamplePath, seed, numRuns, numShrinks } = details;
  // Too many calls that `fc.pre` refused, or a time limit that was set for all of fast-check.
  if (counterexample === null) throw new SentenceFalseError(fc.defaultReportMessage(details) ?? null);
  const [start, goal, choices] = counterexample;
  const played = await play(start, goal, choices);
  let cause: unknown = new SentenceFalseError(
    `The same call, made again, does not break the rule: flow or sentence look at something that differs from call to call. Find it with mode: 'replayed'.`,
  );
  try {
    await judge(sentence, played);
  } catch (error) {
    cause = error;
  }
  const read = settings === null || played.call.settings === null ? {} : changedOf(settings, played.call.settings);
  const begun = { ...starts[start], ...(Object.keys(read).length === 0 ? {} : { settings: read }) };
  const known = { flow, start: begun, played, cause, seed, path: counterexamplePath ?? '' };
  throw sentenceBroken({ ...known, calls: numRuns, shrinks: numShrinks });
}
