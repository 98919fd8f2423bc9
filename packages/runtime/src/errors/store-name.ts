/** What our own stores are called. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['memory', 'in-memory'],
  ['sqlite', 'SQLite'],
  ['postgres', 'Postgres'],
]);

/** What a store is called in a message, by its `kind`: any other store goes by that. */
export function storeName(kind: string): string {
  return NAMES.get(kind) ?? kind;
}
