import type { Call } from '../effects/call.ts';
import type { FlowBody, FlowModule } from '../effects/define-flow.ts';
import { DivergenceError } from '../errors/index.ts';
import type { Decision } from './decision.ts';
import type { DivergenceMark, Entry } from './journal.ts';
import { Run } from './run.ts';

/** A live generator and where it stands. */
export interface Standing {
  readonly run: Run;
  readonly decision: Decision;
}

/** Starts a new generator of `flow`. */
export function begin(flow: FlowModule, call: Call, traced = false): Standing {
  const run = new Run(flow, call, flow.body, call.startedAt, traced);
  return { run, decision: run.start() };
}

/** Starts the flow's `onDivergence` handler, whose entries follow the mark in the journal. */
export function beginAfterDivergence(flow: FlowModule, call: Call, site: string, at: number, mark: DivergenceMark): Standing {
  const handler = flow.options.onDivergence;
  if (!handler) throw new DivergenceError(flow.name, mark.index, mark.recorded, mark.yielded);
  const body: FlowBody = (subject) => handler(subject, { site, index: mark.index });
  const run = new Run(flow, call, body, at);
  run.path = ['on-divergence'];
  return { run, decision: run.start() };
}

/**
 * Runs `flow` over the answers of `entries` and says where it stands. Pure: the same arguments give the same result.
 * Throws `DivergenceError` where the code does not wait at the site of an entry.
 */
export function replay(flow: FlowModule, call: Call, entries: readonly Entry[], traced = false): Standing {
  let first = entries.length;
  while (first > 0 && !('diverged' in (entries[first - 1] as Entry))) first--;
  const mark = entries[first - 1];
  const { run, decision: start } =
    mark !== undefined && 'diverged' in mark
      ? beginAfterDivergence(flow, call, mark.site, mark.at, mark.diverged)
      : begin(flow, call, traced);
  let decision = start;
  for (let index = first; index < entries.length; index++) {
    const entry = entries[index] as Entry;
    if (decision.site !== entry.site) throw new DivergenceError(flow.name, index, entry.site, decision.site);
    decision = run.answer(entry);
  }
  return { run, decision };
}
