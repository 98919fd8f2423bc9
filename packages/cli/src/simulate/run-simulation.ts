import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compile } from '@hookswitch/dsl';
import type * as Simulator from '@hookswitch/simulator';
import { UsageError } from '../errors/usage-error.ts';
import type { CliContext } from '../context.ts';
import { CallPlans, type Directions } from './call-plans.ts';
import { FlowCaller, placesOf } from './flow-caller.ts';
import { holdsOf } from './holds.ts';
import { Mishaps, type Mishap } from './mishaps.ts';
import { SimulatedServer, type ServerSetup } from './simulated-server.ts';
import { standIns } from './stand-ins.ts';

/** What is simulated. */
export interface Simulation extends Omit<ServerSetup, 'chart' | 'rehearsal' | 'subAccountId'> {
  readonly calls: number;
  /** How many at the same time. */
  readonly concurrency: number;
  readonly seed: string;
  /** As `parseChaos` reads it. */
  readonly chaos: readonly string[];
  readonly behaviour: Simulator.BehaviourOptions;
  /** Where the disturbed calls are kept; null for a file that is gone afterwards. */
  readonly store: string | null;
  readonly realSteps: boolean;
  readonly failingSteps: number;
  /** How long callers think before they press a key, ms. */
  readonly thinkMs: number;
  /** Whether time passes as it does, so that thinking takes its time. */
  readonly realTime: boolean;
  readonly directions: Directions;
  readonly onProgress: (run: Run, progress: Simulator.LoadProgress) => void;
  readonly signal: AbortSignal;
}

/** Where calls go on as fast as the server answers, how long that takes says nothing of a caller's wait: only a server that hangs is given up, ms. */
const TIMEOUT = 120_000;

/** Where somebody waits for the end, a server that waits for its steps is left behind after that long, ms. */
const HURRY = 500;

/** `calm`: without chaos. */
export type Run = 'calm' | 'disturbed';

/** What a simulation found. */
export interface SimulationReport {
  /** Whether every caller heard what it should, no call was lost, and nothing failed inside the server. */
  readonly ok: boolean;
  readonly interrupted: boolean;
  readonly calm: Simulator.LoadReport;
  readonly disturbed: Simulator.LoadReport;
  /** Calls with chaos that have nothing to be compared with, since the undisturbed call was itself lost. */
  readonly uncompared: readonly Simulator.BadCall[];
  /** What went wrong inside the server. */
  readonly mishaps: Readonly<Record<Run, readonly Mishap[]>>;
  /** Places of the flow, and which of them callers came to. */
  readonly places: { readonly all: readonly string[]; readonly reached: readonly string[] };
}

/**
 * Makes the same calls twice over real HTTP: undisturbed on a store in memory, then with chaos on the store that was asked for, each with a server of its own.
 * Throws `SimulatorOptionError` for chaos or behaviour that there is not, and what the server throws that can't start.
 */
export async function runSimulation(simulation: Simulation, simulator: typeof Simulator, context: CliContext): Promise<SimulationReport> {
  const { flow } = simulation.loaded;
  const compiled = compile(flow);
  const { chart } = compiled;
  const { seed, calls, concurrency, thinkMs, signal, onProgress } = simulation;
  const salt = context.now().toString(36);
  const rehearsal = standIns(compiled, { ...simulation, salt }, simulator.randomFrom);
  const setup: ServerSetup = { ...simulation, chart, rehearsal, subAccountId: `simulated-${salt}` };
  const plans = new CallPlans(flow, simulation.directions, simulation.loaded.numbers?.[0] ?? null, seed, simulator.randomFrom);
  const caller = new FlowCaller(chart, async (...signal) => server?.signal(...signal));
  const mishaps = { calm: new Mishaps(), disturbed: new Mishaps() };
  let run: Run = 'calm';
  let server: SimulatedServer | null = null;
  const chaos = simulator.parseChaos(simulation.chaos, async () => server?.restart());
  if (chaos.restarts !== undefined && simulation.store === 'memory')
    throw new UsageError(
      'Chaos "restarts" needs a store that outlives the server: leave --store out, or name a file: --store sqlite:calls.db.',
    );
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-simulate-'));
  const stores = { calm: 'memory', disturbed: simulation.store ?? `sqlite:${join(folder, 'calls.db')}` };
  const place = async ({ index, from, to }: Simulator.CallOrder): Promise<void> => {
    const { params } = plans.of(index);
    await server?.place({ flow: flow.name, from: from ?? '', to, params, clientRequestId: `simulated-${salt}-${index}` });
  };
  const outbound: Simulator.OutboundLoad = {
    place,
    isOutbound: (index) => plans.of(index).direction === 'outbound',
    party: (index) => plans.of(index).party,
  };
  try {
    const { calm, disturbed, uncompared } = await simulator.runCompared(
      {
        subAccountId: setup.subAccountId,
        clock: simulation.realTime ? 'real' : 'virtual',
        behaviour: { ...(simulation.realTime ? {} : { answerTimeoutMs: TIMEOUT }), ...simulation.behaviour },
        chaos,
        seed,
        parties: (destination, _session, name) => plans.partyOf(name, destination),
        holds: holdsOf(simulation.config.sessions, chart),
      },
      {
        calls,
        concurrency,
        thinkMs,
        caller,
        from: (index) => plans.of(index).from,
        to: (index) => plans.of(index).to,
        outbound,
        onProgress: (progress) => onProgress(run, progress),
        signal,
      },
      {
        serverFor: async (platform, name) => {
          run = name;
          if (signal.aborted) return () => Promise.resolve();
          const started = await SimulatedServer.start(setup, stores[name], platform, simulator.WEBHOOK_TYPES, mishaps[name], context);
          server = started;
          return () => (signal.aborted ? Promise.race([started.close(), sleep(HURRY, undefined, { ref: false })]) : started.close());
        },
      },
    );
    const lists = { calm: mishaps.calm.list, disturbed: mishaps.disturbed.list };
    const all = placesOf(chart);
    const interrupted = signal.aborted;
    return {
      ok: calm.ok && disturbed.ok && !interrupted && lists.calm.length + lists.disturbed.length === 0,
      interrupted,
      calm: { ...calm, transcripts: null },
      disturbed,
      uncompared,
      mishaps: lists,
      places: { all, reached: all.filter((place) => caller.reached.has(place)) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
