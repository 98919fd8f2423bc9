import { AsyncLocalStorage } from 'node:async_hooks';
import { type Action, checkCallflow, type CallflowResponse, type StepContext } from '@hookswitch/dsl';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import type { Clock } from '../../clock.ts';
import { StepLeftError } from '../../errors/step-left-error.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { createRoutes } from '../../routing/flow-router.ts';
import { createSealer } from '../../security/seal.ts';
import type { Store } from '../../store/store.ts';
import { Calls } from '../calls.ts';
import type { CallsContext, CallsObserver } from '../context.ts';
import type { Decision } from '../call.ts';
import { MAX_TAKEOVERS } from '../decide/onward.ts';
import { readState } from '../state.ts';
import { sweep } from '../sweep.ts';
import { buildFlow, type Part, type RandomFlow } from './random-flow.test-support.ts';
import { randomNumbers, SimulatedTime } from './simulated-time.test-support.ts';

/** What goes wrong in a world; shares in 0..1. */
export interface Faults {
  readonly seed: number;
  /** A process dies at an operation of its store. */
  readonly crash: number;
  /** An operation of the store fails. */
  readonly fail: number;
  /** A webhook, or its answer, is lost. */
  readonly lose: number;
  /** A webhook comes again later. */
  readonly repeat: number;
  /** Most of a store's operation, ms. */
  readonly latency: number;
  /** When the caller hangs up, ms; null: he waits to the end. */
  readonly hangsUpAt: number | null;
  /** The summary comes before the first webhook. */
  readonly isEarly: boolean;
  /** Calls in memory. */
  readonly hotCalls: number;
  readonly isPlaced: boolean;
  /** Posts whose answer is lost. */
  readonly lostPosts: number;
  readonly processes: 1 | 2;
}

/** A hold is told by how long it listens. */
export const HOLD_FOR = 2_777;
const SETTINGS = { ...DEFAULT_SETTINGS, maxHolds: 1_000, maxRetries: 1_000, holdText: 'HOLD', holdFor: HOLD_FOR };
const NEVER = new Promise<never>(() => undefined);
const OPERATIONS = [
  'load',
  'turn',
  'turnOfEvent',
  'turns',
  'due',
  'unnumbered',
  'findByClientRequestId',
  'inbox',
  'commit',
  'put',
] as const;
const WRITES: ReadonlySet<string> = new Set(['commit', 'put']);

/** Which process runs at the moment. */
const running = new AsyncLocalStorage<Process>();

/** How often things happened in all worlds of a test. */
export const FIGURES = { inputs: 0, crashes: 0, failures: 0, conflicts: 0, holds: 0, takeovers: 0, steps: 0, posts: 0 };

/** A server that can die; another one stands in for it after a while. */
export class Process {
  readonly #world: RandomWorld;
  readonly calls: Calls;
  readonly context: CallsContext;
  isAlive = true;

  constructor(world: RandomWorld) {
    this.#world = world;
    const { time, flow, faults, base } = world;
    const clock: Clock = {
      now: time.now,
      timer: (ms, fire) =>
        time.timer(ms, () => {
          if (this.isAlive) running.run(this, fire);
        }),
    };
    this.context = {
      store: this.#store(base),
      clock,
      flows: createRoutes([flow.flow]),
      settings: { ...SETTINGS, hotCalls: faults.hotCalls },
      observer: this.#observer(),
      watchers: new Set(),
      sealer: createSealer([]),
      onEnd: ({ id, idempotencyKey }) => world.ended(id, idempotencyKey),
      post: ({ call, actions }) => world.posted(call.id, actions),
      earlySummary: () => Promise.resolve(null),
      mintId: () => 'placed',
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

  #store(base: Store): Store {
    const { faults, random, isCalm } = this.#world;
    const failing = (name: string, outcome: 'unchanged' | 'unknown'): void => {
      if (isCalm || random() >= faults.fail) return;
      FIGURES.failures++;
      throw new StoreUnavailableError({ store: 'memory', operation: name, reason: 'unreachable', outcome, detail: null });
    };
    const wrapped = OPERATIONS.map((name) => [
      name,
      async (...given: unknown[]): Promise<unknown> => {
        await this.#pause();
        failing(name, 'unchanged');
        const result = await (base[name] as (...given: unknown[]) => Promise<unknown>).apply(base, given);
        if (WRITES.has(name)) failing(name, 'unknown');
        await this.#pause();
        return result;
      },
    ]);
    return { ...(Object.fromEntries(wrapped) as Partial<Store>), kind: 'faulty', shared: base.shared } as Store;
  }

  async #pause(): Promise<void> {
    const { faults, random, isCalm, time } = this.#world;
    if (!this.isAlive) await NEVER;
    if (isCalm) return;
    if (random() < faults.crash) {
      this.isAlive = false;
      this.#world.died(this);
      await NEVER;
    }
    if (faults.latency > 0 && random() < 0.7) await time.sleep(random() * faults.latency);
    if (!this.isAlive) await NEVER;
  }

  #observer(): CallsObserver {
    const { wrong } = this.#world;
    const nothing = (): void => undefined;
    return {
      held: () => void FIGURES.holds++,
      fallback: (_call, reason, error) => {
        // A step that five processes have left is given up.
        if (reason !== 'unknown-session' && !(error instanceof StepLeftError))
          wrong.push(`6: a caller hears the fallback: ${reason} ${String(error)}`);
      },
      flowFailed: (_call, error) => void wrong.push(`6: the flow failed: ${String(error)}`),
      diverged: (_call, error) => void wrong.push(`6: ${String(error)}`),
      ...{ duplicate: nothing, suspectedPerAction: nothing, oddDigits: nothing, stepSettled: nothing, sessionFailed: nothing },
      ...{ endFailed: nothing, storeFailed: nothing, logged: nothing, warned: nothing },
      ...{ status: nothing, recording: nothing, unknownSession: nothing },
    };
  }
}

/** One call in a world where things go wrong, or, in a calm one, nothing does. Collects what breaks an invariant, with its number. */
export class RandomWorld {
  readonly time = new SimulatedTime();
  readonly random: () => number;
  readonly flow: RandomFlow;
  readonly base: Store;
  readonly faults: Faults;
  readonly isCalm: boolean;
  readonly wrong: string[] = [];
  /** Calls that `onEnd` was told of, by key. */
  readonly told = new Set<string>();
  /** What the callee hears of a placed call, once it is posted. */
  firstCallflow: CallflowResponse | null = null;
  /** A step has failed because one process after the other has left it. */
  isGivenUp = false;
  readonly #processes: Process[] = [];
  readonly #keys = new Map<string, string>();
  #posts = 0;

  constructor(base: Store, list: readonly Part[], faults: Faults, isCalm: boolean) {
    this.base = this.#watched(base);
    this.faults = faults;
    this.isCalm = isCalm;
    this.random = randomNumbers(faults.seed);
    this.flow = buildFlow(list, (site, part, context) => this.#perform(site, part, context));
    const processes = isCalm || !base.shared ? 1 : faults.processes;
    for (let n = 0; n < processes; n++) this.#processes.push(new Process(this));
  }

  /** Any process that lives. */
  some(): Process {
    return this.#processes[Math.floor(this.random() * this.#processes.length)] as Process;
  }

  sweep(): void {
    for (const process of this.#processes) process.sweep();
  }

  died(process: Process): void {
    FIGURES.crashes++;
    this.time.timer(50 + this.random() * 5_000, () => {
      this.#processes[this.#processes.indexOf(process)] = new Process(this);
    });
  }

  async ended(id: string, key: string): Promise<void> {
    const stored = await this.base.load({ id });
    if (stored?.call.endedAt == null) this.wrong.push('3: onEnd is told before the end is stored');
    if (!this.isCalm && this.random() < this.faults.fail) throw new Error('the mail server is down');
    this.told.add(key);
  }

  async posted(id: string, actions: readonly Action[]): ReturnType<CallsContext['post']> {
    FIGURES.posts++;
    if (++this.#posts > 1) this.wrong.push('9: a call is posted twice');
    if ((await this.base.turn(id, 0))?.answer == null) this.wrong.push('3: a call is posted before its callflow is stored');
    this.firstCallflow = { callflow: actions.slice(1) };
    if (!this.isCalm) await this.time.sleep(this.random() * 3_000);
    if (!this.isCalm && this.random() < this.faults.lostPosts) return { is: 'unknown', code: 'reset', message: 'reset' };
    return { is: 'created', sessionId: 'session' };
  }

  async #perform(site: string, part: Extract<Part, { is: 'step' }>, { idempotencyKey: key, signal }: StepContext): Promise<string> {
    FIGURES.steps++;
    const index = Number(key.split(':').at(-1));
    const stored = await this.base.load({ id: key.slice(0, key.lastIndexOf(':')) });
    if (stored === null || readState(stored.call.state).lease === null) this.wrong.push(`2: ${site} runs without a lease`);
    else if (stored.journal.length !== index) this.wrong.push(`2: ${site} runs at entry ${stored.journal.length} under the key ${key}`);
    if ((this.#keys.get(site) ?? key) !== key) this.wrong.push(`8: ${site} runs under two keys, ${this.#keys.get(site)} and ${key}`);
    this.#keys.set(site, key);
    const gone = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    if (part.slow > 0 && !signal.aborted)
      await Promise.race([this.time.sleep(this.isCalm ? 0 : part.slow * (0.5 + this.random())), ...(this.isCalm ? [] : [gone])]);
    if (part.fails) throw new Error(`no ${site}`);
    return `${site}#${index}`;
  }

  /** The store, and what must hold of every commit. */
  #watched(store: Store): Store {
    const commit = store.commit.bind(store);
    store.commit = async (change) => {
      const before = await store.load({ id: change.call.id });
      const answered = change.turn === undefined ? null : await store.turn(change.call.id, change.turn.turn);
      const outcome = await commit(change);
      if (outcome === 'conflict') {
        FIGURES.conflicts++;
        return outcome;
      }
      const was = before === null ? null : readState(before.call.state).lease;
      const is = readState(change.call.state).lease;
      const isTaken = was !== null && is !== null && was.token !== is.token;
      if (isTaken) FIGURES.takeovers++;
      if ((is?.takeovers ?? 0) > MAX_TAKEOVERS) this.isGivenUp = true;
      if (isTaken && store.shared && was.until > this.time.now()) this.wrong.push('2: a lease was taken before it had run out');
      if (change.call.revision !== (before?.call.revision ?? 0) + 1) this.wrong.push('4: a revision has jumped');
      if (answered?.answer != null && answered.answer !== change.turn?.answer) this.wrong.push('1: a stored answer was replaced');
      return outcome;
    };
    return store;
  }

  /** Keeps account of an answer that was sent. */
  heard(body: string): CallflowResponse {
    const response = JSON.parse(body) as CallflowResponse;
    for (const { severity, code } of checkCallflow({ callflow: response.callflow }, { via: 'vca' }))
      if (severity === 'error') this.wrong.push(`6: an answer breaks ${code}`);
    return response;
  }
}

/** A decision as text, to compare two of them: without what is alive in it. */
export function textOf(decision: Decision): string {
  return JSON.stringify(decision, (key, value: unknown) => {
    if (key === 'compiled' || key === 'position' || key === 'effect') return undefined;
    return value instanceof Error ? value.message : value;
  });
}
