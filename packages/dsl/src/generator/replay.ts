import { DivergenceError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import type { FlowBody, FlowModule } from '../flow/flow-options.ts';
import type { Decision } from './decision.ts';
import { frozenCall } from './frozen-call.ts';
import { withGoodbye } from './goodbye.ts';
import { say } from '../effects/say.ts';
import { phrase } from '../flow/phrase.ts';
import type { DivergenceMark, Entry } from './journal.ts';
import { Run } from './run.ts';
import type { Subject } from './subject.ts';

/**
 * The ways into the driver: begin a flow, begin its `onDivergence` handler, or go over a journal. It must never keep anything between two calls:
 * the same arguments give the same standing, in every process. Entries after the last mark of a divergence belong to the handler.
 */

/** A live generator and where it stands. */
export interface Standing {
  readonly run: Run;
  readonly decision: Decision;
}

/** Starts a new generator of `flow`. */
export function begin(flow: FlowModule, call: Call, traced = false): Standing {
  return standing(new Run({ ...subjectOf(flow, call), traced }));
}

/** Begins a call that is turned away: its entry is the first of the journal. */
export function beginTurnedAway(flow: FlowModule, call: Call, entry: TurnedAwayEntry): Standing {
  return standing(turnedAwayOf(flow, call, entry));
}

/** How a journal begins: with the flow, or with what took its place. `first` is the index of the first answer. */
export function beginAs(flow: FlowModule, call: Call, entries: readonly Entry[]): { readonly standing: Standing; readonly first: number } {
  const index = entries.findLastIndex((entry) => 'diverged' in entry || 'turnedAway' in entry);
  const mark = entries[index];
  if (mark !== undefined && 'turnedAway' in mark) return { standing: beginTurnedAway(flow, call, mark), first: index + 1 };
  if (mark === undefined || !('diverged' in mark)) return { standing: begin(flow, call), first: 0 };
  return { standing: beginAfterDivergence(flow, call, mark, index + 1), first: index + 1 };
}

/** Starts the flow's `onDivergence` handler, whose entries follow the mark in the journal. */
export function beginAfterDivergence(flow: FlowModule, call: Call, mark: MarkEntry, before: number): Standing {
  return standing(handlerOf(flow, call, mark, before));
}

/**
 * Runs `flow` over the answers of `entries` and says where it stands. Pure: the same arguments give the same result.
 * Throws `DivergenceError` where the code does not wait at the site of an entry.
 */
export function replay(flow: FlowModule, call: Call, entries: readonly Entry[], traced = false): Standing {
  const [begun] = entries;
  if (begun !== undefined && 'turnedAway' in begun) {
    const run = turnedAwayOf(flow, call, begun);
    return { run, decision: run.replay(entries.slice(1)) };
  }
  const first = entries.findLastIndex((entry) => 'diverged' in entry) + 1;
  const mark = entries[first - 1] as MarkEntry | undefined;
  const run = mark === undefined ? new Run({ ...subjectOf(flow, call), traced }) : handlerOf(flow, call, mark, first);
  return { run, decision: run.replay(entries.slice(first)) };
}

type TurnedAwayEntry = Extract<Entry, { readonly turnedAway: unknown }>;
type MarkEntry = Extract<Entry, { readonly diverged: DivergenceMark }>;

function standing(run: Run): Standing {
  return { run, decision: run.replay([]) };
}

function subjectOf({ options, body }: Pick<FlowModule, 'options' | 'body'>, call: Call): Subject {
  return {
    options,
    call: frozenCall(call),
    body: withGoodbye(body, options.goodbye),
    at: call.startedAt,
    path: [],
    traced: false,
    hasResult: true,
    before: 0,
  };
}

function turnedAwayOf({ options }: FlowModule, call: Call, { turnedAway: { says } }: TurnedAwayEntry): Run {
  const body: FlowBody = function* () {
    yield say(says ?? phrase('intakeClosed'));
  };
  return new Run({ ...subjectOf({ options, body }, call), hasResult: false, before: 1 });
}

function handlerOf(flow: FlowModule, call: Call, { site, at, diverged }: MarkEntry, before: number): Run {
  const handler = flow.options.onDivergence;
  if (!handler) throw new DivergenceError(flow.name, diverged.index, diverged.recorded, diverged.yielded);
  const body: FlowBody = (subject) => handler(subject, { site, index: diverged.index });
  return new Run({ ...subjectOf({ options: flow.options, body }, call), at, path: ['on-divergence'], hasResult: false, before });
}
