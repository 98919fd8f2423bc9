import { join } from 'node:path';
import { expect, it } from 'vitest';
import { insert, next } from '../contract/call.ts';
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

it('deletes the tags of a call with it, also where a release deletes it that does not know them', async () => {
  const file = join(temporaryFolder(), 'calls.db');
  const store = createSqliteStore({ file });
  await store.open();
  for (const id of ['gone', 'kept']) await insert(store, { id, tags: { reason: 'billing', amount: 1 } }, { tags: ['reason', 'amount'] });
  await store.close();
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file);
  database.exec("DELETE FROM calls WHERE id = 'gone'");
  expect(database.prepare('SELECT count(*) AS count FROM call_tags').get()).toMatchObject({ count: 2 });
  database.close();
  await store.open();
  expect((await store.list({ tags: [{ name: 'reason', compare: '=', value: 'billing' }] })).calls).toMatchObject([{ id: 'kept' }]);
  await store.close();
});
