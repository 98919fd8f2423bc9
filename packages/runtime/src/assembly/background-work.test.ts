import { capture, defineFlow } from '@hookswitch/dsl';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { alteredStore } from '../calls/altered-store.test-support.ts';
import { ManualClock } from '../clock.test-support.ts';
import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Well?', { id: 'well' });
});

it('remembers from one round to the next how many counts the store adds in time', async () => {
  const asked: number[] = [];
  const store = alteredStore(createMemoryStore(), {
    foldCounts: (limit) => {
      asked.push(limit);
      const trouble = { store: 'memory', operation: 'foldCounts', reason: 'timeout', outcome: 'unchanged', detail: null } as const;
      return limit > 130 ? Promise.reject(new StoreUnavailableError(trouble)) : Promise.resolve(0);
    },
  });
  const clock = new ManualClock();
  const app = await createApp({ flows: [hello], store, clock, allowUnverified: true, sweepEvery: 1_000, logLevel: 'silent' });
  onTestFinished(() => app.close());
  await app.ready();
  await clock.advance(4_000);
  expect(asked).toEqual([500, 250, 125, 125]);
});
