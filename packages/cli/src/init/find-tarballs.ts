import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectError } from '../errors/project-error.ts';

/** What a project needs of us, itself or through the others. */
const PACKAGES = ['dsl', 'cli', 'runtime', 'console', 'simulator'];

/** A package of ours as `npm pack` makes it. */
export interface Tarball {
  /** The package's name, e.g. `@hookswitch/dsl`. */
  readonly name: string;
  /** The file's name, e.g. `hookswitch-dsl-0.1.0.tgz`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Reads the tarballs of our packages in a folder, as `npm pack` names them. `shown` is the folder as the user wrote it. Throws `ProjectError`. */
export function findTarballs(folder: string, shown: string): readonly Tarball[] {
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch {
    throw new ProjectError(`--packages: there is no folder ${shown}. Fill one with: npm pack --workspaces --pack-destination ${shown}`);
  }
  return PACKAGES.map((name) => {
    const [found, second] = files.filter((file) => new RegExp(`^hookswitch-${name}-\\d.*\\.tgz$`).test(file));
    if (found === undefined) throw new ProjectError(`--packages: ${shown} holds no hookswitch-${name}-….tgz. Make it with npm pack.`);
    if (second !== undefined) throw new ProjectError(`--packages: ${shown} holds ${found} and ${second}. Keep one of them.`);
    return { name: `@hookswitch/${name}`, file: found, bytes: readFileSync(join(folder, found)) };
  });
}
