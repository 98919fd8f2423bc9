import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

/** Keeps a picture where they are asked for: all of them in the folder that `PICTURES_IN` names, else those of the documentation where `npm run pictures` makes them. */
export function keepPicture(name: string, png: Buffer, isDocumented: boolean): void {
  const folder = process.env['PICTURES_IN'] ?? (process.env['PICTURES'] === undefined || !isDocumented ? null : IMAGES);
  if (folder === null) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}`, png);
}
