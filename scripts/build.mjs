// Builds every package into its dist/: `npm run build`, and the `prepack` of each package.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

process.chdir(root);
const packages = readdirSync('packages').map((name) => join('packages', name));

// What was renamed or deleted would otherwise stay in dist and be packed. Pages go too: they are built anew below.
for (const folder of packages) removeOrphans(join(folder, 'src'), join(folder, 'dist'));

// `npm pack -w …` tells its scripts which workspace it is for, and npm would stop here at two answers.
delete process.env.npm_config_workspace;

let code = await run('tsc', ['-b']);
// A package that ships more than compiled TypeScript, e.g. a page, builds it in a script of its own.
if (code === 0) code = await run('npm', ['run', 'build:assets', '--workspaces', '--if-present', '--silent']);
process.exitCode = code;

/** Removes compiled files under `dist` whose source is gone. */
function removeOrphans(src, dist) {
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const built = join(dist, entry.name);
    if (entry.isDirectory()) removeOrphans(join(src, entry.name), built);
    const stem = /^(.+?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(entry.name)?.[1];
    const compiledFrom = stem && ['.ts', '.tsx'].map((extension) => join(src, stem + extension));
    if (entry.isFile() && compiledFrom && !compiledFrom.some(existsSync)) rmSync(built);
  }
}
