import type { StepFailure } from '../effects/step.ts';
import { DivergenceError } from '../errors/index.ts';
import { readable } from '../errors/unreadable-error.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { type SettingDeclarations, settingValues } from '../flow/settings.ts';
import type { Decision } from '../generator/decision.ts';
import { type Entry, Journal, TURNED_AWAY } from '../generator/journal.ts';
import { NO_TAGS } from '../generator/noted.ts';
import { handledBy, NOT_ARRIVED } from '../generator/outcome.ts';
import type { StepOutcome } from '../generator/perform-step.ts';
import { begin, beginAfterDivergence, beginTurnedAway, replay, type Standing } from '../generator/replay.ts';
import type { FlowEvent, FlowMachineEvent } from './events.ts';
import type { LiveCache } from './live-cache.ts';

/** What a flow's machine remembers. */
export interface FlowContext {
  readonly call: Call | null;
  readonly journal: Journal;
  /** Where the flow stands: a site, `ended`, `failed`, `closed`; `idle` before the call. */
  readonly site: string;
  /** What the generator said there; null before the call and after a restore. */
  readonly decision: Decision | null;
  /** Whether the machine has started the step at whose site it stands; false after a restore, where whoever restored performs it. */
  readonly stepStarted: boolean;
}

/** What an event leads to. */
export interface Next {
  readonly call: Call;
  readonly journal: Journal;
  readonly decision: Decision;
}

/** Asks the generator where an event leads. All guards and actions of one event share one answer; never throws. */
export type Decide = (context: FlowContext, event: FlowMachineEvent) => Next;

/** The decider of one flow. */
export function createDecider(flow: FlowModule, live: LiveCache): Decide {
  const memo = new WeakMap<FlowMachineEvent, { readonly journal: Journal; readonly next: Next }>();

  return (context, event) => {
    const known = memo.get(event);
    if (known !== undefined && known.journal === context.journal) return known.next;
    const next = decide(context, event);
    memo.set(event, { journal: context.journal, next });
    return next;
  };

  function decide(context: FlowContext, event: FlowMachineEvent): Next {
    const call = event.type === 'CALL_STARTED' ? event.call : (context.call as Call);
    // A snapshot that went through JSON holds the journal as a list.
    const journal = context.journal instanceof Journal ? context.journal : Journal.of(context.journal as Iterable<Entry>);
    try {
      if (event.type === 'CALL_STARTED')
        return event.turnedAway === undefined ? settle(call, journal, begin(flow, call)) : turnAway(call, journal, event.turnedAway);
      const standing = live.take(context.journal) ?? replay(flow, call, journal.entries());
      const entry = entryFor(event, standing.decision);
      const expected = event.type === 'SESSION_ENDED' ? standing.decision.site : (event.site ?? context.site);
      if (standing.decision.site !== expected) throw new DivergenceError(flow.name, journal.length, expected, standing.decision.site);
      return settle(call, journal.with(entry), { run: standing.run, decision: standing.run.answer(entry) });
    } catch (error) {
      return recover(call, context, journal, event, readable(error));
    }
  }

  /** The way on when the journal no longer fits the code: the flow's own handler, where it has one. */
  function recover(call: Call, context: FlowContext, journal: Journal, event: FlowMachineEvent, error: unknown): Next {
    const over = event.type === 'SESSION_ENDED' || hasEnded(journal);
    const handled = error instanceof DivergenceError && flow.options.onDivergence && !over && event.type !== 'CALL_STARTED';
    if (!handled) return { call, journal, decision: failed(over, error) };
    try {
      const { index, recorded, yielded } = error;
      const entry = { site: context.site, at: event.at, diverged: { index, recorded, yielded } };
      return settle(call, journal.with(entry), beginAfterDivergence(flow, call, entry, journal.length + 1));
    } catch (second) {
      return { call, journal, decision: failed(over, readable(second)) };
    }
  }

  function turnAway(call: Call, journal: Journal, turnedAway: { readonly says: string | null }): Next {
    const entry = { site: TURNED_AWAY, at: call.startedAt, turnedAway } as const;
    return settle(call, journal.with(entry), beginTurnedAway(flow, call, entry));
  }

  function settle(call: Call, journal: Journal, standing: Standing): Next {
    live.put(journal, standing);
    return { call, journal, decision: standing.decision };
  }

  function failed(over: boolean, error: unknown): Decision {
    const end = over ? ('closed' as const) : ('failed' as const);
    const { voices, language } = flow.options;
    return {
      wait: end,
      site: end,
      effect: null,
      actions: [],
      hold: [],
      logs: [],
      tags: NO_TAGS,
      result: null,
      resultError: null,
      declined: null,
      settings: null,
      language,
      voice: voices[language ?? ''] ?? '',
      ending: over,
      uninterruptible: false,
      error,
      bare: [],
    };
  }
}

/** Whether the journal says that the session is over: nobody is there to hear a handler then. */
function hasEnded(journal: Journal): boolean {
  for (let node: Journal | null = journal; node !== null; node = node.previous)
    if (node.entry !== null && 'ended' in node.entry) return true;
  return false;
}

function entryFor(event: FlowEvent, { site, effect }: Decision): Entry {
  const { at } = event;
  switch (event.type) {
    case 'ACTION_COMPLETED':
      return { site, at, value: event.answer };
    case 'SIGNAL_RECEIVED':
      return { site, at, value: { arrived: true, value: event.value } };
    case 'SIGNAL_TIMED_OUT':
      return { site, at, value: NOT_ARRIVED };
    case 'SESSION_ENDED':
      return { site, at, ended: true, ...(event.bridge !== undefined && effect?.kind === 'bridge' ? { value: event.bridge } : {}) };
    case 'SETTINGS_READ':
      return {
        site,
        at,
        value: effect?.kind === 'settings' ? settingValues(effect.settings.declared as SettingDeclarations, event.values) : event.values,
      };
    case 'STEP_SETTLED':
      if (!event.outcome.ok) return { site, at, error: event.outcome.error, ...handled(effect, event.outcome.error) };
      return event.outcome.value === undefined ? { site, at } : { site, at, value: event.outcome.value };
  }
}

/** What a step's `onError` makes of its failure is kept, so that it is asked once in a call. */
function handled(effect: Decision['effect'], error: StepFailure): { readonly handled?: StepOutcome } {
  const outcome = effect?.kind === 'step' ? handledBy(effect, error) : null;
  return outcome === null ? {} : { handled: outcome };
}
