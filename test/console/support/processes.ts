import { type ChildProcess, spawn } from 'node:child_process';

// What npm and vitest have set for this test run is not for the programs that it starts.
export const ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|VITEST|NODE_ENV|HOOKSWITCH_|FORCE_COLOR)/.test(name)),
);

/** A program that ran to its end. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end, and gives what it printed. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  const { ended } = start(command, args, cwd);
  return ended;
}

/** A program that runs. */
export interface Running {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly printed: () => string;
  /** Resolves as soon as the pattern is found in what it printed behind `from`; rejects where it ends before. */
  said(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
  readonly ended: Promise<Ran>;
}

/** Starts a program. */
export function start(command: string, args: readonly string[], cwd: string): Running {
  const child = spawn(command, args, { cwd, env: ENV });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Ran>((done) => child.once('close', (code) => done({ code, output })));
  const said = (pattern: RegExp, from = 0): Promise<RegExpExecArray> =>
    new Promise((found, failed) => {
      const look = (): void => {
        const match = pattern.exec(output.slice(from));
        if (match === null) return;
        listeners.delete(look);
        found(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => failed(new Error(`It ended without saying ${pattern}:\n${output}`)));
    });
  return { process: child, printed: () => output, said, ended };
}
