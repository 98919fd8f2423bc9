import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hasOwnSqlite } from '@hookswitch/runtime/inside';
import type { Command } from 'commander';
import { ProjectError } from '../errors/project-error.ts';
import type { Cli } from '../cli.ts';
import { findTarballs } from '../init/find-tarballs.ts';
import { npmInstall } from '../init/npm-install.ts';
import { projectFiles } from '../init/project-files.ts';
import { displayPath } from '../load/locate-failure.ts';
import { packageVersion } from '../package-version.ts';
import { examples } from './examples.ts';

interface Flags {
  readonly packages?: string;
  readonly install: boolean;
  readonly github?: boolean;
}

/** `hookswitch init [dir]`: a project that works at once. */
export function addInit(command: Command, cli: Cli): void {
  command
    .argument('[folder]', 'a new folder, or one without any of the files that are made', '.')
    .option('--packages <folder>', 'take our packages from tarballs of npm pack in this folder; the project keeps copies in vendor/')
    .option('--github', 'add a workflow for GitHub Actions: lint, types, check, tests, and the deploy gate')
    .option('--no-install', "don't run npm install")
    .addHelpText('after', examples(['init my-ivr', 'then: cd my-ivr, npm test, npm start'], ['init . --no-install', 'only the files']))
    .action(async (given: string, flags: Flags) => {
      const { cwd, env } = cli.context;
      const folder = resolve(cwd, given);
      const shown = displayPath(folder, cwd);
      const tarballs = flags.packages === undefined ? null : findTarballs(resolve(cwd, flags.packages), flags.packages);
      const hasSqlite = hasOwnSqlite(process.versions.node);
      const files = projectFiles({
        name: packageName(folder),
        version: packageVersion(),
        tarballs,
        hasSqlite,
        hasWorkflow: flags.github === true,
      });
      write(folder, shown, files);
      cli.print(`${cli.colors.green('✓')} wrote ${Object.keys(files).join(', ')}`);
      if (flags.install) {
        cli.progress.update('Installing packages; this takes half a minute …');
        await npmInstall(folder, env);
        cli.print(`${cli.colors.green('✓')} installed the packages`);
      }
      const enter = folder === cwd ? [] : [`cd ${shown}`];
      cli.print(
        `\nNext:\n${[...enter, ...(flags.install ? [] : ['npm install']), 'npm test', 'npm start'].map((line) => `  ${line}`).join('\n')}`,
      );
    });
}

/** Writes all files, or none: nothing that is there is replaced. */
function write(folder: string, shown: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new ProjectError(`${shown} is a file. Name a folder.`);
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) throw new ProjectError(`${shown} holds ${there.join(', ')} already, and nothing is replaced. Name another folder.`);
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  } catch (error) {
    throw new ProjectError(
      `${shown} can not be written (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'}). Name another folder.`,
      { cause: error },
    );
  }
}

/** What npm takes for a name, made of the folder's. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '');
  return name === '' || ['hookswitch', 'node_modules', 'favicon.ico'].includes(name) ? 'my-ivr' : name;
}
