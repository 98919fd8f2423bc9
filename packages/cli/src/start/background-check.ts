import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { match } from 'ts-pattern';
import type { FlowFinding } from './flow-finding.ts';

/** How long flows may be explored, ms: one that runs for ever within itself must not keep a core for ever. */
const TIMEOUT = 600_000;

/** How much memory exploring may take, MB: it must not take that of the server. */
const MAX_MEMORY_MB = 512;

/** Which flows are explored. */
export interface CheckTask {
  /** As they were given; empty for those of the configuration. */
  readonly paths: readonly string[];
  readonly configFile: string | null;
}

/** What the process that explores tells. */
export type CheckNews =
  | { readonly type: 'found'; readonly finding: FlowFinding }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };

/** Flows that are being explored beside a server. */
export interface BackgroundCheck {
  /** Of the process that explores; undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Resolves when that process has ended. */
  readonly ended: Promise<void>;
  /** Ends it; nothing is said after that. */
  end(): void;
}

/** What of a log is written to. */
export interface CheckLog {
  warn(fields: object, message: string): void;
  debug(message: string): void;
}

/** Where flows are explored, and to whom it is told. */
export interface CheckWorld {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: CheckLog;
}

/**
 * Explores flows in a process of its own, of the lowest priority, so that no caller waits for it: one warning for each flow that `hookswitch check` refuses. Where
 * the flows can't be explored, one warning says so. It takes 512 MB and ten minutes at most.
 */
export function checkInBackground(task: CheckTask, { cwd, env, log }: CheckWorld): BackgroundCheck {
  const child = startChild(cwd, env);
  let isOver = false;
  const fail = (reason: string): void => {
    if (!isOver) log.warn({ reason }, 'the flows could not be checked while the server runs; hookswitch check says more');
    end();
  };
  const end = (): void => {
    isOver = true;
    child.kill('SIGKILL');
  };
  child.on('message', (news: CheckNews) => {
    if (isOver) return;
    match(news)
      .with({ type: 'found' }, ({ finding }) => warn(finding, log))
      .with({ type: 'failed' }, ({ reason }) => fail(reason))
      .with({ type: 'done' }, () => {
        log.debug('the flows are checked');
        end();
      })
      .exhaustive();
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      fail(error.message);
      resolve();
    });
    child.once('exit', (code, signal) => {
      fail(`the process that explores them ended with ${signal ?? code}`);
      resolve();
    });
  });
  child.send(task, (error) => {
    if (error !== null) fail(error.message);
  });
  return { pid: child.pid, ended, end };
}

function startChild(cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(isSource ? './check-main.ts' : './check-main.js', import.meta.url));
  const child = fork(entry, [], {
    cwd,
    env,
    // Compiled, the process knows enough JavaScript to begin with, and teaches itself TypeScript.
    execArgv: [`--max-old-space-size=${MAX_MEMORY_MB}`, ...(isSource ? ['--import', import.meta.resolve('tsx')] : [])],
    stdio: 'ignore',
    timeout: TIMEOUT,
    killSignal: 'SIGKILL',
  });
  lower(child.pid);
  // Nobody waits for it to end.
  child.unref();
  child.channel?.unref();
  return child;
}

/** Where the system takes no priorities, it runs with the usual one. */
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It may have ended already, too.
  }
}

function warn({ flow, version, errors, code, message, place }: FlowFinding, log: CheckLog): void {
  const name = version === '1' ? `"${flow}"` : `"${flow}" ${version}`;
  const count = errors === 1 ? '1 error' : `${errors} errors, the first`;
  log.warn(
    { flow, version, errors, code },
    `hookswitch check refuses the flow ${name}: ${count} at ${place}: ${message} Run: hookswitch check`,
  );
}
