import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type TestPostgres } from './postgres.ts';

/** Stores that outlive a process. */
export const STORE_KINDS = ['sqlite', 'postgres'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** An empty store for servers in processes of their own. */
export interface StorePlace {
  readonly kind: StoreKind;
  /** For `openStore`. */
  readonly url: string;
  /** Folder of a SQLite file; null for Postgres. */
  readonly folder: string | null;
  /** The server of a Postgres; null for SQLite. */
  readonly postgres: TestPostgres | null;
  /** The end, data and all. */
  remove(): Promise<void>;
}

/** Makes an empty store; `settings` are those of its Postgres, which takes about a second. */
export async function makeStorePlace(kind: StoreKind, settings: Readonly<Record<string, string>> = {}): Promise<StorePlace> {
  if (kind === 'postgres') {
    const postgres = await startPostgres(settings);
    return { kind, url: postgres.connectionString, folder: null, postgres, remove: () => postgres.stop() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-store-'));
  const remove = (): Promise<void> => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return { kind, url: `sqlite:${join(folder, 'calls.db')}`, folder, postgres: null, remove };
}
