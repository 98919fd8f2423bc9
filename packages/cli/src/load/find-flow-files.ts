import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { FlowsMissingError } from '../errors/flows-missing-error.ts';

const MODULE = /\.(ts|mts|js|mjs)$/;
const NO_FLOWS = /(\.d\.m?ts|\.(test|spec|bench|test-support|config)\.m?[jt]s)$/;

/** The files that may hold flows: a file itself, or all modules of a folder and its subfolders, in the order of their paths; a link counts as what it leads to, and a folder is read once. Throws `FlowsMissingError`. */
export function findFlowFiles(path: string, shown: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new FlowsMissingError(
      shown,
      'there is no such file or folder. Name where your flows are, or make a first one with: hookswitch init.',
    );
  if (!stat.isDirectory()) {
    if (MODULE.test(path)) return [path];
    throw new FlowsMissingError(shown, 'is no module. Flows stand in files that end in .ts, .mts, .js or .mjs.');
  }
  return modulesIn(path, new Set());
}

function modulesIn(folder: string, seen: Set<string>): string[] {
  if (!isNew(folder, seen)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const stat = entry.isSymbolicLink() ? leadsTo(path) : entry;
    if (stat?.isDirectory() === true) return modulesIn(path, seen);
    return stat?.isFile() === true && MODULE.test(entry.name) && !NO_FLOWS.test(entry.name) && isNew(path, seen) ? [path] : [];
  });
}

/** What a link leads to; undefined for one that leads nowhere, or round in a circle. */
function leadsTo(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** A link may lead to a folder around it, or to what is read anyway. */
function isNew(path: string, seen: Set<string>): boolean {
  const real = realpathSync(path);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}
