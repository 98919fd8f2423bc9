import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Whether processes that tests start run the packages' `dist/`, with which they start twice as fast. `npm test` says so once it has built them, and nobody else
 * should: tests that are run alone are of the sources as they stand, not of what was compiled from them some time ago.
 */
export const BUILT = process.env['TEST_BUILT_PACKAGES'] === 'yes';

/** The `tsconfig.json` by which tsx finds the packages: in their `dist/`, as Node does, or in their sources. */
export function tsconfigOf(built: boolean): string {
  return join(ROOT, built ? 'tsconfig.base.json' : 'tsconfig.test.json');
}

/** How the command `hookswitch` is started in a process of its own. */
export interface HookswitchCommand {
  /** The program, and its arguments before those of the command. */
  readonly line: readonly [string, ...string[]];
  /** What of this process's environment it needs. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command for a project in `cwd`, which finds the packages afterwards. */
export function hookswitchIn(cwd: string): HookswitchCommand {
  const { PATH } = process.env;
  if (!BUILT) {
    const main = join(ROOT, 'packages/cli/src/main.ts');
    return { line: [process.execPath, '--import', import.meta.resolve('tsx'), main], env: { PATH, TSX_TSCONFIG_PATH: tsconfigOf(BUILT) } };
  }
  const packages = join(cwd, 'node_modules');
  if (!existsSync(packages)) symlinkSync(join(ROOT, 'node_modules'), packages);
  return { line: [process.execPath, join(ROOT, 'packages/cli/bin/hookswitch.js')], env: { PATH } };
}
