import { pathToFileURL } from 'node:url';
import type { FlowModule } from '@hookswitch/dsl';
import { openStore, runServer } from '@hookswitch/runtime';
import type { ServerMainOptions } from './server-process.ts';

// The process behind `startServerProcess`: serves what it is told to and says where.

/** What a module of flows for such a process exports. */
interface FlowsModule {
  readonly flows: (receiver: string, setup: unknown) => readonly FlowModule[];
}

const {
  port,
  store,
  flows,
  setup,
  receiver,
  sessions,
  sweepEvery = 500,
  statementTimeout,
  dataKeys,
} = JSON.parse(process.argv[2] ?? '{}') as ServerMainOptions;
// Nobody is left behind when the test that started us is gone.
process.once('disconnect', () => process.exit(1));

const module = (await import(flows.startsWith('file:') ? flows : pathToFileURL(flows).href)) as FlowsModule;
const { url } = await runServer({
  flows: module.flows(receiver, setup),
  store: openStore(store, statementTimeout === undefined ? {} : { postgres: { statementTimeout } }),
  allowUnverified: true,
  port,
  sweepEvery,
  drain: 0,
  logLevel: 'warn',
  ...(sessions === undefined ? {} : { sessions }),
  ...(dataKeys === undefined ? {} : { dataKeys }),
  hooks: {
    // At least once for each call that has ended, with the same key.
    onEnd: async ({ sessionId, idempotencyKey }) => {
      const effect = { session: sessionId, kind: 'end', n: 1, item: null, key: idempotencyKey, instance: process.pid };
      const response = await fetch(receiver, { method: 'POST', body: JSON.stringify(effect) });
      await response.text();
    },
  },
});
process.send?.({ url });
