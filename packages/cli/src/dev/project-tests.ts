import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FlowTests } from '@hookswitch/console/inside';
import { COVERAGE_FILE, CoverageFileError, readCoverage } from '@hookswitch/dsl/coverage';
import { type FSWatcher, watch } from 'chokidar';
import { readText } from '../load/read-text.ts';

type Known = ReturnType<FlowTests['coverage']>;

/** Reads what the reporter of the tests has written, once for each time that it writes. */
export class CoverageReader {
  readonly #path: string;
  readonly #watcher: FSWatcher;
  #known: { readonly at: number; readonly report: Known } | null = null;

  /** `onWritten` is called whenever the file is written anew. */
  constructor(cwd: string, onWritten: () => void) {
    this.#path = resolve(cwd, COVERAGE_FILE);
    const folder = dirname(this.#path);
    // Only in a folder that is there a file is seen to come.
    mkdirSync(folder, { recursive: true });
    this.#watcher = watch(folder, { ignoreInitial: true, depth: 0, ignored: (path) => path !== folder && path !== this.#path });
    this.#watcher.on('all', (event) => event !== 'addDir' && onWritten());
    // What can't be watched is read all the same, when somebody looks.
    this.#watcher.on('error', () => undefined);
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }

  read(): Known {
    if (!existsSync(this.#path)) {
      return {
        message: `There is no ${COVERAGE_FILE} yet: it says what your tests took. Their reporter writes it.`,
        command: 'npx vitest run --reporter=default --reporter=@hookswitch/dsl/coverage',
      };
    }
    const at = statSync(this.#path).mtimeMs;
    if (this.#known?.at !== at) this.#known = { at, report: this.#parse() };
    return this.#known.report;
  }

  #parse(): Known {
    try {
      return readCoverage(readText(this.#path, COVERAGE_FILE));
    } catch (error) {
      if (!(error instanceof CoverageFileError)) throw error;
      return { message: `${COVERAGE_FILE}: ${error.message}`, command: 'npx vitest run' };
    }
  }
}
