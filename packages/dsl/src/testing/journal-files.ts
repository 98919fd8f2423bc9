/* eslint-disable no-restricted-imports, no-restricted-globals -- tests read files; nothing that flows are made of imports it */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file and its text. */
export interface FileText {
  /** As it is named to people: below the working directory, with slashes. */
  readonly file: string;
  read(): string;
}

/** The files that `pattern` names, sorted by name: `*` and `?` stand for characters of one name, `**` for any folders. */
export function filesLike(pattern: string): readonly FileText[] {
  const parts = pattern.replaceAll('\\', '/').replace(/^\.\//, '').split('/');
  return below(process.cwd(), '', parts)
    .toSorted()
    .map((file) => ({ file, read: () => readFileSync(resolve(process.cwd(), file), 'utf8').replace(/^\uFEFF/, '') }));
}

function below(root: string, folder: string, [part = '', ...rest]: readonly string[]): string[] {
  if (part === '**')
    return [
      ...below(root, folder, rest),
      ...entriesOf(root, folder)
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
        .flatMap(({ name }) => below(root, `${folder}${name}/`, [part, ...rest])),
    ];
  if (rest.length > 0 && !/[*?]/.test(part)) return below(root, `${folder}${part}/`, rest);
  const matches = patternOf(part);
  const found = entriesOf(root, folder).filter(({ name }) => matches.test(name));
  if (rest.length === 0) return found.filter((entry) => !entry.isDirectory()).map(({ name }) => `${folder}${name}`);
  return found.filter((entry) => entry.isDirectory()).flatMap(({ name }) => below(root, `${folder}${name}/`, rest));
}

function entriesOf(root: string, folder: string) {
  try {
    return readdirSync(folder.startsWith('/') ? folder : join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

function patternOf(part: string): RegExp {
  const text = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${text}$`);
}
