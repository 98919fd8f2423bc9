import { describe, expect, it } from 'vitest';
import { readConnectionString } from './connection-string.ts';
import { createPool } from './driver.ts';
import { isUsableAfter, postgresFailure } from './failure.ts';

const said = (code: string) => ({ code, severity: 'ERROR' });

describe('failures of Postgres', () => {
  it.each([
    ['08006', 'unreachable', false],
    ['25006', 'read-only', false],
    ['28P01', 'refused', true],
    ['3D000', 'refused', true],
    ['42501', 'refused', true],
    ['53100', 'full', true],
    ['53300', 'overloaded', true],
    ['57014', 'timeout', true],
    ['58030', 'disk', true],
    ['XX001', 'damaged', true],
    ['22001', 'failed', true],
  ])('SQLSTATE %s is "%s", and the connection serves on: %s', (code, reason, isUsable) => {
    expect(postgresFailure('commit', said(code), 'unknown')).toMatchObject({ reason, outcome: 'unchanged', detail: `SQLSTATE ${code}` });
    expect(isUsableAfter(said(code))).toBe(isUsable);
  });

  it.each(['57P01', '57P02', '57P05'])('SQLSTATE %s may follow a commit that a standby has not confirmed', (code) => {
    expect(postgresFailure('commit', said(code), 'unknown')).toMatchObject({ reason: 'unreachable', outcome: 'unknown' });
    expect(postgresFailure('load', said(code), 'unchanged')).toMatchObject({ outcome: 'unchanged' });
    expect(isUsableAfter(said(code))).toBe(false);
  });

  it.each([
    [{ code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
    [{ message: 'Connection terminated unexpectedly' }, null],
  ])('%j came from no server: nobody knows what became of the change', (thrown, detail) => {
    expect(postgresFailure('commit', thrown, 'unknown')).toMatchObject({
      reason: 'unreachable',
      outcome: 'unknown',
      detail,
      cause: thrown,
    });
    expect(isUsableAfter(thrown)).toBe(false);
  });
});

describe('the driver of the Postgres store', () => {
  it('says what to install where it is missing', async () => {
    const missing = createPool(readConnectionString('postgres://localhost/calls'), 1, 100, 'pg-that-nobody-installed');
    await expect(missing).rejects.toMatchObject({ code: 'HS_STORE_DRIVER', store: 'postgres', driver: 'pg-that-nobody-installed' });
    await expect(missing).rejects.toThrow('npm install pg');
  });
});
