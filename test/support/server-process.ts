import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SessionSettings } from '@hookswitch/runtime';
import { tsconfigOf, tsconfigOfRelease } from './built.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = fileURLToPath(new URL('./server-main.ts', import.meta.url));

/** What a server in a process of its own serves, and how. */
export interface ServerProcessOptions {
  /** `sqlite:FILE` or `postgres://…`. */
  readonly store: string;
  /** Module that exports `flows(receiver, setup)`; a path or URL. */
  readonly flows: string;
  /** Handed to `flows` as its second argument, as JSON. @default none */
  readonly setup?: unknown;
  /** Where its steps go. */
  readonly receiver: string;
  readonly sessions?: Partial<SessionSettings>;
  /** ms. @default 500 */
  readonly sweepEvery?: number;
  /** ms that an operation on Postgres may take. @default 2000 */
  readonly statementTimeout?: number;
  /** Base64 of 32 bytes. @default none */
  readonly dataKeys?: string;
  /** Run the packages' `dist/` instead of their sources: starts faster, but must have been built. @default false */
  readonly built?: boolean;
  /** Folder of another release with its packages built, whose server runs instead. @default this one */
  readonly release?: string | null;
  /** A command that is to run the process, e.g. in a namespace. @default none */
  readonly enter?: readonly string[];
}

/** A server in a process of its own, on one port of loopback for all its lives. */
export interface ServerProcess {
  /** Base URL. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it has logged, over all its lives. */
  readonly output: () => string;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Tells it to end, as a deploy does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again, perhaps with other flows or settings; resolves when it answers. */
  start(change?: Partial<ServerProcessOptions>): Promise<void>;
}

/** What the child is given. */
export type ServerMainOptions = ServerProcessOptions & { readonly port: number };

/** Starts a server and waits until it listens. Whoever starts it ends it. */
export async function startServerProcess(first: ServerProcessOptions): Promise<ServerProcess> {
  let options = first;
  let url = '';
  let output = '';
  let child: ChildProcess | null = null;

  async function start(change: Partial<ServerProcessOptions> = {}): Promise<void> {
    options = { ...options, ...change };
    const given: ServerMainOptions = { ...options, port: url === '' ? 0 : Number(new URL(url).port) };
    const [execPath = process.execPath, ...before] = options.enter === undefined ? [] : [...options.enter, process.execPath];
    const release = options.release ?? null;
    const main = release === null ? MAIN : join(release, 'test/support/server-main.ts');
    const started = fork(main, [JSON.stringify(given)], {
      cwd: release ?? ROOT,
      execPath,
      // Not by its name, which is looked for from where the process finds itself.
      execArgv: [...before, '--import', import.meta.resolve('tsx')],
      env: { ...process.env, TSX_TSCONFIG_PATH: release === null ? tsconfigOf(options.built === true) : tsconfigOfRelease(release) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [message] = (await Promise.race([once(started, 'message'), once(started, 'exit')])) as [{ url?: string } | number | null];
    if (typeof message !== 'object' || message?.url === undefined) throw new ServerProcessError(output);
    url = message.url;
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const ending = child;
    if (ending === null) return null;
    child = null;
    if (ending.exitCode !== null || ending.signalCode !== null) return ending.exitCode;
    ending.kill(signal);
    const [code] = (await once(ending, 'exit')) as [number | null];
    return code;
  }

  await start();
  return {
    get url() {
      return url;
    },
    get pid() {
      return child?.pid ?? 0;
    },
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start,
  };
}

/** The server ended before it listened. */
class ServerProcessError extends Error {
  override readonly name = 'ServerProcessError';

  constructor(output: string) {
    super(`The server did not start:\n${output.slice(-4_000)}`);
  }
}
