import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** The same for the packages of another release, wherever they are imported from: a file in `folder`, which holds that release and its `dist/`. */
export function tsconfigOfRelease(folder: string): string {
  const name = (one: string): [string, string[]] => [`@hookswitch/${one}`, [join(folder, 'packages', one, 'dist/index.js')]];
  const file = join(folder, 'tsconfig.release.json');
  const compilerOptions = { paths: Object.fromEntries(['dsl', 'runtime', 'simulator'].map(name)) };
  writeFileSync(file, JSON.stringify({ extends: './tsconfig.base.json', compilerOptions }));
  return file;
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
