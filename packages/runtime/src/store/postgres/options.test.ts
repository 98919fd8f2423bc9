import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { readConnectionString } from './connection-string.ts';
import { postgresOptions, type PostgresStoreOptions } from './options.ts';

const connectionString = 'postgres://localhost/calls';

describe('options of the Postgres store', () => {
  it('have defaults', () => {
    expect(postgresOptions({ connectionString })).toEqual({
      source: { target: readConnectionString(connectionString) },
      ...{ schema: '"hookswitch"', maxConnections: 10, statementTimeout: 2000, preparedStatements: 'auto' },
    });
  });

  it('take a pool of pg', async () => {
    const pool = new pg.Pool();
    expect(postgresOptions({ pool }).source).toEqual({ pool });
    await pool.end();
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'createPostgresStore.connectionString: is missing'],
    ['an unknown name', { connectionString, max: 5 }, 'createPostgresStore.max: there is no such key.'],
    ['a misspelt name', { connectionstring: connectionString }, 'Did you mean "connectionString"?'],
    ['both sources', { connectionString, pool: { connect: () => undefined } }, 'exclude each other'],
    ['a pool that is none', { pool: {} }, 'must be a pool of pg'],
    ['another database', { connectionString: 'mysql://localhost' }, 'must begin with postgres://'],
    ['a schema that could end its quotes', { connectionString, schema: 'a"; DROP TABLE calls; --' }, 'createPostgresStore.schema'],
    ['no connections', { connectionString, maxConnections: 0 }, 'createPostgresStore.maxConnections'],
    ['no time', { connectionString, statementTimeout: 0 }, 'createPostgresStore.statementTimeout'],
    ['a time in words', { connectionString, statementTimeout: '2s' }, 'createPostgresStore.statementTimeout'],
    ['another truth', { connectionString, preparedStatements: 'yes' }, 'createPostgresStore.preparedStatements'],
  ])('refuse %s', (_, options, message) => {
    expect(() => postgresOptions(options as PostgresStoreOptions)).toThrow(
      expect.objectContaining({ code: 'HS_STORE_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });
});
