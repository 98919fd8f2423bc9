import { standardStream } from '@hookswitch/runtime/inside/process';
import type { CliContext } from './context.ts';

let isReady: Promise<void> | null = null;

/** Teaches this process TypeScript, once. Not in a namespace of its own: flows, config and server then share one copy of every module. */
async function readyForTypeScript(): Promise<void> {
  const [{ register: forImport }, { register: forRequire }] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
  forRequire();
  forImport();
}

/** The context of a real command: this process. */
export function processContext(): CliContext {
  return {
    out: process.stdout,
    // Notes that nobody can read end nothing.
    err: standardStream(2),
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    importModule: async (url) => {
      isReady ??= readyForTypeScript();
      await isReady;
      return (await import(url)) as Readonly<Record<string, unknown>>;
    },
    stop: null,
  };
}
