/** Older Node has no such module; named so that nobody looks for it before it is needed. */
const BUILT_IN = 'node:sqlite';

/** The SQLite that the product uses too: Node's own where it has one, else the package with the same API. */
export async function openDatabase(file) {
  const { DatabaseSync } = await import(BUILT_IN).catch(() => import('@photostructure/sqlite'));
  return new DatabaseSync(file);
}
