import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/setup/slow-first.ts';

/** Cross-package imports run on the sources, so that tests need no build; tsconfig.test.json holds the same map for the types. */
const sources = {
  '@hookswitch/dsl': 'packages/dsl/src/index.ts',
  '@hookswitch/dsl/testing': 'packages/dsl/src/testing/index.ts',
  '@hookswitch/dsl/vitest': 'packages/dsl/src/testing/vitest.ts',
  '@hookswitch/dsl/coverage': 'packages/dsl/src/covered/index.ts',
  '@hookswitch/dsl/eslint': 'packages/dsl/src/eslint/index.ts',
  '@hookswitch/dsl/inside/fork': 'packages/dsl/src/testing/forked/index.ts',
  '@hookswitch/dsl/inside/test-script': 'packages/dsl/src/testing/test-script/index.ts',
  '@hookswitch/dsl/options': 'packages/dsl/src/options/index.ts',
  '@hookswitch/runtime': 'packages/runtime/src/index.ts',
  '@hookswitch/runtime/store-contract': 'packages/runtime/src/store/contract/index.ts',
  '@hookswitch/runtime/inside': 'packages/runtime/src/inside/index.ts',
  '@hookswitch/runtime/inside/process': 'packages/runtime/src/inside/process.ts',
  '@hookswitch/runtime/inside/views': 'packages/runtime/src/inside/views.ts',
  '@hookswitch/console': 'packages/console/src/index.ts',
  '@hookswitch/console/inside': 'packages/console/src/inside.ts',
  '@hookswitch/cli': 'packages/cli/src/index.ts',
  '@hookswitch/simulator': 'packages/simulator/src/index.ts',
};

const absolute = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: Object.entries(sources).map(([name, path]) => ({ find: new RegExp(`^${name}$`), replacement: absolute(path) })),
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/**/*.test.ts', 'test/**/*.test.ts'],
    benchmark: { include: ['packages/*/src/**/*.bench.ts', 'test/**/*.bench.ts'] },
    setupFiles: [absolute('test/setup/no-console.ts')],
    sequence: { sequencer: SlowFirst },
    globals: false,
    pool: 'forks',
    // Files share a process, which halves the time. What one leaves behind for the next is a bug of its own.
    isolate: false,
    maxWorkers: 2,
    // Limits for what hangs, not for what is slow: machines may be busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
