import { createMemoryStore } from '@hookswitch/runtime';
import { describeStoreContract } from '@hookswitch/runtime/store-contract';

describeStoreContract('a store', {
  fresh: async () => {
    const store = createMemoryStore();
    await store.open();
    return store;
  },
  reopen: null,
});
