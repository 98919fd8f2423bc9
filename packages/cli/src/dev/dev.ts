import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { ChartView, DevView, StreamEvents, TestView, Way } from '@hookswitch/console/inside';
import type { ArrowName, JournalFile } from '@hookswitch/dsl';
import { isLoopback } from '@hookswitch/runtime/inside';
import { withFrame } from './code-frame.ts';
import type { ChildOutput } from './dev-child.ts';
import { devKey } from './dev-key.ts';
import { type DevServer, numbersOf, startDevServer } from './dev-server.ts';
import { followEvents } from './follow-events.ts';
import { Gate } from './gate.ts';
import type { CallSettings, CheckedProject, LoadedProject, LoadProblem, Project } from './messages.ts';
import { MAX_CALLS, PhoneDesk, SUBACCOUNT } from './phone-desk.ts';
import { CoverageReader } from './project-tests.ts';
import { endStrandedCalls } from './stranded-calls.ts';
import { Supervisor } from './supervisor.ts';
import { watchFiles } from './watch-files.ts';

/** Options of `startDev`. */
export interface DevOptions {
  readonly project: Project;
  readonly host: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly output: ChildOutput;
  /** Recorded calls by their ids, that can be forked; with some, nothing is written into the project's folder. @default none */
  readonly recordings?: Readonly<Record<string, JournalFile>>;
  /** A version of the flows is served; `ms` since its change was seen. */
  readonly onServing: (loaded: LoadedProject, ms: number, generation: number) => void;
  /** What is served was explored. */
  readonly onChecked: (checked: CheckedProject, ms: number) => void;
  /** What was saved last is not served; the version before still is, or none. */
  readonly onProblem: (problem: LoadProblem, isServing: boolean) => void;
}

/** `hookswitch dev` at work. */
export interface RunningDev {
  readonly url: string;
  /** Resolves when the flows were loaded for the first time, well or not. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Server, platform simulator and page in one: this process keeps the port, the page and the telephone; the flows are served by a child, exchanged whenever a file
 * changes. Calls are kept in `.hookswitch/dev.db`, so that they go on in the next version. Throws `ListenError`.
 */
export async function startDev(options: DevOptions): Promise<RunningDev> {
  const dev = new Dev(options);
  await dev.start();
  return dev;
}

class Dev implements RunningDev {
  readonly ready: Promise<void>;
  readonly #options: DevOptions;
  readonly #gate = new Gate();
  readonly #apiToken = randomBytes(24).toString('base64url');
  readonly #supervisor: Supervisor;
  readonly #watch: ReturnType<typeof watchFiles>;
  /** Flows by the numbers that were called on the phone. */
  readonly #routes = new Map<string, string>();
  /** Those of the newest calls on the phone: each version of the flows gets them. */
  #settings: readonly CallSettings[] = [];
  #server: DevServer | null = null;
  #desk: PhoneDesk | null = null;
  #platformUrl = '';
  #loaded: LoadedProject | null = null;
  #view: DevView = { generation: 0, reloading: true, checking: false, charted: 0, tested: 0, problem: null, reloadMs: null };
  /** Diagrams by the names of their flows: those of the version before stand until the new ones are there. */
  #charts: ReadonlyMap<string, ChartView> = new Map();
  /** The way to each arrow of these. */
  #ways: ReadonlyMap<string, readonly Way[]> = new Map();
  readonly #coverage: CoverageReader;
  #servedAt = 0;
  #follow = new AbortController();
  #settled: () => void = () => undefined;

  constructor(options: DevOptions) {
    this.#options = options;
    const { project, output, recordings } = options;
    const folder = join(project.cwd, '.hookswitch');
    this.#coverage = new CoverageReader(project.cwd, () => this.#show({ ...this.#view, tested: this.#view.tested + 1 }));
    this.ready = new Promise((resolve) => (this.#settled = resolve));
    this.#supervisor = new Supervisor({
      project,
      output,
      serving: (loaded) => ({
        apiToken: this.#apiToken,
        platformUrl: this.#platformUrl,
        subAccountId: SUBACCOUNT,
        dataKeys: recordings === undefined ? devKey(folder) : randomBytes(32).toString('base64'),
        store: recordings === undefined ? `sqlite:${join(folder, 'dev.db')}` : 'memory',
        routes: { ...namedRoutes(loaded), ...Object.fromEntries(this.#routes) },
        recordings: recordings ?? {},
        settings: this.#settings,
      }),
      events: {
        loading: () => this.#show({ ...this.#view, reloading: true }),
        swapping: () => this.#gate.hold(),
        serving: (url, loaded, ms) => this.#onServing(url, loaded, ms),
        checked: (checked) => this.#onChecked(checked),
        refused: (problem, files, isServing) => this.#onRefused(problem, files, isServing),
      },
    });
    this.#watch = watchFiles(watchedPaths(project), () => void this.#supervisor.reload());
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async start(): Promise<void> {
    const { host, port } = this.#options;
    try {
      const simulator = await import('@hookswitch/simulator');
      // The page's port first: when it is taken, nothing else is begun.
      this.#server = await startDevServer({
        host,
        port,
        gate: this.#gate,
        apiToken: this.#apiToken,
        status: () => this.#view,
        loaded: () => this.#loaded,
        charts: () => this.#charts,
        tests: { coverage: () => this.#coverage.read(), write: (flow, arrow) => this.#write(flow, arrow) },
        desk: () => this.#desk as PhoneDesk,
        route: async (to, flow) => {
          this.#routes.set(to, flow);
          await this.#supervisor.route(to, flow);
        },
        next: async (to, told) => {
          if (told.settings !== null) this.#settings = [...this.#settings, told.settings].slice(-MAX_CALLS);
          await this.#supervisor.next(to, told);
        },
      });
      const opened = await PhoneDesk.open(simulator, `${this.#ownUrl()}/webhooks`, (news) => this.#server?.streams.phone(news));
      this.#desk = opened.desk;
      this.#platformUrl = opened.platformUrl;
    } catch (error) {
      await this.close();
      throw error;
    }
    void this.#supervisor.reload();
  }

  async close(): Promise<void> {
    this.#follow.abort();
    await this.#watch.close();
    await this.#coverage.close();
    await this.#desk?.close();
    await this.#supervisor.close();
    // Whoever still waits for an answer gets to know that there is none.
    this.#gate.open(null);
    await this.#server?.close();
  }

  /** Where the simulator finds this server: it runs on the same machine, whatever others call it. */
  #ownUrl(): string {
    const { hostname, port } = new URL(this.url);
    const bare = hostname.replace(/^\[|\]$/g, '');
    return isLoopback(bare) ? this.url : `http://127.0.0.1:${port}`;
  }

  #onServing(url: string, loaded: LoadedProject, ms: number): void {
    const isFirst = this.#loaded === null;
    this.#loaded = loaded;
    this.#watch.add([...loaded.files, ...loaded.watched]);
    this.#gate.open(url);
    this.#followChild(url);
    const generation = this.#view.generation + 1;
    this.#servedAt = performance.now();
    this.#show({ ...this.#view, generation, reloading: false, checking: true, problem: null, reloadMs: Math.round(ms) });
    const tidied = isFirst
      ? endStrandedCalls(url, this.#apiToken, () => this.#desk?.living ?? new Set()).catch(() => undefined)
      : Promise.resolve();
    void tidied.then(() => {
      this.#options.onServing(loaded, ms, generation);
      this.#settled();
    });
  }

  #onChecked(checked: CheckedProject | null): void {
    const charts = checked?.charts ?? [];
    if (charts.length > 0) {
      this.#charts = new Map(charts.map((chart) => [chart.flow, chart]));
      this.#ways = new Map(charts.map(({ flow }, index) => [flow, checked?.ways[index] ?? []]));
    }
    const problem = checked?.problem == null ? null : withFrame(checked.problem, this.#options.project.cwd, true);
    const charted = this.#view.charted + (charts.length > 0 ? 1 : 0);
    this.#show({ ...this.#view, checking: false, charted, problem: this.#view.problem ?? problem });
    if (checked !== null) this.#options.onChecked(checked, performance.now() - this.#servedAt);
  }

  #onRefused(problem: LoadProblem, files: readonly string[], isServing: boolean): void {
    this.#watch.add(files);
    if (!isServing) this.#gate.open(null);
    this.#show({ ...this.#view, reloading: false, checking: false, problem: withFrame(problem, this.#options.project.cwd, false) });
    this.#options.onProblem(problem, isServing);
    this.#settled();
  }

  /** Hands on what the serving process tells of its calls. */
  #followChild(url: string): void {
    this.#follow.abort();
    this.#follow = new AbortController();
    const onEvent = (event: string, data: unknown): void => {
      if (event === 'calls') this.#server?.streams.calls(data as StreamEvents['calls']);
    };
    void followEvents(`${url}/console/api/events`, this.#apiToken, onEvent, this.#follow.signal);
  }

  /** A test that takes an arrow of a flow. */
  async #write(flow: string, { from, label, to, when }: ArrowName): Promise<TestView | null> {
    const way = this.#ways
      .get(flow)
      ?.find(({ arrow }) => arrow.from === from && arrow.label === label && arrow.to === to && arrow.when === when);
    return way === undefined ? null : this.#supervisor.test(flow, way);
  }

  #show(view: DevView): void {
    this.#view = view;
    this.#server?.streams.dev(view);
  }
}

/** Flows by the numbers under which they are called. */
function namedRoutes(loaded: LoadedProject): Record<string, string> {
  return Object.fromEntries(Object.entries(numbersOf(loaded)).map(([flow, number]) => [number, flow]));
}

/** Where a first version may come from, as long as none was loaded. */
function watchedPaths({ cwd, paths, configFile }: Project): string[] {
  const configs = configFile === null ? ['ts', 'mts', 'js', 'mjs'].map((ending) => `hookswitch.config.${ending}`) : [configFile];
  return [...(paths.length > 0 ? paths : ['flows']), ...configs, '.env'].map((path) => resolve(cwd, path));
}
