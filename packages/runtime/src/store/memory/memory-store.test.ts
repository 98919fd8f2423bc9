import { expect, it } from 'vitest';
import { describeStoreContract } from '../contract/index.ts';
import { createMemoryStore } from './memory-store.ts';

async function fresh() {
  const store = createMemoryStore();
  await store.open();
  return store;
}

describeStoreContract('the in-memory store', { fresh, reopen: null });

it('serves one process', () => {
  expect(createMemoryStore()).toMatchObject({ kind: 'memory', shared: false });
});
