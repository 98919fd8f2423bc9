import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demandMigrated, KNOWN_SCHEMA, missingMigrations, MIGRATIONS } from './index.ts';

describe('migrations', () => {
  it('are numbered from 1 without gaps, each in the file of its number and name', () => {
    const names = MIGRATIONS.map(({ version, name }) => `${String(version).padStart(3, '0')}-${name}.ts`);
    expect(readdirSync(import.meta.dirname).filter((name) => /^\d/.test(name))).toEqual(names);
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it.each(MIGRATIONS.map((migration) => [migration.name, migration] as const))('%s only expands', (_, { sqlite, postgres }) => {
    // Rows that go with the call that they are of are no loss.
    const statements = `${sqlite};${postgres}`.replace(/ON DELETE CASCADE|CREATE TRIGGER \w+ AFTER DELETE[^]*?END;/g, '');
    expect(statements).not.toMatch(/\b(DROP|RENAME|TRUNCATE|DELETE|ALTER COLUMN)\b/i);
  });

  it('keep the oldest release that suits them, or move it on', () => {
    for (const { version, oldest } of MIGRATIONS) expect(oldest).toBeLessThanOrEqual(version);
  });

  it('are all missing from an empty database, none from one that is up to date or later', () => {
    expect(missingMigrations({ version: 0, oldest: 0 })).toEqual(MIGRATIONS);
    expect(missingMigrations({ version: KNOWN_SCHEMA, oldest: 1 })).toEqual([]);
    expect(missingMigrations({ version: KNOWN_SCHEMA + 3, oldest: 1 })).toEqual([]);
  });

  it('demand what is missing, and tell a later schema from an older one', () => {
    expect(() => demandMigrated({ version: KNOWN_SCHEMA - 1, oldest: 1 })).toThrow(expect.objectContaining({ problem: 'behind' }));
    expect(() => demandMigrated({ version: KNOWN_SCHEMA + 2, oldest: KNOWN_SCHEMA + 1 })).toThrow(
      expect.objectContaining({ problem: 'newer' }),
    );
  });
});
