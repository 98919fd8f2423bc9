import { checkedByMaker, checkOptions, type OptionChecks } from '../arguments/check-argument.ts';
import type { Action } from '../callflow/actions.ts';
import type { Chart } from '../chart/chart.ts';
import { explore, type ExploreOptions } from '../chart/explore.ts';
import { flowArgument } from '../chart/flow-argument.ts';
import type { Log } from '../effects/log.ts';
import { DivergenceError, EventError, type HookswitchError } from '../errors/index.ts';
import { readable } from '../errors/unreadable-error.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule, FlowResult } from '../flow/flow-options.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { TagValue } from '../flow/tags.ts';
import type { Decision, Wait } from '../generator/decision.ts';
import { type Entry, Journal } from '../generator/journal.ts';
import { NO_TAGS } from '../generator/noted.ts';
import { replay, type Standing } from '../generator/replay.ts';
import { buildMachine, type FlowMachine, idleContext, stepKey } from './build-machine.ts';
import { createDecider, type FlowContext } from './decider.ts';
import { EVENT_TYPES, type FlowEvent, type FlowMachineEvent } from './events.ts';
import { LiveCache, type LiveCacheMode } from './live-cache.ts';
import type { StepAt } from './step-logic.ts';
import { createTransition } from './transition.ts';

/** Options of `compile`. */
export interface CompileOptions {
  /** How far the flow is explored for its chart. */
  readonly explore?: ExploreOptions;
  /** A chart that is known already, instead of exploring. */
  readonly chart?: Chart;
  /** Whether live generators are kept between events. @default 'on' */
  readonly liveCache?: LiveCacheMode;
}

const OPTIONS: OptionChecks<CompileOptions> = { explore: checkedByMaker, chart: checkedByMaker, liveCache: checkedByMaker };

/** Where a call stands: a value, from which `next` goes on any number of times. `T` is the result that its call may have. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- calls of flows with any result
export interface Position<T = any> {
  /** A site, or `ended`, `failed`, `closed`. */
  readonly site: string;
  readonly wait: Wait;
  /** The batch: what was spoken since the platform was last waited for. Complete when `wait` is `platform` or `ended`; ends in sayAndCapture, makeCall or hangup. */
  readonly actions: readonly Action[];
  /** What is waited for. */
  readonly effect: Decision['effect'];
  /** What is played while a signal is waited for, each piece an action; none where its author gave nothing, and at all other waits. */
  readonly hold: readonly Action[];
  readonly journal: Journal;
  /** At a step: its idempotency key, `callId:journalIndex`. */
  readonly stepKey: string | null;
  readonly language: string | null;
  readonly voice: string;
  /** What the flow logged since the last position. */
  readonly logs: readonly Log[];
  /** All tags that the flow has set so far: of each the last value. */
  readonly tags: Readonly<Record<string, TagValue>>;
  /** The result of the call: what the flow has returned; null as long as it has not, and where that was nothing. */
  readonly result: T;
  /** The settings that the flow has read; null as long as it has not. */
  readonly settings: AnySettingValues | null;
  /** Why there is no result, where the flow returned something that is no JSON, or too long. */
  readonly resultError: HookswitchError | null;
  /** The reason of the `decline` by which the flow has ended; null where it yielded none. */
  readonly declined: string | null;
  /** The session has ended; only `finally` and `uninterruptible` blocks still run. */
  readonly ending: boolean;
  /** The step that is waited for is in an `uninterruptible` block, or tidies up: it is not to be cut short when the session ends. */
  readonly uninterruptible: boolean;
  /** What the flow threw, when `wait` is `failed`, or `closed` after a `finally` block that threw. */
  readonly error: unknown;
  /** The machine's own snapshot. */
  readonly snapshot: FlowSnapshot;
}

/** A snapshot of a flow's machine. */
export type FlowSnapshot = ReturnType<FlowMachine['resolveState']>;

/** A compiled flow: its machine, its chart, and what a runtime needs to start, answer and resume a call. Pure. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- flows with params and results of any type
export interface CompiledFlow<P = any, R = any> {
  readonly flow: FlowModule<P, R>;
  readonly machine: FlowMachine;
  readonly chart: Chart;
  /** Begins a call; or turns it away, while intake is closed: `says` is spoken, or where that is null the flow's phrase, and the flow itself is not begun. */
  start(call: Call<P>, turnedAway?: { readonly says: string | null }): Position<FlowResult<R>>;
  /** Where an event leads. Throws `EventError` for an event that is unknown or can't happen at `position`; a flow that throws ends as `failed`. */
  next(position: Position<FlowResult<R>>, event: FlowEvent): Position<FlowResult<R>>;
  /**
   * Resumes a call from all its answers, at the site where it stood. Where journal and code disagree, the position carries the `DivergenceError` as its `error`,
   * and `next` leads to the flow's `onDivergence` handler, or to `failed`.
   */
  restore(call: Call<P>, entries: readonly Entry[], site: string): Position<FlowResult<R>>;
}

/** Explores `flow` and compiles it into an XState machine. Throws `FlowDefinitionError` for anything but a flow, `EffectArgumentError` for options that it does not have. */
export function compile<P, R>(flow: FlowModule<P, R>, options: CompileOptions = {}): CompiledFlow<P, R> {
  const subject = flowArgument('compile', flow);
  checkOptions('compile', options, OPTIONS);
  const chart = options.chart ?? explore(subject, options.explore);
  const live = new LiveCache(options.liveCache ?? 'on');
  const stepAt: StepAt = (call, entries) => {
    const { effect } = replay(subject, call, entries).decision;
    return effect?.kind === 'step' ? effect : null;
  };
  const machine = buildMachine(subject.name, chart, createDecider(subject, live), stepAt);
  const idle = machine.resolveState({ value: 'idle', context: idleContext() });

  const transition = createTransition(machine);
  const send = (snapshot: FlowSnapshot, event: FlowMachineEvent): Position => positionOf(transition(snapshot, event));

  return {
    flow,
    machine,
    chart,
    start: (call, turnedAway) =>
      send(
        { ...idle, context: idleContext() },
        { type: 'CALL_STARTED', call: call as Call, ...(turnedAway === undefined ? {} : { turnedAway }) },
      ),
    next: (position, event) => {
      checkEvent(position, event);
      return send(position.snapshot, event);
    },
    restore: (call, entries, site) => {
      const journal = Journal.of(entries);
      const { standing, error } = stand(subject, call as Call, entries, site);
      if (standing !== null) live.put(journal, standing);
      const decision = standing?.decision ?? null;
      const place = decision?.site ?? site;
      const context: FlowContext = { call: call as Call, journal, site: place, decision, stepStarted: false };
      const value = decision === null ? OFF_CHART : stateOf(chart, place, decision.wait);
      const position = positionOf(machine.resolveState({ value, context }));
      return error === null ? position : { ...position, error };
    },
  };
}

/** Replays a call to where it stands; a divergence is kept, for `next` to deal with. */
function stand(flow: FlowModule, call: Call, entries: readonly Entry[], site: string): { standing: Standing | null; error: unknown } {
  try {
    const standing = replay(flow, call, entries);
    const { site: found, ending } = standing.decision;
    // What is done after the end may be less than what a release before has stood at.
    const isElsewhere = found !== site && (!ending || site === 'closed');
    if (isElsewhere) throw new DivergenceError(flow.name, entries.length, site, found);
    return { standing, error: null };
  } catch (error) {
    return { standing: null, error: readable(error) };
  }
}

/** Where a call resumes whose journal no longer fits the code: whatever the platform says next leads to the flow's handler. */
const OFF_CHART = { uncharted: 'awaiting' } as const;

const UNCHARTED = { platform: 'awaiting', step: 'stepping', signal: 'signaling', settings: 'reading' } as const;

/** The state for a site: restoring one that is gone would throw, uncaught and later, so such a call resumes off the chart. */
function stateOf(chart: Chart, site: string, wait: Wait): string | { uncharted: string } {
  const known = chart.sites.get(site);
  if (wait !== 'platform' && wait !== 'step' && wait !== 'signal' && wait !== 'settings') return known === undefined ? site : OFF_CHART;
  return known?.wait === wait ? site : { uncharted: UNCHARTED[wait] };
}

function positionOf(snapshot: FlowSnapshot): Position {
  const { call, journal, site, decision } = snapshot.context;
  return {
    site,
    wait: decision?.wait ?? 'platform',
    actions: decision?.actions ?? [],
    hold: decision?.hold ?? [],
    effect: decision?.effect ?? null,
    journal,
    stepKey: decision?.wait === 'step' ? stepKey(call?.id ?? '', journal) : null,
    language: decision?.language ?? call?.language ?? null,
    voice: decision?.voice ?? '',
    logs: decision?.logs ?? [],
    tags: decision?.tags ?? NO_TAGS,
    result: decision?.result ?? null,
    settings: decision?.settings ?? null,
    resultError: decision?.resultError ?? null,
    declined: decision?.declined ?? null,
    ending: decision?.ending ?? false,
    uninterruptible: decision?.uninterruptible ?? false,
    error: decision?.error ?? null,
    snapshot,
  };
}

function checkEvent(position: Position, event: FlowEvent): void {
  const type: string = event.type;
  if (!(EVENT_TYPES as readonly string[]).includes(type)) {
    throw new EventError('HS_EVENT_UNKNOWN', type, position.site, `Unknown event "${type}"; the machine knows ${EVENT_TYPES.join(', ')}.`);
  }
  const { wait, ending } = position;
  const possible =
    (type === 'ACTION_COMPLETED' && wait === 'platform') ||
    (type === 'STEP_SETTLED' && wait === 'step') ||
    ((type === 'SIGNAL_RECEIVED' || type === 'SIGNAL_TIMED_OUT') && wait === 'signal') ||
    (type === 'SETTINGS_READ' && wait === 'settings') ||
    (type === 'SESSION_ENDED' && wait !== 'closed' && !ending);
  if (!possible) {
    throw new EventError(
      'HS_EVENT_IMPOSSIBLE',
      type,
      position.site,
      `${type} can't happen at "${position.site}", where the flow waits for: ${wait}${ending ? ' (the session has ended)' : ''}.`,
    );
  }
}
