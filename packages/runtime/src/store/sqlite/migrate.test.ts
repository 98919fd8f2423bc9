import { join } from 'node:path';
import { expect, it } from 'vitest';
import { next } from '../contract/call.ts';
import { firstRelease } from '../migrations/first-release.test-support.ts';
import { loadSqlite } from './driver.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { createSqliteStore } from './sqlite-store.ts';

it('goes on with the calls of a file of the first release', async () => {
  const file = join(temporaryFolder(), 'calls.db');
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file);
  database.exec(firstRelease('sqlite'));
  database.close();
  const store = createSqliteStore({ file });
  await store.open();
  const { call } = (await store.load({ id: 'old' })) ?? {};
  if (call === undefined) throw new TypeError('the test has no call');
  const over = next(call, { site: 'closed', lastSite: 'main', status: 'ended' });
  expect([call.lastSite, await store.commit({ call: over })]).toEqual([null, 'committed']);
  expect((await store.list({ site: 'main' })).calls).toEqual([over]);
  await store.close();
});
