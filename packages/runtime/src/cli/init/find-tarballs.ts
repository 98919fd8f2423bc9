import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectError } from '../../errors/project-error.ts';

/** What a project needs of us. */
const PACKAGES = ['dsl', 'runtime', 'simulator'];

/** The tarballs of our packages in a folder, as npm pack names them: what a package.json says of them, by package name. Throws `ProjectError`. */
export function findTarballs(folder: string, shown: string): Readonly<Record<string, string>> {
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch {
    throw new ProjectError(`--packages: there is no folder ${shown}. Fill one with: npm pack --workspaces --pack-destination ${shown}`);
  }
  return Object.fromEntries(
    PACKAGES.map((name) => {
      const [found, second] = files.filter((file) => new RegExp(`^hookswitch-${name}-\\d.*\\.tgz$`).test(file));
      if (found === undefined) throw new ProjectError(`--packages: ${shown} holds no hookswitch-${name}-….tgz. Make it with npm pack.`);
      if (second !== undefined) throw new ProjectError(`--packages: ${shown} holds ${found} and ${second}. Keep one of them.`);
      return [`@hookswitch/${name}`, `file:${join(folder, found)}`];
    }),
  );
}
