import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestView, Way } from '@hookswitch/console/inside';
import { DevChildError } from '../errors/dev-child-error.ts';
import { DevProblemError } from '../errors/dev-problem-error.ts';
import type { CheckedProject, LoadedProject, LoadProblem, NextCall, Project, Reply, ReplyBody, RequestBody, Serving } from './messages.ts';

/** How long a child may take to end by itself, ms. */
const SHUTDOWN_TIMEOUT = 3_000;

/** How a child's output reaches the terminal. */
export interface ChildOutput {
  /** One line of the standard output: a log line of the server, or whatever a step prints. */
  out(line: string): void;
  err(line: string): void;
}

/** A version of the flows could not be loaded; `files` are those that were looked at. */
export class LoadFailure {
  readonly problem: LoadProblem;
  readonly files: readonly string[];

  constructor(problem: LoadProblem, files: readonly string[]) {
    this.problem = problem;
    this.files = files;
  }
}

/** One process that can serve one version of the flows, as its parent has it in hand. */
export class DevChild {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (reply: ReplyBody | null) => void>();
  readonly #exited: Promise<void>;
  #ids = 0;
  #isGone = false;
  #isDismissed = false;

  /** Starts the process. `onCrash` is called when it ends without having been told to. */
  constructor(cwd: string, output: ChildOutput, onCrash: () => void) {
    const isSource = import.meta.url.endsWith('.ts');
    const entry = fileURLToPath(new URL(isSource ? './child-main.ts' : './child-main.js', import.meta.url));
    this.#process = fork(entry, [], {
      cwd, // Compiled, the process knows enough JavaScript to begin with, and teaches itself TypeScript.
      execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { stdout, stderr } = this.#process;
    if (stdout !== null) createInterface(stdout).on('line', output.out);
    if (stderr !== null) createInterface(stderr).on('line', output.err);
    this.#process.on('message', ({ id, ...reply }: Reply) => {
      this.#waiting.get(id)?.(reply);
      this.#waiting.delete(id);
    });
    this.#process.on('error', () => undefined);
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', () => {
        this.#isGone = true;
        for (const settle of this.#waiting.values()) settle(null);
        this.#waiting.clear();
        resolve();
        if (!this.#isDismissed) onCrash();
      });
    });
  }

  /** Loads, and explores every path, which takes its time. Null where the process ended before. */
  async check(project: Project): Promise<CheckedProject | LoadFailure | null> {
    const reply = await this.#ask({ type: 'check', project });
    if (reply?.type === 'checked') return reply.checked;
    return reply?.type === 'failed' ? new LoadFailure(reply.problem, reply.files) : null;
  }

  /** Loads. Gives a `LoadFailure` for what the author has to mend. */
  async load(project: Project): Promise<LoadedProject | LoadFailure> {
    const reply = await this.#ask({ type: 'load', project });
    if (reply?.type === 'loaded') return reply.loaded;
    if (reply?.type === 'failed') return new LoadFailure(reply.problem, reply.files);
    const message = new DevChildError('ended while it loaded the flows').message;
    return new LoadFailure({ message, code: 'HS_DEV_CHILD', file: null, line: null, column: null }, []);
  }

  /** Opens the store and serves; gives the URL. Throws `DevProblemError` where that can't be done. */
  async open(serving: Serving): Promise<string> {
    const reply = await this.#ask({ type: 'open', serving });
    if (reply?.type === 'open') return reply.url;
    if (reply?.type === 'failed') throw new DevProblemError(reply.problem.message, reply.problem.code, reply.problem);
    throw new DevChildError('ended while it opened the store');
  }

  async route(to: string, flow: string): Promise<void> {
    await this.#ask({ type: 'route', to, flow });
  }

  async next(to: string, told: NextCall): Promise<void> {
    await this.#ask({ type: 'next', to, told });
  }

  /** A test of a call that goes a way of a flow; null where the flow is not here, or goes another way. */
  async test(flow: string, way: Way): Promise<TestView | null> {
    const reply = await this.#ask({ type: 'test', flow, way });
    return reply?.type === 'test' ? reply.test : null;
  }

  /** Finishes the turns under way and closes the store; the process stays, and can open it again. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, SHUTDOWN_TIMEOUT, 'late');
    });
    // A step that hangs must not keep the next version from serving: its lease is taken over there.
    if ((await Promise.race([this.#ask({ type: 'close' }), late])) === 'late') await this.dismiss();
    clearTimeout(timer);
  }

  /** Ends the process. */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    if (!this.#isGone) this.#process.kill('SIGKILL');
    await this.#exited;
  }

  /** It was told to end. */
  get isDismissed(): boolean {
    return this.#isDismissed;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  #ask(request: RequestBody): Promise<ReplyBody | null> {
    if (this.#isGone) return Promise.resolve(null);
    const id = ++this.#ids;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#process.send({ id, ...request }, (error) => {
        if (error !== null && this.#waiting.delete(id)) resolve(null);
      });
    });
  }
}
