import { didYouMean, type JournalFile, replayRecorded } from '@hookswitch/dsl';
import type { LoadedFlow } from '../load/load-flows.ts';
import type { BrokenFile, GateSource } from './gate-source.ts';
import { Sample } from './sample.ts';
import { type Judged, Tally } from './tally.ts';

/** What the gate works with. */
export interface GateOptions {
  readonly source: GateSource;
  readonly flows: readonly LoadedFlow[];
  /** Past calls that are replayed, at most. */
  readonly sample: number;
  /** Stops it; what was found until then is given back. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: GateProgress) => void;
}

/** How far it is. */
export interface GateProgress {
  readonly listed: number;
  readonly replayed: number;
  /** Calls that will be replayed; null as long as calls are still listed. */
  readonly of: number | null;
}

/** What became of the calls. */
export interface Gated {
  readonly open: Tally;
  readonly past: Tally;
  /** Past calls among which the sample was drawn, and their kinds. */
  readonly pastCalls: number;
  readonly strata: number;
  readonly broken: readonly BrokenFile[];
  /** Calls that were gone when their journals were asked for. */
  readonly gone: number;
  readonly interrupted: boolean;
}

/** Journals that are asked for at the same time. */
const AT_ONCE = 8;

/** Lets a signal come through: a folder is read and replayed without ever waiting for anything. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Replays all open calls of a source, and a sample of its past ones. At most a page of calls and a few journals are held. */
export async function runGate({ source, flows, sample: wanted, signal, onProgress }: GateOptions): Promise<Gated> {
  const [open, past, sample] = [new Tally(), new Tally(), new Sample(wanted)];
  const broken: BrokenFile[] = [];
  let [listed, gone] = [0, 0];
  const judge = async (id: string, standsFor: number): Promise<void> => {
    const journal = await source.journal(id);
    if (journal === null) {
      gone++;
      return;
    }
    const isOpen = !PAST.has(journal.status);
    (isOpen ? open : past).add(judged(id, journal, isOpen, standsFor, flows));
  };
  const tell = (of: number | null): void => onProgress({ listed, replayed: open.replayed + past.replayed, of });
  const judgeAll = async (calls: readonly { readonly id: string; readonly standsFor: number }[], of: number | null): Promise<void> => {
    for (let start = 0; start < calls.length && !signal.aborted; start += AT_ONCE) {
      await Promise.all(calls.slice(start, start + AT_ONCE).map(({ id, standsFor }) => judge(id, standsFor)));
      tell(of);
      await breath();
    }
  };

  for await (const page of source.pages()) {
    if (signal.aborted) break;
    listed += page.calls.length;
    broken.push(...page.broken);
    for (const call of page.calls) if (!call.isOpen) sample.offer(call);
    tell(null);
    await breath();
    await judgeAll(
      page.calls.filter(({ isOpen }) => isOpen).map(({ id }) => ({ id, standsFor: 1 })),
      null,
    );
  }
  const drawn = sample.draw();
  await judgeAll(drawn, open.replayed + drawn.length);
  return { open, past, pastCalls: sample.offered, strata: sample.strata, broken, gone, interrupted: signal.aborted };
}

const PAST: ReadonlySet<string> = new Set(['ended', 'failed', 'cancelled']);

function judged(id: string, journal: JournalFile, isOpen: boolean, standsFor: number, flows: readonly LoadedFlow[]): Judged {
  const { flow: name, flowVersion: version } = journal;
  const versions = flows.filter(({ flow }) => flow.name === name);
  const newest = versions.at(-1);
  const own = versions.find(({ flow }) => flow.options.version === version);
  const meetsCode = isOpen || own === undefined || own === newest;
  const base = { id, flow: name, version, standsFor, meetsCode };
  if (newest === undefined) {
    const known = [...new Set(flows.map(({ flow }) => flow.name))];
    const difference = `The project has no flow "${name}" any longer. ${didYouMean(name, known)}Keep it, or wait until its calls are over.`;
    return { ...base, outcome: { verdict: 'no flow', difference } };
  }
  // As a server does: a call in progress stays with its version where that is there, and goes on with the newest else. Callers of past calls would reach the newest.
  return { ...base, outcome: replayRecorded((isOpen ? (own ?? newest) : newest).flow, journal) };
}
