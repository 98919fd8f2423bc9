// Packs what was built: `node scripts/pack.mjs FOLDER`. Builds nothing; `npm pack` and `npm publish` in a package do, by its `prepack`.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, root } from './run.mjs';

/** The packages of this repository: folder under packages/, manifest, and name. */
export const packages = readdirSync(join(root, 'packages')).map((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
  return { folder, manifest, name: manifest.name };
});

/**
 * Packs one package into a folder.
 *
 * @param {string} folder of the package, under packages/
 * @param {string} destination an absolute path
 * @returns {Promise<{ code: number, output: string, packed: { filename: string, size: number, files: { path: string }[] } | null }>}
 */
export async function pack(folder, destination) {
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination, '-w', `packages/${folder}`];
  const { code, output } = await capture('npm', args);
  return { code, output, packed: code === 0 ? firstOf(output) : null };
}

/** npm prints a list, newer ones an object by package name, either after whatever warnings it printed. */
function firstOf(output) {
  const json = JSON.parse(output.slice(output.search(/^[[{]/m)));
  return Object.values(json)[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [destination] = process.argv.slice(2);
  if (destination === undefined) {
    console.error('Name the folder that the tarballs go to: node scripts/pack.mjs FOLDER');
    process.exit(2);
  }
  mkdirSync(destination, { recursive: true });
  for (const { folder } of packages) {
    const { code, output, packed } = await pack(folder, resolve(destination));
    if (code !== 0) {
      console.error(output);
      process.exit(1);
    }
    console.log(join(destination, packed.filename));
  }
}
