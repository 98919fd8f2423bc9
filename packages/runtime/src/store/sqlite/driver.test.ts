import { describe, expect, it } from 'vitest';
import { hasOwnSqlite, loadSqlite } from './driver.ts';

describe('the driver of the SQLite store', () => {
  it.each([
    ['20.19.0', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.3.0', false],
    ['23.4.0', true],
    ['24.0.0', true],
  ])('Node %s has SQLite of its own: %s', (version, expected) => {
    expect(hasOwnSqlite(version)).toBe(expected);
  });

  it('stands in where Node has none', async () => {
    const { DatabaseSync } = await loadSqlite('20.19.0');
    expect(new DatabaseSync(':memory:').prepare('SELECT 1 AS one').get()).toMatchObject({ one: 1 });
  });

  it.skipIf(hasOwnSqlite(process.versions.node))('says what to do where there is none at all', async () => {
    await expect(loadSqlite('22.13.0')).rejects.toMatchObject({ code: 'HS_STORE_DRIVER', store: 'sqlite', driver: 'node:sqlite' });
    await expect(loadSqlite('22.13.0')).rejects.toThrow('npm install @photostructure/sqlite');
  });
});
