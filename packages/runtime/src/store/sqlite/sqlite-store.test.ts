import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeStoreContract } from '../contract/index.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { createSqliteStore } from './sqlite-store.ts';

const folder = temporaryFolder();
let files = 0;

async function open(file: string) {
  // How a power cut is survived is not what these tests are about.
  const store = createSqliteStore({ file, synchronous: 'NORMAL' });
  await store.open();
  return store;
}

describeStoreContract('the SQLite store', {
  fresh: () => open(join(folder, `${++files}.db`)),
  reopen: async (store) => {
    await store.close();
    return open(join(folder, `${files}.db`));
  },
});

it('serves one process', () => {
  expect(createSqliteStore()).toMatchObject({ kind: 'sqlite', shared: false });
});
