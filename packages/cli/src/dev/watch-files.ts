import { basename } from 'node:path';
import { watch } from 'chokidar';

/** Changes that come together, e.g. of "save all", make one reload, ms. */
const SETTLE = 40;
const MODULE = /\.(?:[cm]?[jt]sx?|json)$/;
const IGNORED = /[\\/](?:node_modules|dist|coverage|\.git|\.hookswitch)(?:[\\/]|$)/;
const NO_FLOW = /\.(?:test|spec|bench)\.[cm]?[jt]sx?$/;

/** Watches files and folders. */
export interface FileWatch {
  /** Watches these too. */
  add(paths: readonly string[]): void;
  close(): Promise<void>;
}

/** Calls `onChange` soon after a module, a JSON file or `.env` was changed, made or deleted. */
export function watchFiles(paths: readonly string[], onChange: () => void): FileWatch {
  let timer: NodeJS.Timeout | null = null;
  const known = new Set(paths);
  const watcher = watch([...known], {
    ignoreInitial: true,
    ignored: (path, stats) => IGNORED.test(path) || (stats?.isFile() === true && !matters(path)),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir' || !matters(path)) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE);
  });
  // What can't be watched is reported by whoever loads it.
  watcher.on('error', () => undefined);
  return {
    add(more) {
      const fresh = more.filter((path) => !known.has(path) && !IGNORED.test(path));
      for (const path of fresh) known.add(path);
      if (fresh.length > 0) watcher.add(fresh);
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await watcher.close();
    },
  };
}

function matters(path: string): boolean {
  return basename(path) === '.env' || (MODULE.test(path) && !NO_FLOW.test(path));
}
