import { existsSync } from 'node:fs';
import { openStore } from '@hookswitch/runtime';
import { StoreSchemaError } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from '../config/define-config.ts';
import { describeStore } from '../config/show-config.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Whether the store can be opened. A SQLite file is only read, beside a server that uses it, and never made; Postgres is opened as a server does it. */
export async function diagnoseStore({ store = 'memory' }: HookswitchConfig): Promise<Diagnosis> {
  const about = 'Store';
  const name = describeStore(store);
  if (store === 'memory')
    return { state: 'warning', about, text: 'memory: all calls are forgotten when the server stops. Set HOOKSWITCH_STORE.' };
  const file = typeof store === 'string' ? /^sqlite:(.+)$/.exec(store)?.[1] : undefined;
  if (file !== undefined && !existsSync(file)) return { state: 'ok', about, text: `${name}; the server makes it when it starts` };
  try {
    const opened = typeof store === 'string' ? openStore(store, { sqlite: { readOnly: true } }) : store;
    await opened.open();
    await opened.ping();
    await opened.close();
    return { state: 'ok', about, text: name };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // What is empty or of an older release is migrated when a server starts.
    return { state: error instanceof StoreSchemaError && error.problem === 'behind' ? 'warning' : 'failure', about, text };
  }
}
