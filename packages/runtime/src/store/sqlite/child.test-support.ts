import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const SCRIPT = fileURLToPath(new URL('./child-process.test-support.ts', import.meta.url));

/** What another process does with a file. */
export type Task = 'hold' | 'write' | 'fill' | 'open-as-nobody';

/** Another process that uses a SQLite file. */
export interface Child {
  readonly process: ChildProcess;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Every line from here to its end. */
  rest(): Promise<string[]>;
  /** Has it go on after a line that says what it waits for. */
  goOn(): void;
  /** Kills it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a process that does `task` with `file`; `limits` are the words of `ulimit` that it starts under. It is killed when the test is over. */
export function startChild(task: Task, file: string, limits = ''): Child {
  const environment = { ...process.env, TSX_TSCONFIG_PATH: `${ROOT}tsconfig.test.json`, TSX_DISABLE_CACHE: '1' };
  const node = [process.execPath, '--import', 'tsx', SCRIPT, task, file];
  const command = limits === '' ? node : ['bash', '-c', `ulimit ${limits}; exec "$@"`, 'bash', ...node];
  const child = spawn(command[0] ?? '', command.slice(1), { cwd: ROOT, env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return {
    process: child,
    line: async () => String((await lines.next()).value),
    rest: async () => {
      const rest: string[] = [];
      for (let next = await lines.next(); next.done !== true; next = await lines.next()) rest.push(next.value);
      return rest;
    },
    goOn: () => child.stdin.write('\n'),
    kill,
  };
}
