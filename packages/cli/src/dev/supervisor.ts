import type { TestView, Way } from '@hookswitch/console/inside';
import { DevProblemError } from '../errors/dev-problem-error.ts';
import { type ChildOutput, DevChild, LoadFailure } from './dev-child.ts';
import type { CheckedProject, LoadedProject, LoadProblem, NextCall, Project, Serving } from './messages.ts';
import { problemOf } from './load-project.ts';

/** What happens to the versions of the flows. */
export interface SupervisorEvents {
  /** A change is being loaded. */
  loading(): void;
  /** A version is served. */
  serving(url: string, loaded: LoadedProject, ms: number): void;
  /** A version is not served, and the one before still is (`isServing`), or none. `files` are worth watching. */
  refused(problem: LoadProblem, files: readonly string[], isServing: boolean): void;
  /** What came of exploring the version that is served; null where that could not be done. */
  checked(result: CheckedProject | null): void;
  /** Nothing serves for a moment: requests wait. */
  swapping(): void;
}

/** What the supervisor needs to know of the project, each time anew. */
export interface SupervisorOptions {
  readonly project: Project;
  readonly serving: (loaded: LoadedProject) => Serving;
  readonly output: ChildOutput;
  readonly events: SupervisorEvents;
}

interface Served {
  readonly child: DevChild;
  readonly loaded: LoadedProject;
}

/**
 * Keeps one version of the flows serving. A new one is loaded in a process of its own beside it; when that went well, the old one finishes its turns and closes the
 * store, and the new one opens it. Nothing that goes wrong with the new one ends the old one. What is served is explored then, in a third process.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #served: Served | null = null;
  /** Started in advance, with everything loaded but the flows. */
  #spare: DevChild | null = null;
  #loading: DevChild | null = null;
  /** Explores the version that is served. */
  #checker: DevChild | null = null;
  #isRunning = false;
  #isWanted = false;
  #isClosed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Loads the flows as they are now. While that goes on, further changes are loaded next. */
  async reload(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning) {
      // What is being loaded is out of date already.
      await this.#loading?.dismiss();
      return;
    }
    this.#isRunning = true;
    try {
      while (this.#isWanted && !this.#isClosed) {
        this.#isWanted = false;
        await this.#next();
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** From now on `flow` answers calls to `to`. */
  async route(to: string, flow: string): Promise<void> {
    await this.#served?.child.route(to, flow);
  }

  /** The next call to `to` is told this. */
  async next(to: string, told: NextCall): Promise<void> {
    await this.#served?.child.next(to, told);
  }

  /** A test of a call that goes a way of a flow; null where nothing serves, or the flow goes another way. */
  async test(flow: string, way: Way): Promise<TestView | null> {
    return (await this.#served?.child.test(flow, way)) ?? null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#served?.child.close();
    for (const child of [this.#served?.child, this.#spare, this.#loading, this.#checker]) await child?.dismiss();
  }

  async #next(): Promise<void> {
    const { events, project } = this.#options;
    events.loading();
    // What it explores is out of date.
    await this.#checker?.dismiss();
    const began = performance.now();
    const child = this.#takeSpare();
    this.#loading = child;
    const loaded = await child.load(project);
    this.#loading = null;
    if (this.#isWanted || this.#isClosed) return child.dismiss();
    if (loaded instanceof LoadFailure) {
      await child.dismiss();
      this.#prepareSpare();
      events.refused(loaded.problem, loaded.files, this.#served !== null);
      return;
    }
    await this.#swap({ child, loaded }, began);
    this.#prepareSpare();
    if (this.#served?.child === child) void this.#check();
  }

  /** Explores what is served, unless a newer version comes meanwhile. */
  async #check(): Promise<void> {
    const { events, project } = this.#options;
    if (this.#isClosed || this.#served === null) return;
    const checker = this.#start();
    this.#checker = checker;
    const result = await checker.check(project);
    if (this.#checker !== checker) return;
    this.#checker = null;
    const isCurrent = !checker.isDismissed && !this.#isClosed;
    await checker.dismiss();
    if (isCurrent) events.checked(result instanceof LoadFailure ? { charts: [], ways: [], warnings: [], problem: result.problem } : result);
  }

  async #swap(next: Served, began: number): Promise<void> {
    const { events, serving } = this.#options;
    const before = this.#served;
    events.swapping();
    await before?.child.close();
    try {
      const url = await next.child.open(serving(next.loaded));
      this.#served = next;
      await before?.child.dismiss();
      events.serving(url, next.loaded, performance.now() - began);
    } catch (error) {
      await next.child.dismiss();
      await this.#back(before, problemOf(error), next.loaded.files);
    }
  }

  /** The store could not be opened by the new version: the old one opens it again. */
  async #back(before: Served | null, problem: LoadProblem, files: readonly string[]): Promise<void> {
    const { events, serving } = this.#options;
    this.#served = null;
    if (before !== null && !before.child.isGone) {
      try {
        events.serving(await before.child.open(serving(before.loaded)), before.loaded, 0);
        this.#served = before;
      } catch {
        await before.child.dismiss();
      }
    }
    events.refused(problem, files, this.#served !== null);
  }

  #takeSpare(): DevChild {
    const spare = this.#spare;
    this.#spare = null;
    return spare === null || spare.isGone ? this.#start() : spare;
  }

  #prepareSpare(): void {
    if (!this.#isClosed) this.#spare ??= this.#start();
  }

  #start(): DevChild {
    const child = new DevChild(this.#options.project.cwd, this.#options.output, () => this.#onCrash(child));
    return child;
  }

  /** A process ended by itself. The one that serves is replaced, once: what ends again at once would end for ever. */
  #onCrash(child: DevChild): void {
    if (this.#spare === child) this.#spare = null;
    if (this.#served?.child !== child || this.#isClosed) return;
    this.#served = null;
    const message = 'The process that served the flows ended by itself: see what it printed last. It is started anew.';
    this.#options.events.refused(
      problemOf(new DevProblemError(message, 'HS_DEV_CHILD', { file: null, line: null, column: null })),
      [],
      false,
    );
    void this.reload();
  }
}
