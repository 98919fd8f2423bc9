import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type CompiledFlow, type FlowModule } from '@hookswitch/dsl';
import * as simulator from '@hookswitch/simulator';
import { processContext } from '../../packages/cli/src/process-context.ts';
import { CallPlans, directionsOf } from '../../packages/cli/src/simulate/call-plans.ts';
import { FlowCaller } from '../../packages/cli/src/simulate/flow-caller.ts';
import { holdsOf } from '../../packages/cli/src/simulate/holds.ts';
import { Mishaps } from '../../packages/cli/src/simulate/mishaps.ts';
import { SimulatedServer } from '../../packages/cli/src/simulate/simulated-server.ts';
import { standIns } from '../../packages/cli/src/simulate/stand-ins.ts';

const { createPlatform, parseChaos, randomFrom, runLoad, sameAs } = simulator;
const SUBACCOUNT = 'simulated';
const SEED = '7';
const CALLS = 5;

/** A server that sends, and a platform that asks (U1). */
export interface Pair {
  readonly delivery: 'callflow' | 'action';
  readonly vcaPer: 'callflow' | 'action';
}

/** One run of a few calls. */
export interface Heard {
  readonly report: simulator.LoadReport;
  /** What went wrong inside the server. */
  readonly mishaps: Mishaps['list'];
}

/** One flow on one pair of server and platform; the same calls are made with every kind of chaos. */
export class Cells {
  readonly #compiled: CompiledFlow;
  readonly #pair: Pair;
  readonly #plans: CallPlans;
  #calm: Promise<Heard> | null = null;

  constructor(flow: FlowModule, pair: Pair) {
    this.#compiled = compile(flow);
    this.#pair = pair;
    this.#plans = new CallPlans(flow, directionsOf(flow), null, SEED, randomFrom);
  }

  /** Whether the server places some of the calls itself. */
  get isOutbound(): boolean {
    return directionsOf(this.#compiled.flow).includes('outbound');
  }

  /** The calls as they are heard when nothing goes wrong. */
  get calm(): Promise<Heard> {
    return (this.#calm ??= this.#run([], 'memory', {}));
  }

  /** The same calls with chaos, as `parseChaos` reads it; what is heard is compared with the calm ones. */
  async disturbed(chaos: readonly string[]): Promise<Heard> {
    const { report } = await this.calm;
    const expect = sameAs(report.transcripts ?? []);
    if (!chaos.some((kind) => kind.startsWith('restarts'))) return this.#run(chaos, 'memory', { expect });
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-chaos-'));
    try {
      return await this.#run(chaos, `sqlite:${join(folder, 'calls.db')}`, { expect });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #run(chaos: readonly string[], store: string, load: Partial<simulator.LoadOptions>): Promise<Heard> {
    const { flow, chart } = this.#compiled;
    const plans = this.#plans;
    const mishaps = new Mishaps();
    let server: SimulatedServer | null = null;
    const platform = createPlatform({
      subAccountId: SUBACCOUNT,
      clock: 'virtual',
      seed: SEED,
      // A slow machine is no reason to lose a call.
      behaviour: { vcaPer: this.#pair.vcaPer, answerTimeoutMs: 120_000 },
      chaos: parseChaos(chaos, async () => server?.restart()),
      parties: (destination, _session, call) => plans.partyOf(call, destination),
      holds: holdsOf(undefined, chart),
      remember: 0,
    });
    const drawing = { seed: SEED, salt: 'chaos', realSteps: false, failingSteps: 0 };
    const setup = {
      config: {},
      loaded: { flow, file: null },
      chart,
      subAccountId: SUBACCOUNT,
      delivery: this.#pair.delivery,
      logLevel: 'silent',
      logStream: undefined,
      rehearsal: standIns(this.#compiled, drawing, randomFrom),
      ownHooks: false,
    };
    try {
      server = await SimulatedServer.start(setup, store, platform, ['VCA', 'VSS'], mishaps, processContext());
      const place = async ({ index, from, to }: simulator.CallOrder): Promise<void> =>
        server?.place({ flow: flow.name, from: from ?? '', to, params: plans.of(index).params, clientRequestId: `call-${index}` });
      const report = await runLoad(platform, {
        calls: CALLS,
        concurrency: CALLS,
        caller: new FlowCaller(chart, async (...signal) => server?.signal(...signal)),
        from: (index) => plans.of(index).from,
        to: (index) => plans.of(index).to,
        outbound: {
          place,
          isOutbound: (index) => plans.of(index).direction === 'outbound',
          party: (index) => plans.of(index).party,
        },
        keepTranscripts: true,
        ...load,
      });
      return { report, mishaps: mishaps.list };
    } finally {
      await platform.close();
      await server?.close();
    }
  }
}
