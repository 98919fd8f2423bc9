import { AsyncLocalStorage } from 'node:async_hooks';
import type { Action, FlowModule } from '@hookswitch/dsl';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import type { Clock } from '../../clock.ts';
import { StepLeftError } from '../../errors/step-left-error.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { createRoutes } from '../../routing/flow-router.ts';
import type { CallRecord, Store } from '../../store/store.ts';
import { Calls } from '../calls.ts';
import type { CallsContext, CallsObserver } from '../context.ts';
import { sweep } from '../sweep.ts';
import { type Faults, FIGURES } from './faults.test-support.ts';
import { CHART } from './random-flow.test-support.ts';
import type { History } from './history.test-support.ts';
import type { SimulatedTime } from './simulated-time.test-support.ts';
import { OPERATIONS } from './watched-store.test-support.ts';

/** A hold is told by how long it listens. */
export const HOLD_FOR = 2_777;
const SETTINGS = {
  ...{
    ...DEFAULT_SETTINGS,
    maxHolds: 1_000,
    maxRetries: 1_000,
    holdText: 'HOLD',
    holdFor: HOLD_FOR,
    idle: 1_800_000,
    bridgedIdle: 3_600_000,
  },
};
const NEVER = new Promise<never>(() => undefined);
const WRITES: ReadonlySet<string> = new Set(['commit', 'put']);
/** What flows of the generator throw, and nobody catches. */
const OWN_ERRORS = /^thrown$|\bno step\d+f?$|"demand\d+f?"/;

/** Which process runs at the moment. */
const running = new AsyncLocalStorage<Process>();

/** The process that runs at the moment. */
export function current(): Process | null {
  return running.getStore() ?? null;
}

/** Where processes live: what befalls them, and what becomes of what they do. */
export interface Surroundings {
  readonly time: SimulatedTime;
  readonly random: () => number;
  readonly flow: FlowModule;
  readonly faults: Faults;
  readonly isCalm: boolean;
  readonly history: History;
  /** What breaks an invariant, with its number. */
  readonly wrong: string[];
  mintId(): string;
  died(process: Process): void;
  ended(id: string, key: string): Promise<void>;
  posted(id: string, actions: readonly Action[]): ReturnType<CallsContext['post']>;
}

/** A server that can die; another one stands in for it after a while. */
export class Process {
  readonly world: Surroundings;
  readonly calls: Calls;
  readonly context: CallsContext;
  isAlive = true;

  constructor(world: Surroundings, store: Store) {
    this.world = world;
    const { time, flow, faults } = world;
    const clock: Clock = {
      now: time.now,
      timer: (ms, fire) =>
        time.timer(ms, () => {
          if (this.isAlive) running.run(this, fire);
        }),
    };
    this.context = {
      store: this.#failing(store),
      clock,
      flows: createRoutes([{ flow, chart: CHART }]),
      settings: { ...SETTINGS, hotCalls: faults.hotCalls, delivery: faults.delivery },
      observer: this.#observer(),
      watchers: new Set([(call: CallRecord) => this.#told('a watcher', call)]),
      sealer: world.history.sealer,
      onEnd: ({ id, idempotencyKey }) => world.ended(id, idempotencyKey),
      post: ({ call, actions }) => world.posted(call.id, actions),
      earlySummary: () => Promise.resolve(null),
      mintId: () => world.mintId(),
    };
    this.calls = new Calls(this.context);
  }

  /** Does something in this process; it never comes back where the process dies on the way. */
  run<T>(task: () => Promise<T>): Promise<T> {
    return running.run(this, task);
  }

  sweep(): void {
    if (this.isAlive) void this.run(() => sweep(this.context, this.calls)).catch(() => undefined);
  }

  /** A moment at which it may die. */
  async risk(): Promise<void> {
    const { faults, random, isCalm } = this.world;
    if (!this.isAlive) await NEVER;
    if (isCalm || random() >= faults.crash) return;
    this.isAlive = false;
    this.world.died(this);
    await NEVER;
  }

  #failing(base: Store): Store {
    const { faults, random, isCalm } = this.world;
    const fail = (name: string, outcome: 'unchanged' | 'unknown'): void => {
      if (isCalm || random() >= faults.fail) return;
      FIGURES.failures++;
      throw new StoreUnavailableError({ store: 'memory', operation: name, reason: 'unreachable', outcome, detail: null });
    };
    const wrapped = OPERATIONS.map((name) => [
      name,
      async (...given: unknown[]): Promise<unknown> => {
        await this.#pause();
        fail(name, 'unchanged');
        const result = await (base[name] as (...given: unknown[]) => Promise<unknown>)(...given);
        if (WRITES.has(name)) fail(name, 'unknown');
        await this.#pause();
        return result;
      },
    ]);
    return { ...(Object.fromEntries(wrapped) as Partial<Store>), kind: 'faulty', shared: base.shared } as Store;
  }

  async #pause(): Promise<void> {
    const { faults, random, isCalm, time } = this.world;
    await this.risk();
    if (isCalm) return;
    if (faults.latency > 0 && random() < 0.7) await time.sleep(random() * faults.latency);
    if (!this.isAlive) await NEVER;
  }

  /** A watcher was given a call: what it was given is stored. */
  #told(what: string, call: CallRecord | null): void {
    const { history, wrong } = this.world;
    if (call !== null && call.revision > history.revisionOf(call.id)) wrong.push(`3: ${what} is told before the commit`);
  }

  #observer(): CallsObserver {
    const { wrong, history, faults } = this.world;
    const told = (name: string) => (call: CallRecord | null) => this.#told(name, call);
    const failure = (what: string, call: CallRecord | null, error: unknown): void => {
      this.#told(what, call);
      const message = error instanceof Error ? error.message : String(error);
      // A step that five processes have left is given up.
      const isLeft = message.includes('StepLeftError') || error instanceof StepLeftError;
      if (!(isLeft && faults.crash > 0) && !OWN_ERRORS.test(message)) wrong.push(`6: ${what}: ${String(error)}`);
    };
    return {
      held: (call) => {
        FIGURES.holds++;
        this.#told('a hold', call);
      },
      fallback: (call, reason, error) => {
        if (reason !== 'unknown-session') failure(`a caller hears the fallback, ${reason}`, call, error);
        else if (history.hasSession('session')) wrong.push('7: a webhook of a stored call is answered as if nobody knew it');
      },
      flowFailed: (call, error) => failure('the flow failed', call, error),
      diverged: (call, error) => failure('the flow diverged', call, error),
      stepSettled: told('stepSettled'),
      ...{ duplicate: told('duplicate'), suspectedPerAction: told('suspectedPerAction'), oddDigits: told('oddDigits') },
      ...{ sessionFailed: told('sessionFailed'), endFailed: told('endFailed'), logged: told('logged'), warned: told('warned') },
      ...{ resultRefused: told('resultRefused'), tagged: told('tagged'), counted: told('counted') },
      turnedAway: told('turnedAway'),
      storeFailed: () => undefined,
      status: ({ callStatus }, call) => {
        this.#told('onStatus', call);
        history.tell(`status ${callStatus}`);
      },
      recording: ({ recordingId }, call) => {
        this.#told('onRecording', call);
        history.tell(`recording ${recordingId}`);
      },
      unknownSession: () => history.tell('summary'),
    };
  }
}
