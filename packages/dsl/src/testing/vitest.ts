/**
 * `@hookswitch/dsl/vitest`: matchers for test calls, and tests made of a flow. Import it once, in a test or a setup file.
 *
 * ```ts
 * import '@hookswitch/dsl/vitest';
 * expect(call).toHear('Welcome');
 * ```
 */
import { describe, expect, it } from 'vitest';
import { arrowTitle } from '../chart/arrow-title.ts';
import type { ChartArrow } from '../chart/chart.ts';
import type { ExploreOptions } from '../chart/explore.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { compile } from '../machine/compile.ts';
import type { StartCallOptions } from './call-options.ts';
import * as matchers from './matchers.ts';
import type { ActionPart } from './matchers.ts';
import { MODES } from './modes.ts';
import { startCall } from './start-call.ts';
import { type CheckedJournals, journalsOf, type ReplayJournalsOptions } from './replay-journals.ts';
import { isTestCall, type TestCall } from './test-call.ts';
import { type WalkOptions, walkPath } from './walk-path.ts';

export type { ActionPart } from './matchers.ts';
export type { ReplayJournalsOptions } from './replay-journals.ts';

/** The matchers for test calls. Failures show the transcript. */
export interface CallMatchers {
  /** The caller heard, in the last turn, a text that contains `text` or matches it. An audio file is heard as its URL. */
  toHear(text: string | RegExp): void;
  /** The caller heard, at any time, a text that contains `text` or matches it. */
  toHaveHeard(text: string | RegExp): void;
  /** The flow waits at `site`. */
  toBeAt(site: string): void;
  /** The flow bridged the caller to `number` (E.164; with or without `+`). */
  toHaveBridgedTo(number: string): void;
  /** The flow or the caller hung up. */
  toHaveEnded(): void;
  /**
   * The flow declined an outbound call, so that it is never placed (`cancelled`): by `decline`, or as it ended before it said anything. With `reason`: by `decline`, for a reason that contains it or
   * matches it.
   */
  toHaveBeenDeclined(reason?: string | RegExp): void;
  /** The flow has set these tags, and they have these values by now; others may be set. Asymmetric matchers may stand for values. */
  toHaveTag(tags: Readonly<Record<string, unknown>>): void;
  /** The flow has returned `value`, as it came through JSON; null for nothing. Asymmetric matchers may stand in it. */
  toHaveResult(value: unknown): void;
  /** 8x8 was sent an action that contains `part`; or, for a list, a callflow whose actions contain these parts one by one. */
  toHaveSent(part: ActionPart | readonly ActionPart[]): void;
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- as vitest declares it
  interface Matchers<T = any> extends CallMatchers {}
}

expect.extend({
  toHear: matchers.toHear,
  toHaveHeard: matchers.toHaveHeard,
  toBeAt: matchers.toBeAt,
  toHaveBridgedTo: matchers.toHaveBridgedTo,
  toHaveBeenDeclined: matchers.toHaveBeenDeclined,
  toHaveEnded: matchers.toHaveEnded,
  toHaveTag(received: unknown, tags: Readonly<Record<string, unknown>>) {
    return matchers.toHaveTag(received, tags, (one, other) => this.equals(one, other, [...this.customTesters]));
  },
  toHaveResult(received: unknown, value: unknown) {
    return matchers.toHaveResult(received, value, (one, other) => this.equals(one, other, [...this.customTesters]));
  },
  toHaveSent(received: unknown, part: ActionPart | readonly ActionPart[]) {
    return matchers.toHaveSent(received, part, (action, one) =>
      this.equals(action, one, [...this.customTesters, this.utils.subsetEquality]),
    );
  },
});

expect.addSnapshotSerializer({ test: isTestCall, serialize: (call: TestCall) => call.transcript });

/** Starts a call of the scenario's flow in the mode that is being tested. */
export type StartInMode<P> = (options?: Omit<StartCallOptions<P>, 'mode'>) => Promise<TestCall>;

/** Makes three tests of one scenario: live, replayed and restored at each turn (see `MODES`). All calls must read the same in each. */
export function inEveryMode<P>(title: string, flow: FlowModule<P>, scenario: (start: StartInMode<P>) => Promise<void>): void {
  const transcripts = async (mode: (typeof MODES)[number]): Promise<string[]> => {
    const calls: TestCall[] = [];
    await scenario(async (options) => {
      const call = await startCall(flow, { ...options, mode });
      calls.push(call);
      return call;
    });
    return calls.map((call) => call.transcript);
  };
  describe(title, () => {
    it.each(MODES)('%s', async (mode) => {
      const heard = await transcripts(mode);
      if (mode !== 'live') expect(heard).toEqual(await transcripts('live'));
    });
  });
}

/** A limit for what hangs, ms: a path may have a hundred answers, and a machine be busy. */
const WALK_TIMEOUT = 60_000;

/** Options of `testEveryPath`. */
export interface EveryPathOptions extends WalkOptions {
  /** How far the flow is explored. */
  readonly explore?: ExploreOptions;
  /** Leaves arrows out. */
  readonly except?: (arrow: ChartArrow) => boolean;
}

/**
 * Makes one test of each arrow of the flow's chart, titled like `main —2→ agent`: a phone goes the shortest way there and takes it.
 * Steps give their examples. The test fails where 8x8 would refuse a callflow on the way, where machine and generator disagree,
 * where no phone can bring the answer about, or where the flow throws anything but a step's failure.
 */
export function testEveryPath<P>(flow: FlowModule<P>, options: EveryPathOptions = {}): void {
  const compiled = compile(flow, options.explore === undefined ? {} : { explore: options.explore });
  const arrows = compiled.chart.arrows.filter((arrow) => options.except?.(arrow) !== true);
  describe(`every path of ${flow.name}`, () => {
    const titled = arrows.map((arrow) => [arrowTitle(arrow), arrow] as const);
    it.each(titled)('%s', { timeout: WALK_TIMEOUT }, async (_, arrow) => {
      await walkPath(compiled, arrow, options);
    });
  });
}

/**
 * Makes one test of each journal of the flow among the files of `pattern`, as `hookswitch calls export` writes them: its answers are given to the code as it is now.
 * A test fails where the call diverges, and where it was over and goes on now; with `words` also where the caller hears something else. What stands behind an answer
 * that was erased as sensitive is not compared. Journals of other flows are left out; where none is left, a test fails that says so.
 *
 * ```ts
 * replayJournals('test/journals/*.json', support);
 * ```
 *
 * @param pattern files below the working directory of vitest, its root: `*` and `?` within a name, `**` for any folders
 */
export function replayJournals<P>(pattern: string, flow: FlowModule<P>, options: ReplayJournalsOptions = {}): void {
  const found: CheckedJournals = journalsOf(pattern, flow, options);
  describe(`recorded calls of ${flow.name}`, () => {
    const { problem } = found;
    if (problem !== null)
      it(`are in ${pattern}`, () => {
        throw problem;
      });
    it.each(found.journals.map((journal) => [journal.file, journal] as const))('%s', (_, { check }) => check());
  });
}
